using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Harness.Shipping;

/// <summary>A journal of executions as the engine writes them, with hop times, over some tickers.</summary>
internal sealed class ShippingJournal : IDisposable
{
    private const int Tickers = 1000, RingSlots = 65_536, BatchEvents = 4096;

    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly SingleProducerRingBuffer<ResponseEvent> _ring = new("responses", RingSlots);
    private readonly JournalWriter<SystemClock> _writer;
    private readonly SessionId _session;
    private int _rows;

    internal ShippingJournal(string folder)
    {
        JournalOptions options = new() { Path = folder, Node = "MEASURE", OpeningCash = 0, MapBytes = 16L << 30, BatchEventsMax = BatchEvents };
        LeaseFile.Whole(1, options.Node, JournalStore.Init(options).Uuid).Write(folder);
        Store = JournalStore.Open(options);
        if (!Universe.TryCreate([.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:0000}"))], out Universe? universe, out _)) throw new MeasureException("no tickers");
        _writer = new(options, Store, universe!, _ring.NewPoller(), _counters, LogWriter.Create(1024, out _), new TradingGate());
        SessionId.TryCreate("MEASURE"u8, out _session);
    }

    internal JournalStore Store { get; }

    /// <summary>Books so many more, durably. One thread at a time.</summary>
    internal void Book(int rows)
    {
        for (int through = _rows + rows; _rows < through;)
        {
            long slot;
            while (!_ring.TryNext(out slot)) _writer.DoWork();
            _rows++;
            _ring[slot] = Executed(_rows, _session);
            _ring.Publish(slot);
            if (_rows % BatchEvents == 0) _writer.DoWork();
        }

        while (_counters.Read(Counter.JournalBooked) < _rows) _writer.DoWork();
    }

    public void Dispose()
    {
        Store.Dispose();
        _counters.Dispose();
    }

    private static ResponseEvent Executed(int sequence, SessionId session) => new()
    {
        Kind = ResponseKind.Executed,
        VenueSequence = sequence,
        ReplayFrom = sequence + 1,
        MatchNumber = (ulong)sequence,
        UserRefNum = (uint)sequence,
        OfferReference = (ulong)sequence * 7,
        QuantityShares = 100 + sequence % 400,
        ExecutionPrice = 50_0000 + sequence % 1000,
        LimitPrice = 50_0000 + sequence % 1000,
        FairPrice = 51_0000,
        OrderSide = sequence % 2 == 0 ? Side.Buy : Side.Sell,
        TickerIndex = (ushort)(sequence % Tickers),
        Session = session,
        VenueTimeNs = 34_200_000_000_000 + sequence,
        ReceivedNs = 1_000_000,
        AnsweredNs = 1_100_000,
        DecodedDeltaNs = 100,
        PricedDeltaNs = 200,
        DecidedDeltaNs = 300,
        SentDeltaNs = 400,
    };
}
