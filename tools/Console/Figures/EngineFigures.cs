namespace MarketMaker.OperatorConsole.Figures;

/// <summary>All that the console shows of an engine at one moment: the terminal, the page, print and JSON are views of this.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Node">Its name.</param>
/// <param name="State">In one or two words, for people.</param>
/// <param name="Health">ok, warning or critical: the worst of the alarms.</param>
/// <param name="ProcessId">The engine's.</param>
/// <param name="UptimeSeconds">Since it made its counters, until its last heartbeat.</param>
/// <param name="HeartbeatAgeSeconds">Since the watching thread last ran.</param>
/// <param name="Configuration">Tells its settings from others.</param>
/// <param name="WindowSeconds">What rates are taken over; 0: there is one image only, and rates are 0.</param>
/// <param name="LatencyWindowSeconds">What latencies are of; 0: of the whole run.</param>
internal sealed record EngineFigures(
    DateTimeOffset At,
    string Node,
    string State,
    string Health,
    int ProcessId,
    double UptimeSeconds,
    double HeartbeatAgeSeconds,
    string Configuration,
    double WindowSeconds,
    double LatencyWindowSeconds)
{
    /// <summary>What is wrong, the worst first.</summary>
    public required IReadOnlyList<RaisedAlarm> Alarms { get; init; }

    /// <summary>Offers, orders, wins.</summary>
    public required FlowFigures Flow { get; init; }

    /// <summary>Cash, stock, loss.</summary>
    public required MoneyFigures Money { get; init; }

    /// <summary>How old the prices are.</summary>
    public required PriceFigures Prices { get; init; }

    /// <summary>Journal and database.</summary>
    public required LagFigures Lags { get; init; }

    /// <summary>The order session, in words.</summary>
    public required string Session { get; init; }

    /// <summary>In the order of the flow.</summary>
    public required IReadOnlyList<StageFigures> Stages { get; init; }

    /// <summary>Those of this run.</summary>
    public required IReadOnlyList<RingFigures> Rings { get; init; }

    /// <summary>In the order of the flow.</summary>
    public required IReadOnlyList<HopFigures> Hops { get; init; }

    /// <summary>The most frequent first; reasons that never came are left out.</summary>
    public required IReadOnlyList<RefusalFigures> Refusals { get; init; }

    /// <summary>By side and bucket of edge, from the least edge on; those never tried are left out.</summary>
    public required IReadOnlyList<WinFigures> Wins { get; init; }

    /// <summary>Tickers with stock, open orders or a state, the most capital first.</summary>
    public required IReadOnlyList<TickerFigures> Tickers { get; init; }
}

/// <summary>Something that is wrong now.</summary>
/// <param name="Id">Its name in the runbook and in the metrics.</param>
/// <param name="Severity">warning or critical.</param>
/// <param name="Text">What is wrong, with the figure.</param>
internal sealed record RaisedAlarm(string Id, string Severity, string Text);

internal sealed record FlowFigures(
    long OffersSeen, double OffersPerSecond, long Executes, double ExecutesPerSecond, long Wins, long Losses, long Rejects, long Unknown,
    double WinPercent, double RecentWinPercent, long Executions, double ExecutionsPerSecond, long InFlight, long GapsOpened, long MessagesLost, long KernelDrops);

/// <summary>Dollars, but for what says otherwise.</summary>
internal sealed record MoneyFigures(
    decimal Equity, decimal DayProfit, double DayLossPercent, decimal CashFree, decimal CashReserved, decimal Stock, decimal Used, double UsedPercent,
    decimal JournalCash, double RequiredBuyEdgePercent, double MarkoutTenSecondsPercent);

internal sealed record PriceFigures(
    long Tickers, long Priced, long Held, long Stale, long SellOnly, long Denied, double OldestSeconds, double MedianSeconds, double P99Seconds,
    double RequestsPerSecond, long Timeouts, bool VerdictsTrusted, bool VerdictsEnabled);

internal sealed record LagFigures(
    long JournalEvents, long Booked, double BookedPerSecond, long Unshipped, double UnshippedSeconds, string Shipper, long IdsLeft, long JournalBytes, long DiskFreeBytes, long Quarantined);

/// <summary>One stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Core">Core of its thread; -1: not pinned.</param>
/// <param name="WorkPerSecond">Events.</param>
/// <param name="BusyPercent">Duty cycles that had something to do.</param>
/// <param name="CpuPercent">Time of its thread on a core; -1: unknown.</param>
/// <param name="WaitPercent">Time its thread was ready and had to wait for a core; -1: unknown.</param>
/// <param name="Stalls">How often what comes behind it had no room.</param>
internal sealed record StageFigures(string Name, int Core, double WorkPerSecond, double BusyPercent, double CpuPercent, double WaitPercent, long Stalls);

internal sealed record RingFigures(string Name, long Slots, long Backlog, long RecentHighWater, long HighWater)
{
    public double RecentPercent => 100.0 * RecentHighWater / Math.Max(1, Slots);

    public double HighWaterPercent => 100.0 * HighWater / Math.Max(1, Slots);

    public double BacklogPercent => 100.0 * Backlog / Math.Max(1, Slots);
}

/// <summary>One path, microseconds.</summary>
internal sealed record HopFigures(string Id, string Name, long Count, double P50Us, double P99Us, double P999Us, double MaxUs);

internal sealed record RefusalFigures(string Stage, string Reason, long Count, double PerSecond);

/// <summary>How often our orders win.</summary>
/// <param name="Side">buy or sell.</param>
/// <param name="Bucket">0: the least edge; the last has no end.</param>
/// <param name="Tries">Orders won or lost.</param>
/// <param name="Won">Of them.</param>
/// <param name="ProbabilityPercent">The moving share that the decision goes by.</param>
internal sealed record WinFigures(string Side, int Bucket, long Tries, long Won, double ProbabilityPercent)
{
    /// <summary>Width of a bucket in ppm of the fair price: Decision's own, which no setting changes.</summary>
    public const int BucketPpm = 4_000;

    private const int LastBucket = 7;
    private const double PpmPerPercent = 1e4;

    /// <summary>The edge, in words.</summary>
    public string Edge => Bucket == LastBucket
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $">= {Bucket * BucketPpm / PpmPerPercent:0.0} %")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Bucket * BucketPpm / PpmPerPercent:0.0}-{(Bucket + 1) * BucketPpm / PpmPerPercent:0.0} %");
}

/// <summary>One ticker; money in dollars.</summary>
internal sealed record TickerFigures(string Ticker, long Shares, decimal Used, decimal Price, double PriceAgeSeconds, string State, int InFlight);
