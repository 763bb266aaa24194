using MarketMaker.Platform.Files;

namespace MarketMaker.Shipper;

/// <summary>Settings of mm-shipper: sections [shipper], [journal] and [node] of the engine's INI file.</summary>
internal sealed record ShipperOptions
{
    /// <summary>[journal] path: the folder of the journal. No default.</summary>
    public required string JournalPath { get; init; }

    /// <summary>[shipper] database: <c>sqlite:PATH</c>, or a connection string of Npgsql without a password. No default.</summary>
    public required string Database { get; init; }

    /// <summary>[node] name: compared with the journal's own, when given.</summary>
    public string? Node { get; init; }

    /// <summary>[shipper] password-file: holds the database's password and nothing else, so that no password is in an INI file or a process list.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>[shipper] batch-rows: rows of one commit at most, 1 to 10,000, default 5,000: a snapshot of the journal is held for a few ms. After a batch that was not answered in time they are fewer for a while.</summary>
    public int BatchRows { get; init; } = 5000;

    /// <summary>[shipper] poll-ms: how often an idle journal is looked at, 1 to 1,000, default 20.</summary>
    public int PollMs { get; init; } = 20;

    /// <summary>[shipper] status-file: JSON with the last id, the lag and the age of the oldest unshipped row, renewed every second. Default: none.</summary>
    public string? StatusFile { get; init; }

    /// <summary>[shipper] stop-grace-ms: how long a stop waits for a database that is down, 0 to 600,000, default 30,000. Nothing is lost after it: the rest is shipped at the next start.</summary>
    public int StopGraceMs { get; init; } = 30_000;

    /// <summary>[shipper] lease-ahead-ids: with fewer ids left in the journal, the next block is laid beside it; 0 to 2,000,000,000, default 2,000,000; 0: never.</summary>
    public long LeaseAheadIds { get; init; } = 2_000_000;

    /// <summary>How often the ids that are left are looked at, in ms.</summary>
    public int LeaseLookMs { get; init; } = 3000;

    /// <summary>[shipper] age-alarm-ms: a transaction that is not in the ledger for longer turns the status red; 100 to 86,400,000, default 60,000.</summary>
    public int AgeAlarmMs { get; init; } = 60_000;

    /// <summary>[shipper] stall-alarm-ms: nothing shipped for so long, with something to ship, turns the status red and names the cause; 100 to 86,400,000, default 30,000.</summary>
    public int StallAlarmMs { get; init; } = 30_000;

    /// <summary>[shipper] answer-timeout-ms: a database that answers nothing for so long, as when the network is cut, is given up, and another host is asked; 1,000 to 600,000, default 10,000.</summary>
    public int AnswerTimeoutMs { get; init; } = 10_000;

    /// <summary>First pause after a failure of the database, in ms; doubles up to <see cref="BackoffMaxMs"/>.</summary>
    public int BackoffMs { get; init; } = 100;

    /// <summary>Longest pause between attempts to reach the database, in ms: it is part of every failover.</summary>
    public int BackoffMaxMs { get; init; } = 1000;

    /// <summary>--once: ship what is there, then end.</summary>
    public bool Once { get; init; }

    /// <summary>[capital] cash in 1/10,000 dollar, for a restore out of a ledger that does not know it; null: not given.</summary>
    public long? OpeningCash { get; init; }

    /// <summary>[session] utc-offset-minutes: the venue's clock less UTC, for the trading date of a restored session; default -300.</summary>
    public int UtcOffsetMinutes { get; init; } = -300;

    /// <summary>[execution] executions-per-day-max: executions that a restored journal brings for broken trades; default 1,048,576.</summary>
    public int ExecutionsMax { get; init; } = 1_048_576;

    /// <summary>Checks everything together; null when all is well.</summary>
    public string? Validate() => this switch
    {
        { JournalPath: "" } => "no journal: give --journal DIR or [journal] path",
        { Database: "" } => "no database: give --database URL or [shipper] database",
        { BatchRows: < 1 or > 10_000 } => "[shipper] batch-rows is not 1 to 10,000",
        { PollMs: < 1 or > 1000 } => "[shipper] poll-ms is not 1 to 1,000",
        { StopGraceMs: < 0 or > 600_000 } => "[shipper] stop-grace-ms is not 0 to 600,000",
        { LeaseAheadIds: < 0 or > 2_000_000_000 } => "[shipper] lease-ahead-ids is not 0 to 2,000,000,000",
        { AgeAlarmMs: < 100 or > 86_400_000 } => "[shipper] age-alarm-ms is not 100 to 86,400,000",
        { StallAlarmMs: < 100 or > 86_400_000 } => "[shipper] stall-alarm-ms is not 100 to 86,400,000",
        { AnswerTimeoutMs: < 1000 or > 600_000 } => "[shipper] answer-timeout-ms is not 1,000 to 600,000",
        { PasswordFile: { } file } when SecretFile.WhyRefused(file) is { } why => $"[shipper] password-file = {file}: {why}",
        _ => null,
    };
}
