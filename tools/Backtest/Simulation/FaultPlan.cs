using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>The faults of one run, drawn from its seed: bad answers, stalls of the price service, verdicts and their silence.</summary>
internal sealed class FaultPlan
{
    private const long LongestNs = 60_000_000_000;

    private readonly (long FromNs, long UntilNs)[] _stalls;
    private readonly PriceEvent[] _verdicts;
    private readonly uint _bad;
    private MarketRandom _random;
    private int _stall;
    private int _verdict;

    /// <summary>Draws the plan; times of its events are ns since the market opened.</summary>
    public FaultPlan(BacktestOptions options)
    {
        FaultOptions faults = options.Faults;
        _random = new MarketRandom(options.Market.Seed, stream: 12);
        _bad = MarketRandom.Threshold(faults.BadPriceShare);
        long sessionNs = options.Seconds * 1_000_000_000L;
        _stalls = [.. Enumerable.Range(0, faults.StallsPerDay).Select(_ => Window(sessionNs)).Order()];
        List<PriceEvent> verdicts = [];
        for (int i = 0; i < faults.VerdictsPerDay; i++) verdicts.Add(Verdict(At(sessionNs), _random.Below(options.Market.Tickers)));
        for (int i = 0; i < faults.SilencesPerDay; i++)
        {
            (long fromNs, long untilNs) = Window(sessionNs);
            verdicts.Add(ForAll(fromNs, TickerFlags.SellOnly | TickerFlags.Volatile));
            verdicts.Add(ForAll(untilNs, TickerFlags.None));
        }

        _verdicts = [.. verdicts.OrderBy(v => v.NowNs)];
    }

    /// <summary>When the next verdict comes; never, when none is left.</summary>
    public long NextVerdictNs => _verdict < _verdicts.Length ? _verdicts[_verdict].NowNs : long.MaxValue;

    /// <summary>Takes the next verdict. There must be one.</summary>
    public PriceEvent TakeVerdict() => _verdicts[_verdict++];

    /// <summary>Until when the service keeps silent about a request sent now; the past when it does not. Asked with times that never go back.</summary>
    public long StalledUntilNs(long nowNs)
    {
        while (_stall < _stalls.Length && _stalls[_stall].UntilNs <= nowNs) _stall++;
        return _stall < _stalls.Length && _stalls[_stall].FromNs <= nowNs ? _stalls[_stall].UntilNs : long.MinValue;
    }

    /// <summary>Makes an answer wrong, if its turn has come.</summary>
    public void Spoil(ref int price, ref long serviceTimeSeconds)
    {
        if (_bad == 0 || !_random.Chance(_bad)) return;
        ulong bits = _random.Next();
        switch (bits % 6)
        {
            case 0: price += price / 12; break;
            case 1: price -= price / 20; break;
            case 2: price = Math.Min(price, Money.PriceMax / 10) * 10; break;
            case 3: price = Math.Max(1, price / 10); break;
            case 4: serviceTimeSeconds -= 1 + (long)(bits >> 8 & 63); break;
            default: serviceTimeSeconds += 1 + (long)(bits >> 8 & 7); break;
        }
    }

    private static PriceEvent ForAll(long atNs, TickerFlags flags) => new() { Kind = PriceEventKind.VerdictForAll, NowNs = atNs, AsOfNs = atNs, Flags = flags };

    private PriceEvent Verdict(long atNs, int ticker)
    {
        ulong bits = _random.Next();
        bool isList = (bits & 7) == 0;
        TickerFlags flags = (bits >> 8 & 3) switch
        {
            0 => TickerFlags.Denied,
            1 when !isList => TickerFlags.SellOnly | TickerFlags.Volatile,
            2 when !isList => TickerFlags.SellOnly,
            _ => TickerFlags.None,
        };
        return new PriceEvent
        {
            Kind = isList ? PriceEventKind.Denylist : PriceEventKind.Verdict,
            NowNs = atNs,
            AsOfNs = atNs,
            TickerIndex = (ushort)ticker,
            Flags = flags,
            SigmaCentiBp = isList ? 0 : 100 + (int)(bits >> 16 & 1023),
        };
    }

    private long At(long sessionNs) => (long)((Int128)(_random.Next() >> 1) * sessionNs >> 63);

    private (long FromNs, long UntilNs) Window(long sessionNs)
    {
        long fromNs = At(sessionNs);
        return (fromNs, fromNs + At(LongestNs));
    }
}
