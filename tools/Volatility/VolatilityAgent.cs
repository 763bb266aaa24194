using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Volatility.Publishing;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Volatility;

/// <summary>Prices in, verdicts out: changes at once, a snapshot each second, answers to re-requests. Shares its thread with the price client.</summary>
/// <remarks>Allocates nothing in steady state.</remarks>
internal sealed class VolatilityAgent<TClock>(
    ServiceOptions options, Universe universe, VerdictBook book, VerdictPublisher publisher, EventPoller<PriceEvent> prices,
    SingleProducerRingBuffer<RefreshRequest> priorities, SingleProducerRingBuffer<VerdictChange> changes, UdpReceiver requests,
    VenueCalendar calendar, TClock clock) : IAgent
    where TClock : struct, IClock
{
    private const int PricesAtOnce = 1_024;
    private const long NsPerMs = 1_000_000;

    private readonly KeptTicker[] _kept = new KeptTicker[universe.Count];
    private long _nextSnapshotNs = long.MinValue;
    private long _nextKeepNs = long.MinValue;
    private long _prices;
    private volatile bool _mustEnd;
    private volatile bool _hasEnded;
    private volatile bool _isKept;

    public string Name => "Volatility";

    /// <summary>Prices taken in. Any thread.</summary>
    public long Prices => Volatile.Read(ref _prices);

    /// <summary>Changes the log did not take because it was behind. Any thread.</summary>
    public long ChangesNotLogged { get; private set; }

    /// <summary>Whether the session was ended, after <see cref="End"/>. Any thread.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>The trading date of the verdicts. Valid while <see cref="IsKept"/>, and after the thread has ended.</summary>
    public int TradingDate { get; private set; } = calendar.DateOfSessionBegun(clock.WallClockNs);

    /// <summary>Whether <see cref="Kept"/> waits to be written; the writer sets it back.</summary>
    public bool IsKept
    {
        get => _isKept;
        set => _isKept = value;
    }

    /// <summary>What the state file shall hold.</summary>
    public ReadOnlySpan<KeptTicker> Kept => _kept;

    /// <summary>Ends the session with the next duty cycle. Any thread.</summary>
    public void End() => _mustEnd = true;

    public int DoWork()
    {
        if (_hasEnded) return 0;
        long nowNs = clock.MonotonicNs;
        long wallNs = clock.WallClockNs;
        if (_mustEnd)
        {
            // More than once, for a line that may lose one; engines that hear none of them notice the silence.
            for (int i = 0; i < 3; i++) publisher.EndSession(nowNs);
            Keep();
            _hasEnded = true;
            return 1;
        }

        int work = TakePrices(nowNs, wallNs) + AnswerRequests();
        if (nowNs >= _nextSnapshotNs) work += Snapshot(nowNs, wallNs);
        publisher.Flush(nowNs);
        if (nowNs >= _nextKeepNs && !_isKept)
        {
            // The first time nothing is known yet.
            if (_nextKeepNs != long.MinValue) Keep();
            _nextKeepNs = nowNs + options.StatePeriodMs * NsPerMs;
        }

        return work;
    }

    private int TakePrices(long nowNs, long wallNs)
    {
        long first = prices.Next;
        long last = prices.AvailableThrough(PricesAtOnce);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            ref readonly PriceEvent price = ref prices[sequence];
            if (price.Kind != PriceEventKind.Price || !book.OnPrice(price.TickerIndex, price.Price, price.AsOfNs, nowNs)) continue;
            publisher.PublishChange(price.TickerIndex, wallNs);
            Note(price.TickerIndex, wallNs);
            AskAgain(price.TickerIndex, nowNs);
        }

        prices.Advance(last);
        Volatile.Write(ref _prices, _prices + last - first + 1);
        return (int)(last - first + 1);
    }

    private int Snapshot(long nowNs, long wallNs)
    {
        // From now, not from when it was due: after a stall one snapshot says it all.
        _nextSnapshotNs = nowNs + options.SnapshotMs * NsPerMs;
        int date = calendar.DateOfSessionBegun(wallNs);
        if (date != TradingDate)
        {
            TradingDate = date;
            book.BeginDay();
        }

        for (int ticker = 0; ticker < universe.Count; ticker++)
        {
            if (book.Review(ticker, nowNs)) Note(ticker, wallNs);
        }

        publisher.PublishSnapshot(TradingDate, wallNs);
        return 1;
    }

    // Bounded: one batch a cycle, so that a storm of requests cannot hold up the verdicts.
    private int AnswerRequests()
    {
        int count = requests.ReceiveBatch();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> answer = publisher.Answer(requests.Packet(i));
            if (!answer.IsEmpty) requests.TryReply(i, answer);
        }

        return count;
    }

    // Whatever has just changed is worth a second look at once; a full ring is no loss.
    private void AskAgain(ushort ticker, long nowNs)
    {
        if (!priorities.TryNext(out long sequence)) return;
        priorities[sequence] = new RefreshRequest { TickerIndex = ticker, AskedNs = nowNs };
        priorities.Publish(sequence);
    }

    private void Note(int ticker, long wallNs)
    {
        if (!changes.TryNext(out long sequence))
        {
            ChangesNotLogged++;
            return;
        }

        changes[sequence] = VerdictChange.Of(ticker, book[ticker], wallNs);
        changes.Publish(sequence);
    }

    private void Keep()
    {
        for (int ticker = 0; ticker < universe.Count; ticker++) _kept[ticker] = book.Export(ticker);
        _isKept = true;
    }
}
