using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>The fair price of every ticker: a random walk with occasional jumps.</summary>
/// <remarks>Written by the market's thread alone; <see cref="Price"/> may be called by any thread and sees a whole, recent value.</remarks>
public sealed class FairPrices
{
    private const int FractionBits = 16;
    private const long NsPerMs = 1_000_000;
    private const int JumpPpmMax = 80_000;

    private readonly int[] _prices;
    private readonly long[] _exact;
    private readonly long[] _lowest;
    private readonly long[] _highest;
    private readonly int[] _normal;
    private readonly int[] _exponential;
    private readonly long[] _stepPpb;
    private readonly long _stepNs;
    private readonly int[] _history;
    private readonly int _historySteps;
    private readonly uint _jumpThreshold;
    private readonly long _jumpMeanPpm;
    private readonly WildTickers? _wild;
    private readonly (long WholeNs, int Part) _turnNs;
    private MarketRandom _random;

    // Whose step is next, in which round, and when: the time is whole ns and a part in as many as there are tickers.
    private int _turn;
    private long _round;
    private (long WholeNs, int Part) _due;

    /// <summary>Draws the opening prices: lognormal around 60 dollars, from 5 to 500.</summary>
    public FairPrices(MarketOptions options, int[] normal, int[] exponential)
    {
        int tickers = options.Tickers;
        _normal = normal;
        _exponential = exponential;
        _random = new MarketRandom(options.Seed, stream: 2);
        _stepNs = options.PriceStepMs * NsPerMs;
        _turnNs = (_stepNs / tickers, (int)(_stepNs % tickers));
        _due = _turnNs;
        double updatesPerDay = MarketOptions.TradingDaySeconds * 1e9 / _stepNs;
        double stepPpb = options.DailyVolatility * 1e9 / Math.Sqrt(updatesPerDay);
        _stepPpb = new long[tickers];
        Array.Fill(_stepPpb, (long)stepPpb);
        _jumpThreshold = MarketRandom.Threshold(options.JumpsPerDay / updatesPerDay);
        _jumpMeanPpm = (long)(options.JumpMean * 1e6);
        _wild = options.WildShare > 0 ? new WildTickers(options) : null;
        int[] opening = SampleTables.LogNormal(60 * Money.UnitsPerDollar, 0.8, 5 * Money.UnitsPerDollar, 500 * Money.UnitsPerDollar);
        _prices = new int[tickers];
        _exact = new long[tickers];
        _lowest = new long[tickers];
        _highest = new long[tickers];
        for (int i = 0; i < tickers; i++)
        {
            _prices[i] = opening[_random.Below(SampleTables.Length)];
            _exact[i] = (long)_prices[i] << FractionBits;
            // A day that leaves these bounds would be no market but a defect of the walk.
            _lowest[i] = _exact[i] / 4;
            _highest[i] = _exact[i] * 4;
        }

        if (options.VolatilitySpread > 0) SpreadVolatility(options, stepPpb);
        _historySteps = options.CompetitorDelayMs == 0 ? 0 : options.CompetitorDelayMs / options.PriceStepMs + 1;
        _history = new int[tickers * _historySteps];
        for (int i = 0; i < _history.Length; i++) _history[i] = _prices[i / _historySteps];
    }

    /// <summary>The fair price now, in 1/10,000 dollar. Any thread.</summary>
    public int Price(int ticker) => Volatile.Read(ref _prices[ticker]);

    /// <summary>The fair price as competitors know it: as it was their delay ago, to a step. The market's thread alone.</summary>
    public int DelayedPrice(int ticker) =>
        _historySteps == 0 ? _prices[ticker] : _history[ticker * _historySteps + (int)((_round + 1) % _historySteps)];

    /// <summary>Walks on: each ticker takes one step in each step time, spread evenly over that time.</summary>
    public void Advance(long nowNs)
    {
        while (_due.WholeNs < nowNs || _due.WholeNs == nowNs && _due.Part == 0)
        {
            Step(_turn);
            if (++_turn == _prices.Length) (_turn, _round) = (0, _round + 1);
            _due.WholeNs += _turnNs.WholeNs;
            _due.Part += _turnNs.Part;
            if (_due.Part < _prices.Length) continue;
            _due.Part -= _prices.Length;
            _due.WholeNs++;
        }
    }

    /// <summary>A ticker's usual volatility, ppm per square root of a second, without jumps: what a service knows of yesterday.</summary>
    public int UsualSigmaPpm(int ticker) => (int)Math.Round(_stepPpb[ticker] / 1_000.0 / Math.Sqrt(_stepNs / 1e9));

    /// <summary>Moves a fair price by hand: for rehearsals and tests.</summary>
    public void Set(int ticker, int price)
    {
        _exact[ticker] = (long)price << FractionBits;
        Volatile.Write(ref _prices[ticker], price);
    }

    private void Step(int ticker)
    {
        ulong bits = _random.Next();
        long exact = _exact[ticker];
        long price = exact >> FractionBits;
        // price (31 bits) x normal (19 bits) x step (17 bits at 2 % a day) stays below 2^63 for every price the walk can reach.
        long move = price * _normal[(int)bits & SampleTables.IndexMask] / 1_000 * _stepPpb[ticker] / 1_000_000;
        if (_wild is not null) move *= _wild.FactorAt(ticker, _round * _stepNs);
        if ((uint)(bits >> 32) < _jumpThreshold) move += Jump(price);
        exact = Math.Clamp(exact + move, _lowest[ticker], _highest[ticker]);
        _exact[ticker] = exact;
        if (_historySteps > 0) _history[ticker * _historySteps + (int)(_round % _historySteps)] = _prices[ticker];
        Volatile.Write(ref _prices[ticker], (int)(exact >> FractionBits));
    }

    // A stream of its own: opening prices and steps of a seed stay the same.
    private void SpreadVolatility(MarketOptions options, double stepPpb)
    {
        MarketRandom random = new(options.Seed, stream: 7);
        int[] factors = SampleTables.LogNormal(SampleTables.One, options.VolatilitySpread, 1, int.MaxValue / 2);
        for (int i = 0; i < _stepPpb.Length; i++)
            _stepPpb[i] = (long)(stepPpb * factors[random.Below(SampleTables.Length)] / SampleTables.One);
    }

    private long Jump(long price)
    {
        ulong bits = _random.Next();
        long ppm = Math.Min(_exponential[(int)bits & SampleTables.IndexMask] * _jumpMeanPpm / SampleTables.One, JumpPpmMax);
        long jump = (price << FractionBits) / 1_000_000 * ppm;
        return (long)bits < 0 ? -jump : jump;
    }
}
