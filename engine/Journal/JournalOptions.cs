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
    /// Records after which a checkpoint is written; 1 to 10,000,000, default 100,000: what a start after a kill has to read, some
    /// 0.1 s. An orderly stop writes one anyway.
    /// </summary>
    public int CheckpointRecords { get; init; } = 100_000;

    /// <summary>Days a record is kept after it was booked, when it is shipped; 0 to 3,650, default 30. What is not shipped is kept for ever.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>
    /// Executions of the session at hand that are read at start at most, the newest, so that a broken trade can be undone; 0 or
    /// more, default 1,048,576, the room of Execution's table.
    /// </summary>
    public int ExecutionsMax { get; init; } = 1_048_576;

    /// <summary>The trading date, US Eastern; the venue's times count from its midnight. Default: today in UTC.</summary>
    public DateOnly TradingDate { get; init; } = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>US Eastern less UTC on that date: -4 h in summer, -5 h in winter. Default -4 h.</summary>
    public TimeSpan UtcOffset { get; init; } = TimeSpan.FromHours(-4);

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
        { QuarantineRowsMax: < 1 or > 1_000_000 } => "quarantine is not 1 to 1,000,000 rows",
        { MapUsedPercentMax: < 10 or > 99 } => "the map's used share is not 10 to 99 percent",
        { CheckpointRecords: < 1 or > 10_000_000 } => "a checkpoint is not after 1 to 10,000,000 records",
        { RetentionDays: < 0 or > 3_650 } => "the retention is not 0 to 3,650 days",
        { ExecutionsMax: < 0 } => "the executions read at start are below zero",
        { UtcOffset.TotalHours: < -14 or > 14 } => "UTC offset is not -14 h to +14 h",
        _ => null,
    };
}
