using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Reference.Decision;

/// <summary>
/// The small market of the strategy document's section 3: prices that move and leap, a price service that is asked every ten seconds, and
/// competitors who know the true price. In floating point; only guard and collar are the engine's own.
/// </summary>
internal sealed class StaleMarket
{
    private const int Tickers = 40;
    private const int Competitors = 8;
    private const double Seconds = 3_600;
    private const double DaySeconds = 23_400;
    private const double PollSeconds = 10;
    private const double RefreshSeconds = 0.02;
    private const double RuleBp = 100;

    private readonly Random _random;
    private readonly double _offersPerSecond;
    private readonly double _sigmaPerRootSecond;
    private readonly double _jumpsPerSecond;
    private readonly double[] _competitorBp = new double[Competitors];
    private readonly double[] _logPrice = new double[Tickers];
    private readonly double[] _movedAt = new double[Tickers];
    private readonly double[] _shares = new double[Tickers];
    private readonly int[] _known = new int[Tickers];
    private readonly double[] _knownAsOf = new double[Tickers];
    private readonly double[] _refreshDue = new double[Tickers];
    private readonly OfferFlowGuard? _guard;
    private readonly CollarTable? _collar;

    public StaleMarket(int seed, double offersPerSecond, double percentPerDay, double jumpsPerDay, OfferFlowOptions? guard, CollarOptions? collar)
    {
        _random = new Random(seed);
        _offersPerSecond = offersPerSecond;
        _sigmaPerRootSecond = percentPerDay / 100 / Math.Sqrt(DaySeconds);
        _jumpsPerSecond = jumpsPerDay / DaySeconds;
        _guard = guard is null ? null : new OfferFlowGuard(guard, Tickers);
        _collar = collar is null ? null : new CollarTable(collar);
        for (int i = 0; i < Competitors; i++) _competitorBp[i] = 50 + (_random.NextDouble() * 70);
        double sum = 0;
        for (int i = 0; i < Tickers; i++) _shares[i] = sum += Math.Pow(i + 1, -0.7);
        for (int i = 0; i < Tickers; i++)
        {
            _shares[i] /= sum;
            _logPrice[i] = Math.Log(20 + (_random.NextDouble() * 180));
            _refreshDue[i] = double.MaxValue;
            Fetch(i, 0);
        }
    }

    /// <summary>True edge of what we won, in bp of one offer each.</summary>
    public double Profit { get; private set; }

    /// <summary>What the rule of 1 % would have won if it knew the true prices.</summary>
    public double AllKnowingProfit { get; private set; }

    /// <summary>True edge of the trades won that lost, positive.</summary>
    public double BadTradeLoss { get; private set; }

    /// <summary>Prices asked for out of turn.</summary>
    public int Refreshes { get; private set; }

    /// <summary>Stops of the guard, and those that the fresh price did not confirm.</summary>
    public (long All, long False) Stops => (_guard?.Stops ?? 0, _guard?.FalseStops ?? 0);

    public StaleMarket Run()
    {
        double now = 0;
        double nextPoll = 0;
        int polled = 0;
        while ((now += -Math.Log(1 - _random.NextDouble()) / _offersPerSecond) < Seconds)
        {
            // The polls of the tickers follow one another evenly; each shows the price of the moment before the offer.
            for (; nextPoll <= now; nextPoll += PollSeconds / Tickers) Fetch(polled++ % Tickers, nextPoll);
            int ticker = Array.BinarySearch(_shares, _random.NextDouble());
            ticker = Math.Min(ticker < 0 ? ~ticker : ticker, Tickers - 1);
            if (_refreshDue[ticker] <= now) Fetch(ticker, _refreshDue[ticker]);
            OnOffer(ticker, now);
        }

        return this;
    }

    private void OnOffer(int ticker, double now)
    {
        Move(ticker, now);
        double edgeBp = _random.NextDouble() < 0.12 ? -Math.Log(1 - _random.NextDouble()) * 40 : -50 + (Normal() * 40);
        if (_random.NextDouble() < 1e-5) edgeBp += 1_000;
        Side side = _random.NextDouble() < 0.59 ? Side.Sell : Side.Buy;
        double fair = Math.Exp(_logPrice[ticker]) * Money.UnitsPerDollar;
        int price = (int)Math.Round(fair * (1 + ((side == Side.Sell ? -edgeBp : edgeBp) / 10_000)));
        double trueBp = (side == Side.Sell ? fair - price : price - fair) / fair * 10_000;
        int rivals = 0;
        foreach (double thresholdBp in _competitorBp) rivals += trueBp >= thresholdBp && _random.NextDouble() < 0.8 ? 1 : 0;
        bool isOurs = _random.NextDouble() * (1 + rivals) < 1;
        if (trueBp >= RuleBp && isOurs) AllKnowingProfit += trueBp;
        if (!Take(ticker, side, price, now) || !isOurs) return;
        Profit += trueBp;
        BadTradeLoss += Math.Max(0, -trueBp);
    }

    private bool Take(int ticker, Side side, int price, double now)
    {
        OfferEvent offer = new()
        {
            TickerIndex = (ushort)ticker,
            OfferSide = side,
            Price = price,
            FairPrice = _known[ticker],
            PriceAgeUs = (uint)((now - _knownAsOf[ticker]) * 1e6),
            ReceivedNs = Ns(now),
        };
        if (_guard is not null && _guard.Observe(offer)) Ask(ticker, now);
        double edgeBp = (side == Side.Sell ? 1 : -1) * (double)(_known[ticker] - price) / _known[ticker] * 10_000;
        if (edgeBp < RuleBp) return false;
        if (_collar is not null && !_collar.IsWithin(price, offer.FairPrice, offer.PriceAgeUs, isVolatile: false))
        {
            Ask(ticker, now);
            return false;
        }

        return _guard is null || !_guard.IsStopped(offer);
    }

    private void Ask(int ticker, double now)
    {
        if (_refreshDue[ticker] != double.MaxValue) return;
        Refreshes++;
        _refreshDue[ticker] = now + RefreshSeconds;
    }

    private void Fetch(int ticker, double at)
    {
        Move(ticker, at);
        _refreshDue[ticker] = double.MaxValue;
        _known[ticker] = (int)Math.Round(Math.Exp(_logPrice[ticker]) * Money.UnitsPerDollar);
        _knownAsOf[ticker] = at;
        _guard?.OnPrice(ticker, _known[ticker], Ns(at));
    }

    private void Move(int ticker, double now)
    {
        double dt = now - _movedAt[ticker];
        if (dt <= 0) return;
        _movedAt[ticker] = now;
        _logPrice[ticker] += Normal() * _sigmaPerRootSecond * Math.Sqrt(dt);
        if (_random.NextDouble() >= _jumpsPerSecond * dt) return;
        double size = -Math.Log(1 - _random.NextDouble()) * 0.03;
        _logPrice[ticker] += _random.NextDouble() < 0.5 ? size : -size;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static long Ns(double seconds) => 1_000_000_000 + (long)(seconds * 1e9);
}
