namespace MarketMaker.Charts;

/// <summary>One moment of a run. Amounts in dollars: these are for drawing, all accounts are kept elsewhere and in integers.</summary>
/// <param name="Seconds">Since the market opened.</param>
/// <param name="Profit">Profit so far.</param>
/// <param name="CapitalUsed">Stock and cash reserved.</param>
/// <param name="Stock">Value of the stock.</param>
/// <param name="BuyThresholdBp">The edge that a purchase had to have, in basis points; null when not known.</param>
public sealed record ReportPoint(double Seconds, double Profit, double CapitalUsed, double Stock, double? BuyThresholdBp = null);

/// <summary>Orders of one range of edges.</summary>
/// <param name="EdgeBp">Middle of the range, basis points.</param>
/// <param name="Sent">Orders sent.</param>
/// <param name="Won">Of these, executed at least in part.</param>
public sealed record EdgeBucket(double EdgeBp, long Sent, long Won);

/// <summary>Profit with one latency of ours.</summary>
/// <param name="LatencyUs">From an offer's publication to our order's arrival, microseconds.</param>
/// <param name="Profit">Mean, dollars.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
public sealed record LatencyPoint(double LatencyUs, double Profit, double Low, double High);

/// <summary>How often something kept an offer from earning.</summary>
/// <param name="Reason">In a few words.</param>
/// <param name="Count">Offers.</param>
public sealed record LossReason(string Reason, long Count);

/// <summary>One policy over one day.</summary>
/// <param name="Name">As the legend says it.</param>
/// <param name="Points">In order of time.</param>
public sealed record ReportRun(string Name, IReadOnlyList<ReportPoint> Points);

/// <summary>All that the report shows. What is empty is left out.</summary>
public sealed record StrategyReport
{
    /// <summary>Heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Settings and what else there is to say, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Figures of the page's table: a name and a value each.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Figures { get; init; } = [];

    /// <summary>Capital of every run, dollars.</summary>
    public double Capital { get; init; }

    /// <summary>The strategy first, then what it is compared with, such as the fixed rule.</summary>
    public IReadOnlyList<ReportRun> Runs { get; init; } = [];

    /// <summary>The clairvoyant's plan.</summary>
    public ReportRun? Clairvoyant { get; init; }

    /// <summary>Orders of the strategy by edge.</summary>
    public IReadOnlyList<EdgeBucket> WinsByEdge { get; init; } = [];

    /// <summary>Profit of the strategy by latency.</summary>
    public IReadOnlyList<LatencyPoint> ProfitByLatency { get; init; } = [];

    /// <summary>What the strategy did not earn on, by reason.</summary>
    public IReadOnlyList<LossReason> Losses { get; init; } = [];
}
