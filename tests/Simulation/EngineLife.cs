using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Capture;
using MarketMaker.Execution;
using MarketMaker.Feed;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Simulation;

/// <summary>One life of the engine: the real stages and rings on one thread, from the opening of the journal to a stop or a kill.</summary>
internal sealed class EngineLife : IDisposable
{
    private readonly JournalStore _store;
    private readonly PriceCache _cache;
    private readonly MultiProducerRingBuffer<PriceEvent> _prices = new("prices", 256);
    private readonly SingleProducerRingBuffer<ResponseEvent> _responses = new("responses", 256);
    private readonly FeedParser<SimulatedPackets, SimulatedRequests, VirtualClock> _feed;
    private readonly PriceCacheUpdater<VirtualClock> _updater;
    private readonly OfferDecision<VirtualClock> _decision;
    private readonly JournalWriter<VirtualClock> _journal;
    private readonly EventPoller<LogEvent> _log;
    private readonly List<LogMessage> _said = [];
    private readonly TradingGate _gate = new();
    private readonly CaptureWriter<VirtualClock>? _capture;

    public EngineLife(JournalOptions options, Universe universe, SimulatedFeed feed, SimulatedStream stream, VirtualClock clock, ExecutionOptions orders, string? captureFile = null)
    {
        LogWriter log = LogWriter.Create(1_024, out _log);
        _store = JournalStore.Open(options, log);
        RecoveredState state = _store.Recovered;
        _cache = new PriceCache(universe);
        Book = new TradeBook(universe.Count, state.Cash);
        for (int i = 0; i < universe.Count; i++) Book.RestorePosition(i, state.PositionOf(universe[i]));

        SingleProducerRingBuffer<OfferEvent> offers = new("offers", 256);
        SingleProducerRingBuffer<ExecuteEvent> executes = new("executes", 64);
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", 64);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 64);
        EventPoller<OfferEvent> offersToPrices = offers.NewPoller();
        EventPoller<OfferEvent> offersToDecision = offers.NewPoller(offersToPrices);
        EventPoller<PriceEvent> pricesToPrices = _prices.NewPoller();
        EventPoller<PriceEvent> pricesToDecision = _prices.NewPoller(pricesToPrices);
        EventPoller<ExecuteEvent>? executesToJournal = orders.DurableIntent ? executes.NewPoller() : null;
        EventPoller<ExecuteEvent> executesToExecution = executesToJournal is null ? executes.NewPoller() : executes.NewPoller(executesToJournal);
        EventPoller<ResponseEvent> responsesToDecision = _responses.NewPoller();
        EventPoller<ResponseEvent> responsesToJournal = _responses.NewPoller();
        refreshes.NewPoller();
        priorities.NewPoller();

        _feed = new(new FeedOptions { SideTableBits = 10, GapRetryMs = 5 }, universe, offers, [new SimulatedPackets(feed)], [], new SimulatedRequests(feed), Counters, log, clock);
        _updater = new(new PricesOptions(), _cache, clock, pricesToPrices, offersToPrices, refreshes, Counters);
        CaptureRecorder? recorder = null;
        if (captureFile is not null)
        {
            recorder = new CaptureRecorder(4_096);
            CaptureStart start = new() { Options = World.Limits, Universe = universe, Cash = state.Cash, Positions = CaptureStart.PositionsOf(Book, universe.Count) };
            _capture = new CaptureWriter<VirtualClock>(new CaptureOptions { Path = captureFile, FlushMs = 10 }, start, recorder, log, clock);
        }

        _decision = new(new DecisionCore(World.Limits, Book), offersToDecision, pricesToDecision, responsesToDecision, executes, priorities, Counters, _gate, log, clock) { Capture = recorder };
        Sender = new(orders, new ExecutionRecovery(state.Session, state.BookedThrough, state.ReplayFrom, state.WasKilled || state.OpenIntents > 0, state.TradingDate), universe, executesToExecution, _responses, stream, _gate, Counters, log, clock);
        foreach (BookedExecution booked in state.Executions)
            Sender.RestoreExecution(new(booked.MatchNumber, booked.UserRefNum, booked.Price, booked.QuantityShares, universe.IndexOf(booked.Symbol), booked.Side));
        _journal = new(options, _store, universe, responsesToJournal, Counters, log, _gate, clock, executesToJournal);
        _store.MarkInUse();
        _gate.Open();
    }

    public CounterFile Counters { get; } = CounterFile.InMemory();

    public TradeBook Book { get; }

    public ExecutionSender<SimulatedStream, VirtualClock> Sender { get; }

    /// <summary>What the life began with.</summary>
    public RecoveredState Recovered => _store.Recovered;

    public ISnapshotTarget Snapshot => _feed;

    public IReadOnlyList<LogMessage> Said => _said;

    public bool IsTrading => _gate.IsOpen && Sender.State == ExecutionState.Live;

    /// <summary>Every response has been booked or passed over.</summary>
    public bool IsJournalDone => _responses.Backlog == 0;

    /// <summary>What is durable now of an order that has yet to end; null when nothing is.</summary>
    public IntentRecord? DurableIntent(long number)
    {
        using JournalReader reader = _store.OpenReader();
        IntentRecord[] one = new IntentRecord[1];
        return reader.ReadIntentsAfter(number - 1, one).Count == 1 && one[0].Number == number ? one[0] : null;
    }

    public JournalReader OpenReader() => _store.OpenReader();

    public void Price(PriceEvent price)
    {
        if (!_prices.TryNext(out long sequence)) return;
        _prices[sequence] = price;
        _prices.Publish(sequence);
    }

    /// <summary>Every stage has one turn, in the order of the flow; Journal only when the disk is free.</summary>
    public void Step(bool isDiskFree)
    {
        _feed.DoWork();
        _updater.DoWork();
        _decision.DoWork();
        Sender.DoWork();
        if (isDiskFree) _journal.DoWork();
        _capture?.DoWork();
        for (long line = _log.Next, last = _log.AvailableThrough(1_024); line <= last; line++)
        {
            _said.Add(_log[line].Message);
            _log.Advance(line);
        }
    }

    /// <summary>Offers seen less those that were refused or sent: what is still inside, and nothing after an orderly stop.</summary>
    public long OffersUnaccounted()
    {
        long refused = new[] { Counter.FeedRefused, Counter.DecisionRefused, Counter.ExecutionRefused }
            .Sum(stage => Enum.GetValues<RefusalReason>().Sum(reason => Counters.ReadRefused(stage, reason)));
        return Counters.Read(Counter.FeedOffersSeen) - refused - Counters.Read(Counter.ExecutionSent);
    }

    /// <summary>An orderly stop makes the last progress durable, and notes that no order is in flight.</summary>
    public void Flush()
    {
        _journal.Flush();
        if (!Sender.MayOweAnswers) _store.MarkIdle();
        _capture?.Finish();
    }

    /// <summary>Ends as a killed process does: what is not committed is gone.</summary>
    public void Dispose()
    {
        _capture?.Dispose();
        _store.Dispose();
        Counters.Dispose();
    }
}
