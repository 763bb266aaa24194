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

    /// <summary>Ids left below which nothing more is bought; default 262,144: some nine minutes at 500 a second, in which a lease may come.</summary>
    public long IdsStopBuying { get; init; } = 262_144;

    /// <summary>Share of map or disk in use from which on a person is told, in percent; 1 to 100, default 80.</summary>
    public int AlarmPercent { get; init; } = 80;

    /// <summary>Share of map or disk in use from which on nothing more is bought, in percent; 1 to 100, default 95.</summary>
    public int StopBuyingPercent { get; init; } = 95;

    /// <summary>
    /// Bytes of map and of disk kept for answers in flight; default 128 MiB, see <see cref="AnswerReserve"/>. When only they are
    /// left, nothing more is sent.
    /// </summary>
    public long ReserveBytes { get; init; } = 128 * MebiByte;

    /// <summary>What is kept in fact: a small map keeps an eighth of itself.</summary>
    public long AnswerReserveBytes => Math.Min(ReserveBytes, MapBytes / 8);

    /// <summary>A reader that holds an old snapshot for longer is named in the log; 100 to 3,600,000 ms, default 1,000.</summary>
    public int ReaderPinAlarmMs { get; init; } = 1_000;

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

    /// <summary>
    /// Used bytes up to which every page is proven whole at a start; default 1 GiB, some three million records and less than half a second.
    /// Of a larger journal the old records' pages are left to <c>mm-ledger verify</c>, so that a start stays short.
    /// </summary>
    public long CheckWholeBytesMax { get; init; } = 1024 * MebiByte;

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
        { IdsReserve: < 0 } or { IdsLowThreshold: < 0 } or { IdsStopBuying: < 0 } => "id thresholds are below zero",
        { AlarmPercent: < 1 or > 100 } or { StopBuyingPercent: < 1 or > 100 } => "a used share is not 1 to 100 percent",
        _ when AlarmPercent > StopBuyingPercent => "the alarm's percent is above the percent that ends the buys",
        { ReserveBytes: < MebiByte } => "the reserve for answers in flight is below 1 MiB",
        { ReaderPinAlarmMs: < 100 or > 3_600_000 } => "the alarm for a pinned reader is not 100 to 3,600,000 ms",
        { QuarantineRowsMax: < 1 or > 1_000_000 } => "quarantine is not 1 to 1,000,000 rows",
        { CheckpointRecords: < 1 or > 10_000_000 } => "a checkpoint is not after 1 to 10,000,000 records",
        { RetentionDays: < 0 or > 3_650 } => "the retention is not 0 to 3,650 days",
        { ExecutionsMax: < 0 } => "the executions read at start are below zero",
        { IntentsMax: < 64 or > 1_048_576 } => "intents are not 64 to 1,048,576",
        _ => null,
    };
}
