using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Execution;
using MarketMaker.Feed;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Speed.InMemory;

/// <summary>
/// The four stages of the hot path as the engine runs them fused on one thread, between packets in memory and a venue in memory: decode, price, decide, order
/// bytes, and the answers back. With a journal, that stage runs on a thread of its own, as in the engine.
/// </summary>
internal sealed class InMemoryEngine : IDisposable
{
    private const long PricePeriodNs = 500_000;
    private const int TurnsPerLook = 16;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly FeedParser<MemoryLine, MemoryLine, SystemClock> _feed;
    private readonly PriceCacheUpdater<SystemClock> _prices;
    private readonly OfferDecision<SystemClock> _decision;
    private readonly ExecutionSender<MemoryOrders, SystemClock> _execution;
    private readonly MultiProducerRingBuffer<PriceEvent> _priceRing = new("prices", 8_192);
    private readonly EventPoller<RefreshRequest> _refreshes;
    private readonly EventPoller<RefreshRequest> _priorities;
    private readonly PriceCache _cache;
    private readonly JournalStore? _store;
    private readonly AgentThread? _journal;
    private long _nextPriceNs;
    private ushort _nextTicker;
    private int _turns;

    /// <summary>Builds the stages and brings the order session live.</summary>
    /// <param name="packets">The offers.</param>
    /// <param name="venue">The order port.</param>
    /// <param name="journalFolder">A folder on a disk that holds nothing; null: no journal, Decision alone hears the answers.</param>
    public InMemoryEngine(MemoryPackets packets, MemoryVenue venue, string? journalFolder)
    {
        Universe.TryCreate(OfferStream.Symbols, out Universe? universe, out _);
        LogWriter log = LogWriter.Create(1_024, out _);
        TradingGate gate = new();
        SystemClock clock = default;
        LineArena tables = new(TableBytes(universe!.Count));
        _cache = new PriceCache(universe, tables);
        TradeBook book = new(universe.Count, 1_000_000_000L * Money.UnitsPerDollar, tables);
        SingleProducerRingBuffer<OfferEvent> offers = new("offers", 65_536);
        SingleProducerRingBuffer<ExecuteEvent> executes = new("executes", 4_096);
        SingleProducerRingBuffer<ResponseEvent> responses = new("responses", 65_536);
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", 1_024);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 1_024);
        EventPoller<OfferEvent> offersToPrices = offers.NewPoller();
        EventPoller<OfferEvent> offersToDecision = offers.NewPoller(offersToPrices);
        EventPoller<PriceEvent> pricesToPrices = _priceRing.NewPoller();
        EventPoller<PriceEvent> pricesToDecision = _priceRing.NewPoller(pricesToPrices);
        EventPoller<ExecuteEvent> executesToExecution = executes.NewPoller();
        EventPoller<ResponseEvent> responsesToDecision = responses.NewPoller();
        _refreshes = refreshes.NewPoller();
        _priorities = priorities.NewPoller();

        _feed = new(new FeedOptions(), universe, offers, [new MemoryLine(packets)], [], new MemoryLine(packets), Counters, log, clock);
        _prices = new(new PricesOptions(), _cache, clock, pricesToPrices, offersToPrices, refreshes, Counters);
        DecisionOptions limits = new() { SendsPerSecondMax = 1_000_000, OrdersInFlightMax = 4_096, TickerSendsPerSecondMax = 1_000_000, TickerWinsPerMinuteMax = 1_000_000 };
        _decision = new(new DecisionCore(limits, book, null, tables), offersToDecision, pricesToDecision, responsesToDecision, executes, priorities, Counters, gate, log, clock);
        ExecutionOptions orders = new() { Username = "SPEED"u8.ToArray(), Password = "SPEED"u8.ToArray(), SendsPerSecondMax = 1_000_000, SendBurst = 1_000_000 };
        _execution = new(orders, ExecutionRecovery.None, universe, executesToExecution, responses, new MemoryOrders(venue), gate, Counters, log, clock, tables);
        if (journalFolder is not null) (_store, _journal) = StartJournal(journalFolder, universe, responses.NewPoller(), log, gate, clock);
        gate.Open();
        OpenMarket(universe);
    }

    /// <summary>The stages' counters and hops.</summary>
    public CounterFile Counters { get; } = CounterFile.InMemory();

    /// <summary>Bytes of the tables of so many tickers.</summary>
    public static long TableBytes(int tickers) => PriceCache.TableBytes(tickers) + DecisionCore.TableBytes(tickers) + ExecutionSender<MemoryOrders, SystemClock>.TableBytes(tickers);

    /// <summary>Runs each stage once, in the order of the flow.</summary>
    /// <returns>How much was done.</returns>
    public int Turn()
    {
        if (++_turns % TurnsPerLook == 0) FeedPrices(Stopwatch.GetTimestamp());
        return _feed.DoWork() + _prices.DoWork() + _decision.DoWork() + _execution.DoWork();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Stop(StopLimit);
        _store?.Dispose();
        Counters.Dispose();
    }

    private (JournalStore Store, AgentThread Thread) StartJournal(string folder, Universe universe, EventPoller<ResponseEvent> responses, LogWriter log, TradingGate gate, SystemClock clock)
    {
        JournalOptions options = new() { Path = folder, Node = "SPEED", OpeningCash = 0, MapBytes = 1L << 30 };
        LeaseFile.Whole(1, options.Node, JournalStore.Init(options).Uuid).Write(options.Path);
        JournalStore store = JournalStore.Open(options);
        JournalWriter<SystemClock> writer = new(options, store, universe, responses, Counters, log, gate, clock);
        // Told its core: it would inherit the one that the calling thread is pinned to, and take the stages' time.
        int core = Environment.ProcessorCount > 1 ? 1 : CpuTopology.Unpinned;
        AgentThread thread = new([writer], new AgentThreadOptions { Core = core, Wait = new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 0, SleepNs = 200_000 } }, gate);
        thread.Start();
        return (store, thread);
    }

    // What a day begins with: every ticker named and traded, the market open, a price for each; then the login and the fence.
    private void OpenMarket(Universe universe)
    {
        byte[] message = new byte[ItchLengths.Max];
        for (int i = 0; i < universe.Count; i++)
        {
            ItchHeader header = new((ushort)(i + 1), 0, 0);
            Apply(new StockDirectory(header, universe[i], 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            Apply(new TradingAction(header, universe[i], (byte)'T', (byte)' ', Alpha4.Blank));
            Turn();
        }

        Apply(new SystemEvent(new ItchHeader(0, 0, 0), (byte)'Q'));
        for (int i = 0; i < universe.Count; i++)
        {
            Price(Stopwatch.GetTimestamp());
            Turn();
        }

        long begun = Stopwatch.GetTimestamp();
        while (_execution.State != ExecutionState.Live)
        {
            Turn();
            if (Stopwatch.GetElapsedTime(begun).TotalSeconds > 5) throw new MeasureException($"the order session in memory did not go live: {_execution.State}");
        }

        void Apply<T>(T value) where T : struct, IItchMessage<T>
        {
            value.Write(message);
            _feed.ApplySnapshotMessage(message.AsSpan(0, T.Length));
        }
    }

    private void FeedPrices(long nowNs)
    {
        if (nowNs < _nextPriceNs) return;
        // Whatever time other programs took from this thread, no price may grow old: what is timed would be something else.
        long due = _nextPriceNs == 0 ? 1 : Math.Min((nowNs - _nextPriceNs) / PricePeriodNs + 1, OfferStream.Tickers);
        for (; due > 0; due--) Price(nowNs);
        _nextPriceNs = nowNs + PricePeriodNs;
        // What was wished for comes in turn; the wishes are only made room for.
        _refreshes.Advance(_refreshes.AvailableThrough(1_024));
        _priorities.Advance(_priorities.AvailableThrough(1_024));
    }

    private void Price(long nowNs)
    {
        if (!_priceRing.TryNext(out long slot)) return;
        _priceRing[slot] = new PriceEvent
        {
            Kind = PriceEventKind.Price,
            TickerIndex = _nextTicker,
            Price = OfferStream.FairPrice,
            AsOfNs = nowNs,
            NowNs = nowNs,
            ServiceTimeSeconds = nowNs / 1_000_000_000,
        };
        _priceRing.Publish(slot);
        if (++_nextTicker == OfferStream.Tickers) _nextTicker = 0;
    }
}
