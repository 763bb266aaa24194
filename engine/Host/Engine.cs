using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Feed;
using MarketMaker.Host.Configuration;
using MarketMaker.Host.Doctor;
using MarketMaker.Host.Showing;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Processes;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>One run of the engine: start, watch, stop in order.</summary>
internal sealed class Engine(EngineConfig config, LogSetup output, StopSignals signals, ServiceNotifier service)
{
    private const int LogSlots = 4096;
    private const int WatchPeriodMs = 20;
    private const int ShowMemoryEvery = 10;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ThreadStopTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = output.Logger;

    // In a mapped file, so that other processes halt it; made before any agent is.
    private TradingGate _gate = null!;
    private long _turns;
    private EngineState _told = (EngineState)(-1);

    /// <summary>Runs until a signal or a fault.</summary>
    /// <returns>The exit status: 0 after an orderly stop, 1 after a fault.</returns>
    /// <exception cref="EngineStartException">It cannot start; the message names the remedy.</exception>
    public int Run()
    {
        LogWriter log = LogWriter.Create(LogSlots, out EventPoller<LogEvent> lines);
        LogAgent logAgent = new(lines, _logger, config.LogLinesPerCause);
        AgentThread logThread = new([logAgent], new AgentThreadOptions { Wait = new() { Kind = WaitStrategyKind.Sleeping, SleepNs = 5_000_000 } }, new TradingGate());
        logThread.Start();
        try
        {
            // Some hundred small files of the system: read while journal and universe are.
            Task hostCheck = Task.Run(new HostCheck(config, _logger).Run);
            // The journal's lock first: a second engine must not take away the counters that tell of the first.
            using JournalStore store = JournalStore.Open(config.Journal, log);
            using ControlKeeper control = ControlKeeper.Open(config.ControlPath, _logger);
            _gate = control.Gate;
            SystemClock clock = new();
            using CounterFile counters = CounterFile.Create(config.CountersPath, new(config.Journal.Node, config.Hash, clock.MonotonicNs, clock.WallClockNs));
            EngineShow.Beat(counters);
            counters.Set(Counter.HostStartedNs, StartedNs());
            using MemoryWatch memory = new(counters);
            memory.ShowUnmeasured();
            Universe universe = LoadUniverse();
            SayStockOutside(universe, store.Recovered);
            StrategyKeeper strategy = new(config.StrategyStatePath, universe, config.Journal.Calendar.DateOfSessionBegun(new SystemClock().WallClockNs), _logger);
            using DenylistReload denylist = new(config.DenylistFile, config.Slice, universe, counters, _logger);
            // It judges the host as it was found: what follows takes huge pages and may attach a program to the card.
            hostCheck.GetAwaiter().GetResult();
            Pipeline pipeline = new(config, universe, denylist.First, store, counters, log, _gate, strategy.Read());
            TakeSnapshot(pipeline.Feed);
            // What was needed to get here goes back to the system.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            if (signals.IsStopping) return 0;
            pipeline.Execution.HoldSends();
            // Before the threads run, so that it cannot undo a halt of theirs. Nothing is sent until the fence stands.
            _gate.StopSending(StopReasons.TradeNotBooked, stop: store.Recovered.TradesNotBooked != 0);
            _gate.Open();
            if (store.Recovered.TradesNotBooked != 0) _logger.ZLogCritical($"{store.Recovered.TradesNotBooked} trades of the venue lie in quarantine and are not in the books; answers are booked and nothing is sent: compare with the venue's record ('mm-ledger resolve --config FILE --venue-record FILE'), then start again");
            // A thread that sleeps some microseconds at a time would take the core from a stage thousands of times a second.
            string? coldCores = CpuTopology.KeepOff(config.Threads.HotCores);
            foreach (AgentThread thread in pipeline.Threads) thread.Start();
            using EngineShow show = new(config, universe, pipeline, store, counters, log.Ring);
            int coldMs = config.StuckMs(isHot: false);
            WatchedProgress[] ours = coldMs > 0 ? [new(() => "Host", () => Volatile.Read(ref _turns), () => true, coldMs)] : [];
            Watchdog watchdog = new([.. pipeline.Watched, .. ours], _gate, counters, log);
            AgentThread watchThread = new([watchdog, new AlarmWatch(counters, _gate, log, config.Decision.DayLossStopBuyingPpm)], new AgentThreadOptions { Wait = new() { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 0, SleepNs = Watchdog.PeriodNs } }, _gate);
            watchThread.Start();
            if (pipeline.Capture is { } capture) _logger.ZLogInformation($"capture: every input of Decision goes to {capture.Path}");
            service.Ready();
            _logger.ZLogInformation($"started: {universe.Count} tickers, {store.Recovered.Transactions} transactions in the journal, feed over {pipeline.Driver.Description}, threads {Describe(pipeline, coldCores)}");
            Watch(pipeline, control, denylist, store, counters, memory, log, logAgent, strategy, show);
            watchdog.Pause();
            watchThread.Stop(ThreadStopTimeout);
            return Stop(pipeline, store, counters, strategy, show);
        }
        finally
        {
            if (logThread.Stop(ThreadStopTimeout)) logAgent.Finish();
        }
    }

    private Universe LoadUniverse()
    {
        UniverseLoader<TcpStream, SystemClock> loader = new(config.PriceClient, new TcpStream(config.Network.Prices), new SystemClock());
        if (!loader.TryLoad()) throw new EngineStartException(loader.Error!);
        UniverseSlice slice = config.Slice;
        Universe all = loader.Universe!;
        if (slice.NotIn(all) is { Count: > 0 } missing)
            _logger.ZLogWarning($"[universe] tickers names {missing.Count} tickers that are not traded today, such as {missing[0]}: are they written right?");
        return slice.Of(all) ?? throw new EngineStartException($"[universe] tickers holds none of the {all.Count} tickers of {config.PriceClient.Address}, {all[0]} to {all[all.Count - 1]}: correct it");
    }

    // Nothing sells it here: after a change of slices that would otherwise be noticed much later.
    private void SayStockOutside(Universe universe, RecoveredState recovered)
    {
        Symbol[] outside = [.. recovered.PositionsShares.Where(position => position.Value != 0 && universe.IndexOf(position.Key) == Universe.NoTicker).Select(position => position.Key).Order()];
        if (outside.Length > 0)
            _logger.ZLogWarning($"stock of {outside.Length} tickers, such as {outside[0]}, is in the journal and not traded here: nothing sells it; correct [universe] tickers, or transfer it with 'mm-ledger adjust'");
    }

    private void TakeSnapshot(IFeed feed)
    {
        if (config.Network.Snapshot is not { } server) return;
        SnapshotClient<TcpStream, SystemClock> snapshot = new(config.Snapshot, feed, new TcpStream(server), new SystemClock());
        WaitStrategy wait = new(WaitStrategyOptions.AtStart);
        while (snapshot.State == SnapshotState.Running && !signals.IsStopping)
        {
            if (snapshot.DoWork() == 0) wait.Idle();
        }

        if (signals.IsStopping) return;
        if (snapshot.State != SnapshotState.Complete)
            throw new EngineStartException($"no snapshot from {server.Host}:{server.Port} ({snapshot.State}): correct [feed] snapshot-address, or the login in [execution]");
        _logger.ZLogInformation($"snapshot: {snapshot.MessagesApplied} messages, the feed goes on from {snapshot.NextSequence}");
    }

    /// <summary>
    /// Sends begin when the journal says durably that orders may be open, and in which session. Not sooner: a run that is killed before it
    /// reaches the venue's new session has sent nothing, and must not leave the old one, which is gone, marked as unfinished.
    /// </summary>
    /// <returns>Whether that is decided.</returns>
    private bool TryAllowSends(Pipeline pipeline, JournalStore store)
    {
        if (pipeline.Execution.State != ExecutionState.Live || !pipeline.Journal.HasDurableSession || !pipeline.Denylist.IsPassedOn) return false;
        try
        {
            // One that was killed has marked it already.
            if (!store.Recovered.WasKilled) store.MarkInUse();
            pipeline.Execution.AllowSends();
        }
        catch (JournalException failure)
        {
            _gate.StopSending(StopReasons.JournalFailed, stop: true);
            _logger.ZLogCritical($"nothing is sent: {failure.Message}");
        }

        return true;
    }

    private void Watch(Pipeline pipeline, ControlKeeper control, DenylistReload denylist, JournalStore store, CounterFile counters, MemoryWatch memory, LogWriter log, LogAgent logAgent, StrategyKeeper strategy, EngineShow show)
    {
        long checkNs = (long)config.AllocationCheckPeriod.TotalNanoseconds;
        long nextCheckNs = Stopwatch.GetTimestamp() + (long)WarmUp.TotalNanoseconds;
        bool isWarm = false, isDecided = false;
        for (int turn = 0; !signals.IsStopping && !HasFault(pipeline); turn++)
        {
            Volatile.Write(ref _turns, turn + 1);
            control.DoWork();
            isDecided = isDecided || TryAllowSends(pipeline, store);
            if (denylist.TryReload() is { } list) pipeline.Denylist.Submit(list);
            // Live for the venue, but nothing is sent yet: for others it is still starting.
            ExecutionState session = pipeline.Execution.State;
            EngineState state = StateOf(session == ExecutionState.Live && !isDecided ? ExecutionState.Fencing : session);
            counters.Set(Counter.HostState, (long)state);
            Tell(state);
            if (!isWarm && Stopwatch.GetTimestamp() >= nextCheckNs)
            {
                isWarm = true;
                memory.EndWarmUp();
                nextCheckNs += checkNs;
            }
            else if (isWarm && checkNs > 0 && Stopwatch.GetTimestamp() >= nextCheckNs)
            {
                memory.CountAllocations();
                nextCheckNs += checkNs;
            }

            strategy.DoWork(pipeline.Core);
            show.DoWork();
            if (turn % ShowMemoryEvery == 0) memory.ShowResident();
            if (turn % ShowMemoryEvery == 0) pipeline.Driver.ShowLosses(counters);
            counters.Set(Counter.HostLogLinesDropped, log.Dropped);
            counters.Set(Counter.HostLogLinesLost, output.LinesLost);
            counters.Set(Counter.HostLogLinesSummed, logAgent.LinesSummed);
            counters.Set(Counter.HostStops, (long)_gate.Look().Word);
            Thread.Sleep(isDecided ? WatchPeriodMs : 1);
        }

        // A periodic count is the better last word: it has nothing of the signal's handling in it.
        if (isWarm && checkNs == 0) memory.CountAllocations();
    }

    // Alive means that this loop turns; whether the stages do is the counters' to tell.
    private void Tell(EngineState state)
    {
        service.Alive(Stopwatch.GetTimestamp());
        if (state == _told) return;
        _told = state;
        service.Status(state.ToString());
    }

    private EngineState StateOf(ExecutionState session) => session switch
    {
        _ when !_gate.IsOpen => EngineState.Halted,
        ExecutionState.Refused => EngineState.Halted,
        ExecutionState.Live when !_gate.MayBuy => EngineState.SellingOnly,
        ExecutionState.Live => EngineState.Trading,
        _ => EngineState.Starting,
    };

    private int Stop(Pipeline pipeline, JournalStore store, CounterFile counters, StrategyKeeper strategy, EngineShow show)
    {
        service.Stopping();
        _logger.ZLogInformation($"stopping: no more orders; waiting for answers");
        counters.Set(Counter.HostState, (long)EngineState.Draining);
        pipeline.Execution.BeginDrain();
        bool drained = WaitUntil(() => pipeline.Execution.IsDrained, config.DrainTimeout, pipeline, show);
        if (!drained) _logger.ZLogWarning($"stopping with orders of unknown outcome: the next start replays their answers");
        pipeline.Execution.BeginLogout();
        WaitUntil(() => pipeline.Execution.IsLoggedOut, config.DrainTimeout, pipeline, show);
        _gate.StopSending(StopReasons.Stopping, stop: true);

        // Every offer that was seen is judged and every answer booked before the threads end, the journal's last of all.
        pipeline.Feed.End();
        WaitUntil(() => pipeline.IsQuiet, config.DrainTimeout, pipeline, show);
        bool stagesEnded = true;
        foreach (AgentThread thread in pipeline.Threads.SkipLast(1)) stagesEnded &= thread.Stop(ThreadStopTimeout);
        pipeline.Driver.ShowLosses(counters);
        bool ended = pipeline.Threads[^1].Stop(ThreadStopTimeout);
        // After a fault too: what led to it is what a capture is for.
        if (stagesEnded) pipeline.Capture?.Finish();
        foreach (AgentThread thread in pipeline.Threads)
        {
            if (thread.Fault is { } fault) _logger.ZLogCritical(fault, $"{thread.Name} broke");
        }

        bool failed = HasFault(pipeline) || !ended;
        if (!failed) strategy.WriteLast(pipeline.Core);
        if (!failed) pipeline.Journal.Flush();
        // A run that never reached the venue must not wipe out what a killed one before it left behind there.
        if (!failed && !pipeline.Execution.MayOweAnswers) store.MarkIdle();
        counters.Set(Counter.HostState, (long)(failed ? EngineState.Failed : EngineState.Stopped));
        _logger.ZLogInformation($"stopped: {counters.Read(Counter.FeedOffersSeen)} offers seen, {counters.Read(Counter.ExecutionSent)} executes sent, {counters.Read(Counter.JournalBooked)} transactions booked");
        return failed ? 1 : 0;
    }

    private static bool HasFault(Pipeline pipeline)
    {
        for (int i = 0; i < pipeline.Threads.Count; i++)
        {
            if (pipeline.Threads[i].Fault is not null) return true;
        }

        return false;
    }

    private bool WaitUntil(Func<bool> done, TimeSpan timeout, Pipeline pipeline, EngineShow show)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (!done())
        {
            if (Environment.TickCount64 >= deadline || HasFault(pipeline)) return false;
            service.Alive(Stopwatch.GetTimestamp());
            show.DoWork();
            Thread.Sleep(1);
        }

        return true;
    }

    private static string Describe(Pipeline pipeline, string? coldCores) =>
        string.Join(", ", pipeline.Threads.Select(thread => thread.Core >= 0 ? $"{thread.Name} on core {thread.Core}" : coldCores is null ? $"{thread.Name} unpinned" : $"{thread.Name} on {coldCores}"));

    private static long StartedNs()
    {
        TimeSpan age = DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        return Stopwatch.GetTimestamp() - (long)age.TotalNanoseconds;
    }
}

/// <summary>The engine cannot start; the message is for the user and names the remedy.</summary>
internal sealed class EngineStartException(string message) : Exception(message);
