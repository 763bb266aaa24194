namespace MarketMaker.Contracts;

/// <summary>How much an alarm matters.</summary>
public enum AlarmSeverity
{
    /// <summary>Trading goes on; somebody should look today.</summary>
    Warning,

    /// <summary>Trading is stopped or hindered, or records are at risk: somebody must look now.</summary>
    Critical,
}

/// <summary>
/// Every alarm: a state that is raised and cleared, never a message that passes by. The names never change their meaning; <c>deploy/RUNBOOK.md</c>
/// has a section for each. <see cref="Alarms"/> says what each means.
/// </summary>
public enum Alarm
{
    /// <summary>A person halted trading.</summary>
    PersonHalt,

    /// <summary>A person allows sales alone.</summary>
    PersonReduce,

    /// <summary>The control file was missing, unreadable or garbage; trading is halted.</summary>
    ControlFile,

    /// <summary>The day's loss halted trading.</summary>
    DayLossHalt,

    /// <summary>The day's loss ended the buys, while it lasts.</summary>
    DayLossBuys,

    /// <summary>Answers contradicted what was sent too often; trading is halted.</summary>
    ContradictionsHalt,

    /// <summary>An agent did not move, or passed no input; trading is halted.</summary>
    AgentStuck,

    /// <summary>A trade of the venue is not in the books; trading is halted.</summary>
    TradeNotBooked,

    /// <summary>The journal could not be written; the engine ends.</summary>
    JournalFailed,

    /// <summary>An agent threw; the engine ends.</summary>
    EngineFault,

    /// <summary>The order session cannot go on without a person.</summary>
    SessionRefused,

    /// <summary>The order session has not been live for some time.</summary>
    VenueLost,

    /// <summary>Orders have been of unknown outcome for a minute.</summary>
    OrdersUnknown,

    /// <summary>No packet of the feed, not even a heartbeat, for some time.</summary>
    FeedSilent,

    /// <summary>A gap in the feed has been open for a second.</summary>
    FeedGap,

    /// <summary>The feed's messages were lost for good within the last minute.</summary>
    FeedLost,

    /// <summary>The kernel dropped packets of the feed within the last minute.</summary>
    FeedDrops,

    /// <summary>No price came for some time.</summary>
    PricesSilent,

    /// <summary>The verdicts on volatility cannot be trusted; every ticker is only sold.</summary>
    VerdictsUntrusted,

    /// <summary>The denylist file is malformed; the one before holds.</summary>
    DenylistMalformed,

    /// <summary>Transaction ids run out.</summary>
    IdsLow,

    /// <summary>The journal's map fills.</summary>
    JournalMap,

    /// <summary>The journal's disk fills.</summary>
    JournalDisk,

    /// <summary>A reader holds an old snapshot and makes the journal grow.</summary>
    ReaderPinned,

    /// <summary>Contradictions of the venue lie in quarantine.</summary>
    Quarantine,

    /// <summary>A contradiction could not be kept: the quarantine is full.</summary>
    QuarantineFull,

    /// <summary>The shipper's mark beside the journal names no record of it.</summary>
    ShippedMark,

    /// <summary>The capture misses inputs.</summary>
    CaptureIncomplete,

    /// <summary>Orders are lost because this host is slow.</summary>
    SlowHost,

    /// <summary>Few orders win, at any edge: others are faster.</summary>
    LosingRaces,

    /// <summary>Lines of the log were lost within the last minute.</summary>
    LogLost,

    /// <summary>Shipper: a transaction has not been in the database for too long.</summary>
    ShippingLate,

    /// <summary>Shipper: nothing has been shipped for too long, and why.</summary>
    ShippingStalled,

    /// <summary>Shipper: the database refuses what a person must mend: password, rights, tables.</summary>
    LedgerRefused,

    /// <summary>Shipper: the journal or the database was set back.</summary>
    JournalSetBack,

    /// <summary>Shipper: the database holds rows of this journal in quarantine.</summary>
    LedgerQuarantine,

    /// <summary>Shipper: its own figures cannot be read or written.</summary>
    ShipperStatus,

    /// <summary>Console: the engine's process is gone without a word.</summary>
    EngineDead,

    /// <summary>Console: the engine's process is there and shows no heartbeat.</summary>
    EngineSilent,

    /// <summary>Console: the engine was stopped in order.</summary>
    EngineStopped,

    /// <summary>Console: many fair prices are older than the decision allows.</summary>
    PricesStale,

    /// <summary>Console: a ring was nearly full within the last second.</summary>
    RingFull,

    /// <summary>Console: a pinned thread waits for its core.</summary>
    ThreadWaits,

    /// <summary>Console: the shipper's status file is no longer renewed.</summary>
    ShipperSilent,

    /// <summary>How many there are.</summary>
    Count,
}

/// <summary>What an alarm is called and means.</summary>
/// <param name="Alarm">Which.</param>
/// <param name="Id">Its name for people and tools: in logs, the console, the metrics and the runbook.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record AlarmDescription(Alarm Alarm, string Id, AlarmSeverity Severity, string Meaning);

/// <summary>The one list of alarms.</summary>
public static class Alarms
{
    /// <summary>Every alarm, in the order of <see cref="Alarm"/>.</summary>
    public static IReadOnlyList<AlarmDescription> All { get; } =
    [
        Critical(Alarm.PersonHalt, "person-halt", "a person halted trading"),
        Warning(Alarm.PersonReduce, "person-reduce", "a person allows sales alone"),
        Critical(Alarm.ControlFile, "control-file", "the control file was missing, unreadable or garbage; trading is halted"),
        Critical(Alarm.DayLossHalt, "day-loss-halt", "the day's loss halted trading"),
        Critical(Alarm.DayLossBuys, "day-loss-buys", "the day's loss ended the buys while it lasts"),
        Critical(Alarm.ContradictionsHalt, "contradictions-halt", "answers contradicted what was sent too often; trading is halted"),
        Critical(Alarm.AgentStuck, "agent-stuck", "a part of the engine did not move; trading is halted"),
        Critical(Alarm.TradeNotBooked, "trade-not-booked", "a trade of the venue is not in the books; trading is halted"),
        Critical(Alarm.JournalFailed, "journal-failed", "the journal could not be written; the engine ends"),
        Critical(Alarm.EngineFault, "engine-fault", "a part of the engine broke; the engine ends"),
        Critical(Alarm.SessionRefused, "session-refused", "the order session cannot go on without a person"),
        Critical(Alarm.VenueLost, "venue-lost", "the order session is not live"),
        Critical(Alarm.OrdersUnknown, "orders-unknown", "orders have been of unknown outcome for a minute"),
        Critical(Alarm.FeedSilent, "feed-silent", "no packet of the feed arrives"),
        Warning(Alarm.FeedGap, "feed-gap", "a gap in the feed has been open for a second"),
        Warning(Alarm.FeedLost, "feed-lost", "messages of the feed were lost for good"),
        Warning(Alarm.FeedDrops, "feed-drops", "the kernel dropped packets of the feed"),
        Critical(Alarm.PricesSilent, "prices-silent", "no fair price arrives"),
        Warning(Alarm.VerdictsUntrusted, "verdicts-untrusted", "the verdicts on volatility cannot be trusted; every ticker is only sold"),
        Warning(Alarm.DenylistMalformed, "denylist-malformed", "the denylist file is malformed; the one before holds"),
        Critical(Alarm.IdsLow, "ids-low", "transaction ids run out"),
        Critical(Alarm.JournalMap, "journal-map", "the journal's map fills"),
        Critical(Alarm.JournalDisk, "journal-disk", "the journal's disk fills"),
        Warning(Alarm.ReaderPinned, "reader-pinned", "a reader holds an old snapshot and makes the journal grow"),
        Critical(Alarm.Quarantine, "quarantine", "contradictions of the venue lie in quarantine"),
        Critical(Alarm.QuarantineFull, "quarantine-full", "a contradiction could not be kept"),
        Warning(Alarm.ShippedMark, "shipped-mark", "the shipper's mark names no record of this journal"),
        Warning(Alarm.CaptureIncomplete, "capture-incomplete", "the capture misses inputs"),
        Warning(Alarm.SlowHost, "slow-host", "orders are lost because this host is slow"),
        Warning(Alarm.LosingRaces, "losing-races", "few orders win, at any edge"),
        Warning(Alarm.LogLost, "log-lost", "lines of the log were lost"),
        Critical(Alarm.ShippingLate, "shipping-late", "a transaction has not been in the database for too long"),
        Critical(Alarm.ShippingStalled, "shipping-stalled", "nothing has been shipped for too long"),
        Critical(Alarm.LedgerRefused, "ledger-refused", "the database refuses what a person must mend: password, rights, tables"),
        Critical(Alarm.JournalSetBack, "journal-set-back", "the journal or the database was set back"),
        Critical(Alarm.LedgerQuarantine, "ledger-quarantine", "the database holds rows of this journal in quarantine"),
        Warning(Alarm.ShipperStatus, "shipper-status", "the shipper's own figures cannot be read or written"),
        Critical(Alarm.EngineDead, "engine-dead", "the engine's process is gone without a word"),
        Critical(Alarm.EngineSilent, "engine-silent", "the engine's process is there and shows no heartbeat"),
        Warning(Alarm.EngineStopped, "engine-stopped", "the engine was stopped in order"),
        Warning(Alarm.PricesStale, "prices-stale", "many fair prices are older than the decision allows"),
        Warning(Alarm.RingFull, "ring-full", "a ring was nearly full within the last second"),
        Warning(Alarm.ThreadWaits, "thread-waits", "a pinned thread waits for its core"),
        Warning(Alarm.ShipperSilent, "shipper-silent", "the shipper's status file is no longer renewed"),
    ];

    /// <summary>What one is called and means.</summary>
    public static AlarmDescription Describe(this Alarm alarm) => All[(int)alarm];

    private static AlarmDescription Critical(Alarm alarm, string id, string meaning) => new(alarm, id, AlarmSeverity.Critical, meaning);

    private static AlarmDescription Warning(Alarm alarm, string id, string meaning) => new(alarm, id, AlarmSeverity.Warning, meaning);
}
