using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Prices.Verdicts;

/// <summary>Puts the changes of the denylist on the <c>prices</c> ring. A full ring waits: the rest follows with the next duty cycles.</summary>
/// <remarks>The list is handed over by another thread; everything else belongs to this agent's. Allocates nothing.</remarks>
public sealed class DenylistAgent<TClock> : IAgent
    where TClock : struct, IClock
{
    private readonly bool[] _isDenied;
    private readonly bool[] _isWanted;
    private readonly MultiProducerRingBuffer<PriceEvent> _prices;
    private readonly CounterFile _counters;
    private readonly LogWriter _log;
    private readonly TClock _clock;
    private DenylistFile? _next;
    private int _position;

    /// <summary>Passes on the first list at once, as far as the empty ring takes it: before any price, so before any trade.</summary>
    public DenylistAgent(Universe universe, DenylistFile first, MultiProducerRingBuffer<PriceEvent> prices, CounterFile counters, LogWriter log, TClock clock)
    {
        _isDenied = new bool[universe.Count];
        _isWanted = new bool[universe.Count];
        _prices = prices;
        _counters = counters;
        _log = log;
        _clock = clock;
        _position = universe.Count;
        if (first.Tickers.Count == 0) return;
        Submit(first);
        DoWork();
    }

    /// <inheritdoc/>
    public string Name => "Denylist";

    /// <summary>Hands over a new list, which replaces one that was not taken yet. Any thread.</summary>
    public void Submit(DenylistFile list) => Volatile.Write(ref _next, list);

    /// <summary>Whether all that was handed over is on the ring.</summary>
    public bool IsPassedOn => Volatile.Read(ref _next) is null && Volatile.Read(ref _position) == _isDenied.Length;

    /// <inheritdoc/>
    public int DoWork()
    {
        if (Volatile.Read(ref _next) is not null) Take();
        if (_position == _isDenied.Length) return 0;
        long nowNs = _clock.MonotonicNs;
        int events = 0;
        for (; _position < _isDenied.Length; Volatile.Write(ref _position, _position + 1))
        {
            if (_isDenied[_position] == _isWanted[_position]) continue;
            if (!_prices.TryNext(out long sequence)) return events;
            _prices[sequence] = new PriceEvent
            {
                Kind = PriceEventKind.Denylist,
                TickerIndex = (ushort)_position,
                Flags = _isWanted[_position] ? TickerFlags.Denied : TickerFlags.None,
                NowNs = nowNs,
            };
            _prices.Publish(sequence);
            _isDenied[_position] = _isWanted[_position];
            events++;
        }

        return events;
    }

    private void Take()
    {
        // The place first: a reader that sees no list waiting must not see the walk of the list before as done.
        Volatile.Write(ref _position, 0);
        DenylistFile list = Interlocked.Exchange(ref _next, null)!;
        Array.Clear(_isWanted);
        for (int i = 0; i < list.Tickers.Count; i++) _isWanted[list.Tickers[i]] = true;
        _counters.Set(Counter.AlertsDenylistTickers, list.Tickers.Count);
        _log.Write(LogMessage.DenylistApplied, list.Tickers.Count);
    }
}
