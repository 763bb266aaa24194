using MarketMaker.Decision;
using MarketMaker.Execution;
using MarketMaker.Feed;
using MarketMaker.Journal;
using MarketMaker.Prices;

namespace MarketMaker.Host.Configuration;

/// <summary>The checked INI file as the options of every stage.</summary>
internal sealed class EngineConfig(IniValues ini)
{
    private const int UsPerMs = 1_000;

    /// <summary>Reads and checks a file, the password file included.</summary>
    /// <returns>Null when anything is wrong: <paramref name="errors"/> says what, a line each.</returns>
    public static EngineConfig? Load(string file, List<string> errors)
    {
        IniValues values = IniValues.Load(file, IniSchema.Keys, errors);
        if (errors.Count > 0) return null;
        EngineConfig config = new(values);
        config.CheckTogether(file, errors);
        return errors.Count > 0 ? null : config;
    }

    public string Print() => ini.Print();

    public FeedOptions Feed => new()
    {
        Session = ini.Text("feed", "session"),
        GapRefuseAfterMs = ini.Int("feed", "gap-refuse-after-ms"),
        GapRequestDelayUs = ini.Int("feed", "gap-request-delay-us"),
        GapRetryMs = ini.Int("feed", "gap-retry-ms"),
        GapRetryMaxMs = ini.Int("feed", "gap-retry-max-ms"),
        GapAttemptsMax = ini.Int("feed", "gap-attempts-max"),
        GapRequestMessages = ini.Int("feed", "gap-request-messages"),
        GapRequestsInFlight = ini.Int("feed", "gap-requests-in-flight"),
        GapsMax = ini.Int("feed", "gaps-max"),
        GapGiveUpAfterMs = ini.Int("feed", "gap-give-up-after-ms"),
        FarFutureMessages = ini.Int("feed", "far-future-messages"),
        FollowFarFuture = ini.Bool("feed", "follow-far-future"),
        SideTableBits = ini.Int("feed", "side-table-bits"),
    };

    public NetworkConfig Network => new(ini);

    public PricesOptions Prices => new()
    {
        StalePriceAgeMs = ini.Int("decision", "price-age-max-ms"),
        RefreshRetryMs = ini.Int("prices", "refresh-retry-ms"),
        TickPeriodMs = ini.Int("prices", "tick-period-ms"),
    };

    public PriceClientOptions PriceClient => new()
    {
        Address = ini.Text("prices", "address"),
        RequestsPerSecond = ini.Int("prices", "requests-per-second"),
        Connections = ini.Int("prices", "connections"),
        PipelineDepth = ini.Int("prices", "pipeline-depth"),
        RequestTimeoutMs = ini.Int("prices", "request-timeout-ms"),
        BackoffMinMs = ini.Int("prices", "backoff-min-ms"),
        BackoffMaxMs = ini.Int("prices", "backoff-max-ms"),
        StartTimeoutMs = ini.Int("prices", "start-timeout-ms"),
    };

    public DecisionOptions Decision => new()
    {
        BuyEdgePpm = ini.Int("decision", "buy-edge-ppm"),
        SellEdgePpm = ini.Int("decision", "sell-edge-ppm"),
        PriceAgeMaxUs = (uint)(ini.Int("decision", "price-age-max-ms") * UsPerMs),
        OrderNotionalMax = ini.Long("decision", "order-notional-max"),
        TickerNotionalMax = ini.Long("decision", "ticker-notional-max"),
        OrdersInFlightMax = ini.Int("decision", "orders-in-flight-max"),
        ShortSelling = ini.Bool("decision", "short-selling"),
    };

    public JournalOptions Journal => new()
    {
        Path = ini.Text("journal", "path"),
        Node = ini.Text("node", "name"),
        OpeningCash = ini.Long("capital", "cash"),
        MapBytes = ini.Long("journal", "map-mib") * JournalOptions.MebiByte,
        ProgressCommitMs = ini.Int("journal", "progress-commit-ms"),
        BatchEventsMax = ini.Int("journal", "batch-events-max"),
        IdsLowThreshold = ini.Long("journal", "ids-low"),
        TradingDate = ini.Date("session", "trading-date"),
        UtcOffset = TimeSpan.FromMinutes(ini.Int("session", "utc-offset-minutes")),
    };

    public ThreadsConfig Threads => new(ini);

    public int RingSlots(string name) => ini.Int("rings", name);

    public string CountersPath => ini.Text("counters", "path");

    public string LogLevel => ini.Text("log", "level");

    public TimeSpan DrainTimeout => TimeSpan.FromMilliseconds(ini.Int("execution", "drain-timeout-ms"));

    public int SnapshotTimeoutMs => ini.Int("feed", "snapshot-timeout-ms");

    // What no single key can say.
    private void CheckTogether(string file, List<string> errors)
    {
        foreach (string ring in (ReadOnlySpan<string>)["offers", "prices", "executes", "responses"])
        {
            if (!System.Numerics.BitOperations.IsPow2(RingSlots(ring))) errors.Add($"{file}: [rings] {ring} = {RingSlots(ring)}: write a power of two");
        }

        if (ini.Bool("verdicts", "enabled")) errors.Add($"{file}: [verdicts] enabled = true: there is no volatility service yet; write false");
        if (Journal.Validate() is { } journal) errors.Add($"{file}: {journal}");
        foreach (string problem in Feed.Problems()) errors.Add($"{file}: [feed] {problem}");
        Network.Check(file, errors);
        Threads.Check(file, errors);
    }
}
