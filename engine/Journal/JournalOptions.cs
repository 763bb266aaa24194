using MarketMaker.Platform.Clock;

namespace MarketMaker.Journal;

/// <summary>Settings of the stage Journal.</summary>
public sealed record JournalOptions
{
    /// <summary>Bytes in one MiB.</summary>
    public const long MebiByte = 1L << 20;

    /// <summary>Folder of the journal. No default: a journal is made by <c>marketmaker init</c> and never by accident.</summary>
    public required string Path { get; init; }

    /// <summary>The node's name, 1 to 13 of A-Z and 0-9; must be the one the journal was made for.</summary>
    public required string Node { get; init; }

    /// <summary>
    /// Opening cash in 1/10,000 dollar, 0 or more; must be the one the journal was made with, because what the engine may spend
    /// is the journal's sum and not a setting. Null: not compared.
    /// </summary>
    public long? OpeningCash { get; init; }

    /// <summary>
    /// How far the file may grow, in bytes; 16 MiB to 1 TiB, default 8 GiB. Sparse: it costs address space until it is used. At
    /// 256 bytes a record, 8 GiB hold some 25 million transactions: twelve hours of 500 a second.
    /// </summary>
    public long MapBytes { get; init; } = 8192 * MebiByte;

    /// <summary>
    /// At the latest after this many ms a commit moves <c>bookedThrough</c> on over messages that are no execution; 1 to 10,000,
    /// default 100. It bounds what a restart has to replay; a flush for each such message would delay the executions behind it.
    /// </summary>
    public int ProgressCommitMs { get; init; } = 100;

    /// <summary>The same bound in messages; 1 to 1,000,000, default 10,000.</summary>
    public int ProgressCommitEvents { get; init; } = 10_000;

    /// <summary>
    /// Events of one group commit at most; 1 to 65,536, default 4,096. It bounds the time of one commit and so the age of the
    /// first execution in it.
    /// </summary>
    public int BatchEventsMax { get; init; } = 4096;

    /// <summary>Ids left below which a line is logged; default 1,000,000: half an hour at 500 a second.</summary>
    public long IdsLowThreshold { get; init; } = 1_000_000;

    /// <summary>
    /// Ids kept for orders in flight; default 65,536, the slots of the ring <c>responses</c>. With fewer left, nothing more is
    /// sent: what the venue may still answer has to find an id.
    /// </summary>
    public long IdsReserve { get; init; } = 65_536;

    /// <summary>Share of the map that may be used before sending ends, in percent; 10 to 99, default 95.</summary>
    public int MapUsedPercentMax { get; init; } = 95;

    /// <summary>
    /// Contradictions kept as evidence at most; 1 to 1,000,000, default 100,000. Beyond, they are counted only: trading was halted long before.
    /// </summary>
    public int QuarantineRowsMax { get; init; } = 100_000;

    /// <summary>
    /// Durable intents open at a time, a power of two; 64 to 1,048,576, default 4,096. When the table is full, orders wait in their ring, and
    /// Decision refuses once that is full too.
    /// </summary>
    public int IntentsMax { get; init; } = 4_096;

    /// <summary>
    /// Which day it is at the venue, whose times count from midnight: dates a session when its first message is booked. Default: the day on
    /// which a session begins, five hours behind UTC.
    /// </summary>
    public VenueCalendar Calendar { get; init; } = new(null, TimeSpan.FromHours(-5));

    /// <summary>Says who this host is, instead of /etc/machine-id or the host's name. Null: those.</summary>
    public string? HostId { get; init; }

    /// <summary>Whether Open insists on ids being there; tools that only look do not need any. Default true.</summary>
    public bool RequireIds { get; init; } = true;

    /// <summary>Checks everything together.</summary>
    /// <returns>A sentence that names the first setting that is out of range, or null.</returns>
    public string? Validate() => this switch
    {
        { Path: "" } => "journal path is empty",
        _ when !Contracts.NodeTag.TryParse(Node, out _) => $"node name '{Node}' is not 1 to 13 of A-Z and 0-9",
        { OpeningCash: < 0 } => "opening cash is below zero",
        { MapBytes: < 16 * MebiByte or > 1024 * 1024 * MebiByte } => "map size is not 16 MiB to 1 TiB",
        { ProgressCommitMs: < 1 or > 10_000 } => "progress commit is not 1 to 10,000 ms",
        { ProgressCommitEvents: < 1 or > 1_000_000 } => "progress commit is not 1 to 1,000,000 events",
        { BatchEventsMax: < 1 or > 65_536 } => "a batch is not 1 to 65,536 events",
        { IdsReserve: < 0 } or { IdsLowThreshold: < 0 } => "id thresholds are below zero",
        { IntentsMax: < 64 or > 1_048_576 } => "intents are not 64 to 1,048,576",
        { QuarantineRowsMax: < 1 or > 1_000_000 } => "quarantine is not 1 to 1,000,000 rows",
        { MapUsedPercentMax: < 10 or > 99 } => "the map's used share is not 10 to 99 percent",
        _ => null,
    };
}
