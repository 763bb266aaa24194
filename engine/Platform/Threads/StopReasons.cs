namespace MarketMaker.Platform.Threads;

/// <summary>Why sends or buys are stopped. Each reason has one owner, which sets and lifts it; no reason undoes another.</summary>
/// <remarks>
/// Those of <see cref="StopReasonsExtensions.Latched"/> are a person's to lift, with <c>marketmaker resume</c>, and outlive the process; the
/// others are of this run, because the next start looks at what caused them by itself.
/// </remarks>
[Flags]
public enum StopReasons : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Transaction ids run out.</summary>
    Ids = 1 << 0,

    /// <summary>The journal's map is nearly used up.</summary>
    Map = 1 << 1,

    /// <summary>The journal's disk is nearly full.</summary>
    Disk = 1 << 2,

    /// <summary>The engine has not begun to trade, or was told by its own program to pause.</summary>
    NotOpen = 1 << 3,

    /// <summary>The engine is stopping.</summary>
    Stopping = 1 << 4,

    /// <summary>The order session cannot go on without a person.</summary>
    Session = 1 << 5,

    /// <summary>The venue tells of a trade that is not in the books.</summary>
    TradeNotBooked = 1 << 6,

    /// <summary>The journal could not be written.</summary>
    JournalFailed = 1 << 7,

    /// <summary>An agent threw: a broken invariant.</summary>
    Fault = 1 << 8,

    /// <summary>A person's command: sends stopped is halt, buys stopped is reduce-only. Latched.</summary>
    Person = 1 << 16,

    /// <summary>The control file is missing, unreadable or garbage. Latched.</summary>
    ControlFile = 1 << 17,

    /// <summary>The day has lost too much. Latched.</summary>
    DayLoss = 1 << 18,

    /// <summary>The venue's answers contradicted what was sent, too often. Latched.</summary>
    Contradictions = 1 << 19,

    /// <summary>The watchdog found an agent that does not move. Latched.</summary>
    Watchdog = 1 << 20,
}

/// <summary>What holds of reasons, and how people write them.</summary>
public static class StopReasonsExtensions
{
    /// <summary>The reasons that only a person lifts, and that a restart keeps.</summary>
    public const StopReasons Latched = StopReasons.Person | StopReasons.ControlFile | StopReasons.DayLoss | StopReasons.Contradictions | StopReasons.Watchdog;

    /// <summary>The latched reasons of the engine itself: to lift one, a person must name it.</summary>
    public const StopReasons Breakers = Latched & ~StopReasons.Person;

    private static readonly (StopReasons Reason, string Name)[] Names =
    [
        (StopReasons.Ids, "ids"), (StopReasons.Map, "map"), (StopReasons.Disk, "disk"), (StopReasons.NotOpen, "not-open"), (StopReasons.Stopping, "stopping"),
        (StopReasons.Session, "session"), (StopReasons.TradeNotBooked, "trade-not-booked"), (StopReasons.JournalFailed, "journal-failed"),
        (StopReasons.Fault, "fault"), (StopReasons.Person, "person"), (StopReasons.ControlFile, "control-file"), (StopReasons.DayLoss, "day-loss"),
        (StopReasons.Contradictions, "contradictions"), (StopReasons.Watchdog, "watchdog"),
    ];

    /// <summary>The reasons' names, divided by commas; empty for none.</summary>
    public static string ToText(this StopReasons reasons) =>
        string.Join(", ", Names.Where(known => (reasons & known.Reason) != 0).Select(known => known.Name));

    /// <summary>Reads one reason's name.</summary>
    /// <returns>False when there is no such reason.</returns>
    public static bool TryParse(string name, out StopReasons reason)
    {
        reason = Names.FirstOrDefault(known => known.Name == name).Reason;
        return reason != StopReasons.None;
    }
}
