using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Capture;
using MarketMaker.Execution;
using MarketMaker.Feed;
using MarketMaker.Host.Configuration;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;
using MarketMaker.Prices.Verdicts;

namespace MarketMaker.Host;

/// <summary>Every ring, barrier, agent and core of the engine: the picture in ARCHITECTURE.md as code that runs.</summary>
internal sealed class Pipeline
{
    private readonly SingleProducerRingBuffer<OfferEvent> _offers;
    private readonly SingleProducerRingBuffer<ExecuteEvent> _executes;
    private readonly SingleProducerRingBuffer<ResponseEvent> _responses;

    public Pipeline(EngineConfig config, Universe universe, DenylistFile denylist, JournalStore store, CounterFile counters, LogWriter log, TradingGate gate, StrategyState strategy)
    {
        SystemClock clock = new();

        // Rings.
        SingleProducerRingBuffer<OfferEvent> offers = _offers = new("offers", config.RingSlots("offers"));
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", config.RingSlots("prices"));
        SingleProducerRingBuffer<ExecuteEvent> executes = _executes = new("executes", config.RingSlots("executes"));
        SingleProducerRingBuffer<ResponseEvent> responses = _responses = new("responses", config.RingSlots("responses"));
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", config.Prices.RefreshRingSlots);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", config.Prices.RefreshRingSlots);

        // Barriers: Prices sees offers and prices first, Decision follows behind it; Decision and Journal hear responses side by side.
        EventPoller<OfferEvent> offersToPrices = offers.NewPoller();
        EventPoller<OfferEvent> offersToDecision = offers.NewPoller(offersToPrices);
        offersToPrices.PollsBetweenLooks = config.Threads.PollsBetweenLooks("feed", "prices");
        offersToDecision.PollsBetweenLooks = config.Threads.PollsBetweenLooks("prices", "decision");
        EventPoller<PriceEvent> pricesToPrices = prices.NewPoller();
        EventPoller<PriceEvent> pricesToDecision = prices.NewPoller(pricesToPrices);
        // Where intents are durable, Execution sees an order only after Journal has it on the disk.
        EventPoller<ExecuteEvent>? executesToJournal = config.Execution.DurableIntent ? executes.NewPoller() : null;
        EventPoller<ExecuteEvent> executesToExecution = executesToJournal is null ? executes.NewPoller() : executes.NewPoller(executesToJournal);
        EventPoller<ResponseEvent> responsesToDecision = responses.NewPoller();
        EventPoller<ResponseEvent> responsesToJournal = responses.NewPoller();
        EventPoller<RefreshRequest> prioritiesToClient = priorities.NewPoller();
        EventPoller<RefreshRequest> refreshesToClient = refreshes.NewPoller();

        // What is looked into at random for each offer and order lies side by side.
        LineArena tables = new(PriceCache.TableBytes(universe.Count) + DecisionCore.TableBytes(universe.Count) + ExecutionSender<TcpLine, SystemClock>.TableBytes(universe.Count));

        // Stages.
        Driver = new(config, universe, offers, counters, log);
        PriceCache cache = Cache = new(universe, tables);
        PriceCacheUpdater<SystemClock> updater = new(config.Prices, cache, clock, pricesToPrices, offersToPrices, refreshes, counters);
        TradeBook book = Recover(store.Recovered, universe, tables);
        CaptureRecorder? recorder = config.Capture.Path.Length == 0 ? null : new(config.Capture.RingSlots);
        if (recorder is not null) Capture = new(config.Capture, StartOf(config, universe, book, strategy, clock), recorder, log, clock);
        Core = new(config.Decision, book, strategy, tables);
        OfferDecision<SystemClock> decision = new(Core, offersToDecision, pricesToDecision, responsesToDecision, executes, priorities, counters, gate, log, clock) { Capture = recorder };
        Positions = decision.Positions;
        Execution = new(
            config.Execution, RecoverSession(store.Recovered), universe, executesToExecution, responses, new TcpLine(new TcpStream(config.Network.Orders)), gate, counters, log, clock, tables);
        RecoverExecutions(store.Recovered, universe);
        Journal = new(config.Journal, store, universe, responsesToJournal, counters, log, gate, clock, executesToJournal);
        TcpStream[] streams = [.. Enumerable.Range(0, config.PriceClient.Connections).Select(_ => new TcpStream(config.Network.Prices))];
        PriceClient<TcpStream, SystemClock> client = new(
            config.PriceClient, universe, streams, clock, new RefreshSchedule(config.PriceClient, cache), prices, prioritiesToClient, refreshesToClient, counters, log);
        ClockTick<SystemClock> tick = new(config.Prices, clock, prices, config.Journal.Calendar);
        // These two speak here already, before any price: what they stop was never free. Alerts need one slot and come first: a long denylist may fill the ring.
        IAgent[] verdicts = config.Verdicts is { } options ? [NewAlerts(options, config.Network, universe, prices, counters, log, clock)] : [];
        Denylist = new(universe, denylist, prices, counters, log, clock);
        IAgent[] alerts = [Denylist, .. verdicts];

        // What the watching thread shows of them, in the order of the counters.
        Rings = [offers, prices, executes, responses, refreshes, priorities, recorder?.Ring];
        JournalLag = () => responses.Cursor.Value - responsesToJournal.Sequence.Value;

        // Threads: agents on one core share one, in the order of the flow.
        // Alerts share the price client's cold thread unless they are given a core.
        bool alertsApart = config.Threads.CoreOf("alerts") >= 0;
        Threads = Group(config.Threads, gate,
            ("feed", [Feed]), ("prices", [updater]), ("decision", [decision]), ("execution", [Execution]),
            ("price-client", alertsApart ? [client, tick] : [client, tick, .. alerts]), ("alerts", alertsApart ? alerts : []), ("capture", Capture is null ? [] : [Capture]), ("journal", [Journal]));
        Watched = WatchList(
            config,
            ("Prices", offersToPrices), ("Decision", offersToDecision), ("Execution", executesToExecution), ("Journal", responsesToJournal), ("Decision", responsesToDecision));
    }

    /// <summary>How the feed's packets come in.</summary>
    public FeedDriver Driver { get; }

    public IFeed Feed => Driver.Feed;

    /// <summary>Decision's thread's own, but for its snapshot.</summary>
    public DecisionCore Core { get; }

    public ExecutionSender<TcpLine, SystemClock> Execution { get; }

    public JournalWriter<SystemClock> Journal { get; }

    /// <summary>Glanced at by the watching thread.</summary>
    public PriceCache Cache { get; }

    /// <summary>Stock and reservations for the counter file.</summary>
    public PositionBoard Positions { get; }

    /// <summary>Every ring but the log's, in the order of the counters <c>Rings</c>; null: not in this run.</summary>
    public IReadOnlyList<IRingGauge?> Rings { get; }

    /// <summary>Responses that Journal has not taken. Allocates nothing.</summary>
    public Func<long> JournalLag { get; }

    /// <summary>Writes what Decision was told; null: nobody asked for it.</summary>
    public CaptureWriter<SystemClock>? Capture { get; }

    public DenylistAgent<SystemClock> Denylist { get; }

    /// <summary>Whether Feed has ended and all that it saw is judged, answered and booked. In the order of the flow: what leaves one ring is in the next.</summary>
    public bool IsQuiet => Feed.HasEnded && _offers.Backlog == 0 && _executes.Backlog == 0 && _responses.Backlog == 0;

    /// <summary>All threads; the journal's is the last of them.</summary>
    public IReadOnlyList<AgentThread> Threads { get; }

    /// <summary>What the watchdog looks at.</summary>
    public IReadOnlyList<WatchedProgress> Watched { get; }

    /// <summary>
    /// Each thread by its own steps, each consumer by its sequence. Journal may wait for a disk, and Execution then waits for the room that
    /// Journal makes: these have the longer limit.
    /// </summary>
    private List<WatchedProgress> WatchList(EngineConfig config, params (string Name, IWatchedConsumer Consumer)[] consumers)
    {
        List<WatchedProgress> watched = [];
        foreach (AgentThread thread in Threads)
        {
            int limitMs = config.StuckMs(isHot: thread.AgentAt(0).Name is "Feed" or "Prices" or "Decision" or "Execution");
            if (limitMs > 0) watched.Add(new(() => thread.AgentAt(thread.Steps).Name, () => thread.Steps, () => thread.IsRunning, limitMs));
        }

        foreach ((string name, IWatchedConsumer consumer) in consumers)
        {
            int limitMs = config.StuckMs(isHot: name is not ("Execution" or "Journal"));
            if (limitMs > 0) watched.Add(new(() => name, () => consumer.Sequence.Value, () => consumer.HasInput, limitMs));
        }

        return watched;
    }

    private static AlertsAgent<UdpLine, UdpLine, SystemClock> NewAlerts(
        VerdictOptions options, NetworkConfig network, Universe universe, MultiProducerRingBuffer<PriceEvent> prices, CounterFile counters, LogWriter log, SystemClock clock)
    {
        UdpLine line = new(new UdpReceiver(network.Verdicts));
        return network.VerdictRequests is { } server && new UdpLine(new UdpReceiver(server)) is var requests
            ? new(options, universe, prices, [line, requests], requests, counters, log, clock)
            : new(options, universe, prices, [line], line, counters, log, clock);
    }

    private static List<AgentThread> Group(ThreadsConfig config, TradingGate gate, params (string Key, IAgent[] Agents)[] parts)
    {
        List<(string Key, List<IAgent> Agents)> groups = [];
        foreach ((string key, IAgent[] agents) in parts)
        {
            if (agents.Length == 0) continue;
            int core = config.CoreOf(key);
            int group = core < 0 ? -1 : groups.FindIndex(other => config.CoreOf(other.Key) == core);
            if (group < 0) groups.Add((key, [.. agents]));
            else groups[group].Agents.AddRange(agents);
        }

        return [.. groups.Select(group => new AgentThread(group.Agents.ToArray(), config.ThreadOf(group.Key), gate))];
    }

    private static CaptureStart StartOf(EngineConfig config, Universe universe, TradeBook book, StrategyState strategy, SystemClock clock) => new()
    {
        Options = config.Decision,
        Universe = universe,
        Cash = book.CashFree,
        Positions = CaptureStart.PositionsOf(book, universe.Count),
        Strategy = CaptureStart.NumbersOf(strategy, universe.Count),
        StartedWallNs = clock.WallClockNs,
        ConfigurationHash = config.Hash,
    };

    private static ExecutionRecovery RecoverSession(RecoveredState state) => new(state.Session, state.BookedThrough, state.ReplayFrom, state.WasKilled || state.OpenIntents > 0, state.TradingDate);

    private void RecoverExecutions(RecoveredState state, Universe universe)
    {
        foreach (BookedExecution booked in state.Executions)
        {
            ushort ticker = universe.IndexOf(booked.Symbol);
            if (ticker != Universe.NoTicker)
                Execution.RestoreExecution(new RecoveredExecution(booked.MatchNumber, booked.UserRefNum, booked.Price, booked.QuantityShares, ticker, booked.Side));
        }
    }

    private static TradeBook Recover(RecoveredState state, Universe universe, LineArena tables)
    {
        TradeBook book = new(universe.Count, state.Cash, tables);
        for (int index = 0; index < universe.Count; index++) book.RestorePosition(index, state.PositionOf(universe[index]));
        return book;
    }
}
