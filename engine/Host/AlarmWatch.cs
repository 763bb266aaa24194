using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Host;

/// <summary>Raises and clears the engine's alarms by what the kill switch and the counters say. One slot each shows since when.</summary>
/// <remarks>
/// On the watchdog's cold thread: no stage knows of alarms, and none is late for one. A state that hovers must hold for some time to raise its
/// alarm; what is counted (a loss of packets) holds it for a minute after the last one.
/// </remarks>
internal sealed class AlarmWatch : IAgent
{
    private const long NsPerMs = 1_000_000;
    private const int MinuteMs = 60_000;

    private readonly CounterFile _counters;
    private readonly TradingGate _gate;
    private readonly LogWriter _log;
    private readonly int _dayLossBuysPpm;
    private readonly Func<long> _clock;
    private readonly State[] _states = new State[(int)Alarm.Count];
    private long _nowNs;

    /// <summary>Begins with every alarm cleared.</summary>
    /// <param name="counters">What the stages say; and the slots of the alarms.</param>
    /// <param name="gate">What is stopped.</param>
    /// <param name="log">A line for each that is raised or cleared.</param>
    /// <param name="dayLossBuysPpm">[decision] day-loss-stop-buying-ppm.</param>
    /// <param name="clock">Monotonic ns; null: this host's.</param>
    public AlarmWatch(CounterFile counters, TradingGate gate, LogWriter log, int dayLossBuysPpm, Func<long>? clock = null)
    {
        (_counters, _gate, _log, _dayLossBuysPpm, _clock) = (counters, gate, log, dayLossBuysPpm, clock ?? Stopwatch.GetTimestamp);
        _nowNs = _clock();
        for (int i = 0; i < _states.Length; i++) _states[i].ChangedNs = _nowNs;
    }

    /// <inheritdoc/>
    public string Name => "Alarms";

    /// <inheritdoc/>
    public int DoWork()
    {
        _nowNs = _clock();
        GateWord stops = _gate.Look();
        LookAtStops(stops);
        LookAtVenue(stops);
        LookAtInputs();
        LookAtJournal();
        LookAtTheRest();
        return 0;
    }

    private void LookAtStops(GateWord stops)
    {
        Show(Alarm.PersonHalt, stops.Sends.HasFlag(StopReasons.Person));
        Show(Alarm.PersonReduce, stops.Buys.HasFlag(StopReasons.Person));
        Show(Alarm.ControlFile, stops.Sends.HasFlag(StopReasons.ControlFile));
        Show(Alarm.DayLossHalt, stops.Sends.HasFlag(StopReasons.DayLoss));
        Show(Alarm.DayLossBuys, _counters.Read(Counter.DecisionDayLossPpm) >= _dayLossBuysPpm);
        Show(Alarm.ContradictionsHalt, stops.Sends.HasFlag(StopReasons.Contradictions));
        Show(Alarm.AgentStuck, stops.Sends.HasFlag(StopReasons.Watchdog) || _counters.Read(Counter.HostStuckAgents) > 0);
        Show(Alarm.TradeNotBooked, stops.Sends.HasFlag(StopReasons.TradeNotBooked));
        Show(Alarm.JournalFailed, stops.Sends.HasFlag(StopReasons.JournalFailed));
        Show(Alarm.EngineFault, stops.Sends.HasFlag(StopReasons.Fault));
        Show(Alarm.SessionRefused, stops.Sends.HasFlag(StopReasons.Session));
    }

    private void LookAtVenue(GateWord stops)
    {
        ExecutionState session = (ExecutionState)_counters.Read(Counter.ExecutionState);
        bool isOver = session is ExecutionState.LoggedOut or ExecutionState.Refused || stops.Sends.HasFlag(StopReasons.Stopping);
        ShowAfter(Alarm.VenueLost, session != ExecutionState.Live && !isOver, 10_000);
        ShowAfter(Alarm.OrdersUnknown, _counters.Read(Counter.ExecutionUnknown) > 0, MinuteMs);
    }

    private void LookAtInputs()
    {
        // The venue's heartbeat comes every second, and each ticker's price at least within its age limit.
        ShowStillness(Alarm.FeedSilent, _counters.Read(Counter.FeedPackets), 10_000);
        ShowAfter(Alarm.FeedGap, _counters.Read(Counter.FeedGapOpen) != 0, 1_000);
        ShowGrowth(Alarm.FeedLost, _counters.Read(Counter.FeedMessagesLost));
        ShowGrowth(Alarm.FeedDrops, _counters.Read(Counter.HostKernelDrops));
        ShowStillness(Alarm.PricesSilent, _counters.Read(Counter.PriceClientPrices), 15_000);
        ShowAfter(Alarm.VerdictsUntrusted, _counters.Read(Counter.AlertsAllSellOnly) != 0, 2_000);
        Show(Alarm.DenylistMalformed, _counters.Read(Counter.HostDenylistMalformed) != 0);
    }

    private void LookAtJournal()
    {
        Show(Alarm.IdsLow, _counters.Read(Counter.JournalIdsLevel) > 0);
        Show(Alarm.JournalMap, _counters.Read(Counter.JournalMapLevel) > 0);
        Show(Alarm.JournalDisk, _counters.Read(Counter.JournalDiskLevel) > 0);
        Show(Alarm.ReaderPinned, _counters.Read(Counter.JournalPinnedReaderPid) != 0);
        Show(Alarm.Quarantine, _counters.Read(Counter.JournalQuarantined) > 0);
        Show(Alarm.QuarantineFull, _counters.Read(Counter.JournalQuarantineDropped) > 0);
        ShowGrowth(Alarm.ShippedMark, _counters.Read(Counter.JournalShippedMarksUnusable));
    }

    private void LookAtTheRest()
    {
        const int TooSlow = 3; // Counter.WinRecordFinding
        Show(Alarm.CaptureIncomplete, _counters.Read(Counter.DecisionNotCaptured) > 0);
        Show(Alarm.SlowHost, _counters.Read(Counter.WinRecordOurDelay) != 0);
        Show(Alarm.LosingRaces, _counters.Read(Counter.WinRecordFinding) == TooSlow);
        ShowGrowth(Alarm.LogLost, _counters.Read(Counter.HostLogLinesDropped) + _counters.Read(Counter.HostLogLinesLost));
    }

    /// <summary>A state that must hold for some time.</summary>
    private void ShowAfter(Alarm alarm, bool holds, int afterMs)
    {
        ref State state = ref _states[(int)alarm];
        if (!holds) state.ChangedNs = _nowNs;
        Show(alarm, holds && _nowNs - state.ChangedNs >= afterMs * NsPerMs);
    }

    /// <summary>Something that should be counted all the time, and is not.</summary>
    private void ShowStillness(Alarm alarm, long count, int afterMs)
    {
        ref State state = ref _states[(int)alarm];
        if (count != state.Count) (state.Count, state.ChangedNs) = (count, _nowNs);
        Show(alarm, _nowNs - state.ChangedNs >= afterMs * NsPerMs);
    }

    /// <summary>Something that should never be counted, and was within the last minute.</summary>
    private void ShowGrowth(Alarm alarm, long count)
    {
        ref State state = ref _states[(int)alarm];
        bool grew = count > state.Count;
        if (grew) state.ChangedNs = _nowNs;
        state.Count = count;
        Show(alarm, grew || (state.IsRaised && _nowNs - state.ChangedNs < MinuteMs * NsPerMs));
    }

    private void Show(Alarm alarm, bool isRaised)
    {
        ref State state = ref _states[(int)alarm];
        if (isRaised == state.IsRaised) return;
        state.IsRaised = isRaised;
        _counters.Set(Counter.AlarmSince + (int)alarm, isRaised ? new SystemClock().WallClockNs : 0);
        if (isRaised) state.RaisedNs = _nowNs;
        _log.Write(isRaised ? LogMessage.AlarmRaised : LogMessage.AlarmCleared, (int)alarm, isRaised ? 0 : (_nowNs - state.RaisedNs) / NsPerMs);
    }

    private struct State
    {
        public bool IsRaised;
        public long RaisedNs;
        public long ChangedNs;
        public long Count;
    }
}
