using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Prices.Verdicts;

/// <summary>What every ticker's flags shall be and what was passed on of it. A full ring waits: nothing is lost, each ticker waits once.</summary>
/// <remarks>One thread, the ring's producer. Takes its memory at construction.</remarks>
internal sealed class VerdictBoard
{
    private const TickerFlags NotTrusted = TickerFlags.SellOnly | TickerFlags.Volatile;

    /// <summary>A sigma that moved by less than an eighth is not passed on: it would be thousands of events a second for nothing.</summary>
    private const int SigmaParts = 8;

    private readonly Line[] _lines;
    private readonly TickerLane _waiting;
    private readonly MultiProducerRingBuffer<PriceEvent> _prices;
    private TickerFlags _forAllPassedOn;
    private int _sweepNext;

    public VerdictBoard(int tickers, MultiProducerRingBuffer<PriceEvent> prices)
    {
        _lines = new Line[tickers];
        _waiting = new TickerLane(tickers);
        _prices = prices;
    }

    /// <summary>What holds for all tickers, trusted or not.</summary>
    public bool IsTrusted { get; set; }

    public long Changes { get; private set; }

    public int SellOnlyTickers { get; private set; }

    public int DeniedTickers { get; private set; }

    public int ExpiredTickers { get; private set; }

    /// <summary>Wall clock of the service at the last change passed on; 0: there was none since it was taken.</summary>
    public long ChangePublishedNs { get; set; }

    /// <returns>False when a later verdict on the ticker has been heard.</returns>
    public bool TryApply(ushort ticker, ulong sequence, in TickerVerdict verdict, long validUntilNs)
    {
        ref Line line = ref _lines[ticker];
        if (sequence <= line.Sequence) return false;
        if (line.IsExpired) ExpiredTickers--;
        line.IsExpired = false;
        line.Sequence = sequence;
        line.ValidUntilNs = validUntilNs;
        line.PublishedNs = verdict.PublishedNs;
        line.Sigma = verdict.SigmaCentiBp;
        line.Open = verdict.OpenPrice;
        line.Flags = verdict.Flags;
        if (HasNews(in line)) _waiting.TryAdd(ticker);
        return true;
    }

    /// <summary>A new session counts from 1 again.</summary>
    public void ForgetSequences()
    {
        foreach (ref Line line in _lines.AsSpan()) line.Sequence = 0;
    }

    /// <summary>Finds tickers whose verdict has run out, some at each call.</summary>
    public void SweepSome(long nowNs)
    {
        const int AtOnce = 256;
        int end = Math.Min(_sweepNext + AtOnce, _lines.Length);
        Sweep(_sweepNext, end, nowNs);
        _sweepNext = end == _lines.Length ? 0 : end;
    }

    /// <summary>Finds every ticker whose verdict has run out or never came.</summary>
    public void SweepAll(long nowNs) => Sweep(0, _lines.Length, nowNs);

    /// <summary>Passes on what has changed. All become unsafe before, and safe after, the single tickers are told.</summary>
    /// <returns>Events passed on.</returns>
    public int Flush(long nowNs)
    {
        int events = 0;
        if (!IsTrusted) events += PassOnForAll(NotTrusted, nowNs);
        while (_waiting.TryTake(out ushort ticker))
        {
            if (!TryPassOn(ticker, nowNs))
            {
                _waiting.TryAdd(ticker);
                return events;
            }

            events++;
        }

        if (IsTrusted && _waiting.IsEmpty) events += PassOnForAll(TickerFlags.None, nowNs);
        return events;
    }

    private int PassOnForAll(TickerFlags flags, long nowNs)
    {
        if (flags == _forAllPassedOn || !_prices.TryNext(out long sequence)) return 0;
        _prices[sequence] = new PriceEvent { Kind = PriceEventKind.VerdictForAll, Flags = flags, NowNs = nowNs };
        _prices.Publish(sequence);
        _forAllPassedOn = flags;
        return 1;
    }

    private bool TryPassOn(ushort ticker, long nowNs)
    {
        if (!_prices.TryNext(out long sequence)) return false;
        ref Line line = ref _lines[ticker];
        _prices[sequence] = new PriceEvent
        {
            Kind = PriceEventKind.Verdict,
            TickerIndex = ticker,
            Flags = line.Flags,
            SigmaCentiBp = line.Sigma,
            OpenPrice = line.Open,
            NowNs = nowNs,
        };
        _prices.Publish(sequence);
        if (line.Flags != line.FlagsPassedOn)
        {
            Changes++;
            ChangePublishedNs = line.PublishedNs;
            SellOnlyTickers += Has(line.Flags, TickerFlags.SellOnly) - Has(line.FlagsPassedOn, TickerFlags.SellOnly);
            DeniedTickers += Has(line.Flags, TickerFlags.Denied) - Has(line.FlagsPassedOn, TickerFlags.Denied);
        }

        (line.FlagsPassedOn, line.SigmaPassedOn, line.OpenPassedOn) = (line.Flags, line.Sigma, line.Open);
        return true;
    }

    private void Sweep(int first, int end, long nowNs)
    {
        for (int ticker = first; ticker < end; ticker++)
        {
            ref Line line = ref _lines[ticker];
            if (line.ValidUntilNs > nowNs || line.IsExpired) continue;
            line.IsExpired = true;
            line.PublishedNs = 0;
            // Not volatile too: nobody says that it is, and a sell-off gives money away.
            line.Flags |= TickerFlags.SellOnly;
            ExpiredTickers++;
            if (HasNews(in line)) _waiting.TryAdd((ushort)ticker);
        }
    }

    private static bool HasNews(in Line line) =>
        line.Flags != line.FlagsPassedOn || line.Open != line.OpenPassedOn
        || Math.Abs((long)line.Sigma - line.SigmaPassedOn) * SigmaParts > line.SigmaPassedOn;

    private static int Has(TickerFlags flags, TickerFlags one) => (flags & one) != 0 ? 1 : 0;

    private struct Line
    {
        public ulong Sequence;
        public long ValidUntilNs;
        public long PublishedNs;
        public int Sigma;
        public int SigmaPassedOn;
        public int Open;
        public int OpenPassedOn;
        public TickerFlags Flags;
        public TickerFlags FlagsPassedOn;
        public bool IsExpired;
    }
}
