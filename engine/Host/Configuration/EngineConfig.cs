using System.IO.Hashing;
using System.Numerics;
using System.Text;
using MarketMaker.Decision;
using MarketMaker.Decision.Capture;
using MarketMaker.Execution;
using MarketMaker.Feed;
using MarketMaker.Host.Doctor;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Prices;
using MarketMaker.Prices.Verdicts;

namespace MarketMaker.Host.Configuration;

/// <summary>The checked INI file as the options of every stage.</summary>
internal sealed class EngineConfig(IniValues ini)
{
    private const int UsPerMs = 1_000;
    private const int StrictEdgePpm = 10_000;

    private string _password = "";

    /// <summary>Reads and checks a file, the password file included.</summary>
    /// <param name="file">The INI file.</param>
    /// <param name="errors">Receives a line for everything that is wrong.</param>
    /// <param name="isFileOnly">Whether the file is another host's: password file, cores, interfaces and time zones of this one are not looked at.</param>
    /// <returns>Null when anything is wrong: <paramref name="errors"/> says what, a line each.</returns>
    public static EngineConfig? Load(string file, List<string> errors, bool isFileOnly = false)
    {
        IniValues values = IniValues.Load(file, IniSchema.Keys, errors);
        if (errors.Count > 0) return null;
        EngineConfig config = new(values);
        config.CheckTogether(file, errors, isFileOnly);
        return errors.Count > 0 ? null : config;
    }

    public string Print() => ini.Print();

    /// <summary>Tells two configurations apart, defaults included.</summary>
    public ulong Hash => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Print()));

    /// <summary>What this node trades.</summary>
    public UniverseSlice Slice => UniverseSlice.Parse(ini.Text("universe", "tickers"), out _)!;

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
        JoinAtFirstPacket = ini.Bool("feed", "join-at-first-packet"),
        LeapMessages = ini.Int("feed", "leap-messages"),
        FollowFarFuture = ini.Bool("feed", "follow-far-future"),
        SideTableBits = ini.Int("feed", "side-table-bits"),
        AnswerLookEvery = Threads.AnswerLookEvery,
    };

    public NetworkConfig Network => new(ini);

    public PricesOptions Prices => new()
    {
        StalePriceAgeMs = ini.Int("decision", "price-age-max-ms"),
        StaleVolatilePriceAgeMs = Math.Min(ini.Int("decision", "volatile-price-age-max-ms"), ini.Int("decision", "price-age-max-ms")),
        ThresholdEdgePpm = Math.Min(BuyEdgePpm, SellEdgePpm),
        RefreshRetryMs = ini.Int("prices", "refresh-retry-ms"),
        TickPeriodMs = ini.Int("prices", "tick-period-ms"),
    };

    public PriceClientOptions PriceClient => new()
    {
        Address = ini.Text("prices", "address"),
        RequestsPerSecond = ini.Int("prices", "requests-per-second"),
        PriceAgeCapSeconds = ini.Int("prices", "price-age-cap-s"),
        Connections = ini.Int("prices", "connections"),
        PipelineDepth = ini.Int("prices", "pipeline-depth"),
        RequestTimeoutMs = ini.Int("prices", "request-timeout-ms"),
        BackoffMinMs = ini.Int("prices", "backoff-min-ms"),
        BackoffMaxMs = ini.Int("prices", "backoff-max-ms"),
        StartTimeoutMs = ini.Int("prices", "start-timeout-ms"),
    };

    /// <summary>Null: the volatility service is not heard.</summary>
    public VerdictOptions? Verdicts => !ini.Bool("verdicts", "enabled") ? null : new()
    {
        SilenceMs = ini.Int("verdicts", "silence-ms"),
        GapHealMs = ini.Int("verdicts", "gap-heal-ms"),
        ValidityMaxMs = ini.Int("verdicts", "validity-max-ms"),
    };

    /// <summary>Empty: nothing is denied by hand.</summary>
    public string DenylistFile => ini.Text("decision", "denylist-file");

    public DecisionOptions Decision => SignalsConfig.AddTo(new()
    {
        BuyEdgePpm = BuyEdgePpm,
        SellEdgePpm = SellEdgePpm,
        RentAPpm = ini.Int("decision", "rent-a-ppm"),
        RentBPercent = ini.Int("decision", "rent-b-percent"),
        RentZ0Percent = ini.Int("decision", "rent-z0-percent"),
        RentReliefPercent = ini.Int("decision", "rent-relief-percent"),
        SellReliefMaxPpm = IsAdaptive ? Math.Min(ini.Int("decision", "sell-relief-max-ppm"), SellEdgePpm) : 0,
        CoverCapSeconds = ini.Int("decision", "cover-cap-s"),
        SellRateTauSeconds = ini.Int("decision", "sell-rate-tau-s"),
        SellRatePrior = ini.Long("decision", "sell-rate-prior-dollars-per-second"),
        PriceAgeMaxUs = (uint)(ini.Int("decision", "price-age-max-ms") * UsPerMs),
        VolatilePriceAgeMaxUs = (uint)(ini.Int("decision", "volatile-price-age-max-ms") * UsPerMs),
        OrderNotionalMax = ini.Long("decision", "order-notional-max"),
        CapitalUsedMaxPpm = ini.Int("decision", "capital-used-max-ppm"),
        TickerUsedMaxPpm = ini.Int("decision", "ticker-used-max-ppm"),
        OrdersInFlightMax = ini.Int("decision", "orders-in-flight-max"),
        SendsPerSecondMax = ini.Int("execution", "sends-per-second-max"),
        TickerSendsPerSecondMax = ini.Int("decision", "ticker-sends-per-second-max"),
        TickerWinsPerMinuteMax = ini.Int("decision", "ticker-wins-per-minute-max"),
        DayLossStopBuyingPpm = ini.Int("decision", "day-loss-stop-buying-ppm"),
        DayLossHaltPpm = ini.Int("decision", "day-loss-halt-ppm"),
        RefreshRetryMs = ini.Int("prices", "refresh-retry-ms"),
        ShortSelling = ini.Bool("decision", "short-selling"),
    }, ini);

    public CaptureOptions Capture => new()
    {
        Path = ini.Text("capture", "path"),
        LimitMiB = ini.Long("capture", "limit-mib"),
        RingSlots = RingSlots("captures"),
    };

    public ExecutionOptions Execution => new()
    {
        Host = Network.Orders.Host,
        Port = Network.Orders.Port,
        Username = Encoding.ASCII.GetBytes(ini.Text("execution", "username")),
        Password = Encoding.ASCII.GetBytes(_password),
        NodeTag = ini.Text("node", "name"),
        SendsPerSecondMax = ini.Int("execution", "sends-per-second-max"),
        SendBurst = ini.Int("execution", "send-burst"),
        // Orders of an earlier run may be open beside those that Decision's limit allows.
        OpenOrdersMax = (int)BitOperations.RoundUpToPowerOf2((uint)Decision.OrdersInFlightMax * 2),
        ExecutionsPerDayMax = ini.Int("execution", "executions-per-day-max"),
        ReconnectMinMs = ini.Int("execution", "backoff-min-ms"),
        ReconnectMaxMs = ini.Int("execution", "backoff-max-ms"),
        VenueSilenceMs = ini.Int("execution", "venue-silence-ms"),
        DurableIntent = ini.Bool("execution", "durable-intent"),
        AnswerLookEvery = Threads.AnswerLookEvery,
        Calendar = Calendar,
    };

    public SnapshotOptions Snapshot => new()
    {
        Username = ini.Text("execution", "username"),
        Password = _password,
        TimeoutMs = ini.Int("feed", "snapshot-timeout-ms"),
    };

    public JournalOptions Journal => new()
    {
        Path = ini.Text("journal", "path"),
        Node = ini.Text("node", "name"),
        OpeningCash = ini.Long("capital", "cash"),
        MapBytes = ini.Long("journal", "map-mib") * JournalOptions.MebiByte,
        ProgressCommitMs = ini.Int("journal", "progress-commit-ms"),
        BatchEventsMax = ini.Int("journal", "batch-events-max"),
        CheckpointRecords = ini.Int("journal", "checkpoint-records"),
        RetentionDays = ini.Int("journal", "retention-days"),
        ExecutionsMax = ini.Int("execution", "executions-per-day-max"),
        ReserveBytes = ini.Long("journal", "reserve-mib") * JournalOptions.MebiByte,
        AlarmPercent = ini.Int("journal", "alarm-percent"),
        StopBuyingPercent = ini.Int("journal", "stop-buying-percent"),
        ReaderPinAlarmMs = ini.Int("journal", "reader-pin-alarm-ms"),
        IdsLowThreshold = ini.Long("journal", "ids-low"),
        IdsStopBuying = ini.Long("journal", "ids-stop-buying"),
        // Everything the ring can hold has to find an id.
        IdsReserve = Math.Max(RingSlots("responses"), 65_536),
        IntentsMax = Math.Min(Execution.OpenOrdersMax + RingSlots("executes"), 1_048_576),
        Calendar = Calendar,
    };

    private VenueCalendar Calendar => new(
        ini.Date("session", "trading-date") is var date && date == IniParse.Today ? null : date,
        TimeSpan.FromMinutes(ini.Int("session", "utc-offset-minutes")),
        TimeZoneInfo.TryFindSystemTimeZoneById(ini.Text("session", "time-zone"), out TimeZoneInfo? zone) ? zone : null);

    public ThreadsConfig Threads => new(ini);

    public int RingSlots(string name) => ini.Int("rings", name);

    public string StrategyStatePath => ini.Text("decision", "state-file");

    /// <summary>How long a thread or consumer may stand still, ms; 0: it is not watched.</summary>
    public int StuckMs(bool isHot) => ini.Int("watchdog", isHot ? "stuck-ms" : "cold-stuck-ms");

    public string ControlPath => ini.Text("control", "file");

    public string CountersPath => ini.Text("counters", "path");

    /// <summary>Zero: never while trading.</summary>
    public TimeSpan AllocationCheckPeriod => TimeSpan.FromMilliseconds(ini.Int("threads", "allocation-check-ms"));

    /// <summary>What the doctor compares the host with.</summary>
    public HostNeeds Host => new()
    {
        HotCores = Threads.HotCores,
        Spins = ini.Text("threads", "wait") == "spin",
        Interface = ini.Text("feed", "interface"),
        FeedAddress = ini.Text("feed", "address-a").Split(':')[0],
        ReceiveBufferBytes = ini.Int("feed", "receive-buffer-bytes"),
        BusyPollUs = ini.Int("feed", "busy-poll-us"),
        PrefersBusyPoll = ini.Int("feed", "busy-poll-us") > 0 && ini.Bool("feed", "busy-poll-prefer"),
        XdpQueues = Network.Xdp?.Queues,
        JournalPath = ini.Text("journal", "path"),
    };

    /// <summary>How strict the start is with the host.</summary>
    public string DoctorMode => ini.Text("host", "doctor");

    public string LogLevel => ini.Text("log", "level");

    public bool IsLogJson => ini.Text("log", "format") == "json";

    /// <summary>Empty: standard output.</summary>
    public string LogPath => ini.Text("log", "path");

    public long LogBytesMax => ini.Long("log", "size-mib") * JournalOptions.MebiByte;

    public int LogFiles => ini.Int("log", "files");

    public int LogLinesPerCause => ini.Int("log", "lines-per-cause");

    public TimeSpan DrainTimeout => TimeSpan.FromMilliseconds(ini.Int("execution", "drain-timeout-ms"));

    private bool IsAdaptive => ini.Text("decision", "mode") == "adaptive";

    private int BuyEdgePpm => IsAdaptive ? ini.Int("decision", "buy-edge-ppm") : StrictEdgePpm;

    private int SellEdgePpm => IsAdaptive ? ini.Int("decision", "sell-edge-ppm") : StrictEdgePpm;

    private void CheckTogether(string file, List<string> errors, bool isFileOnly)
    {
        ConfigChecks checks = new(ini, errors);
        checks.Run();
        if (!isFileOnly) checks.RunOnHost();
        _password = checks.Password;
        if (errors.Count == 0 && !isFileOnly && Execution.FindError() is { } execution) errors.Add($"{file}: [execution] {execution}");
        if (RingSlots("responses") <= Execution.ResponsesReserveSlots + Execution.OpenOrdersMax)
            errors.Add($"{ini.At("rings", "responses")}: it needs more than {Execution.ResponsesReserveSlots + Execution.OpenOrdersMax} slots for [decision] orders-in-flight-max = {Decision.OrdersInFlightMax}; write more, or allow fewer orders in flight");
        long reserveMiB = AnswerReserve.BytesFor(RingSlots("responses"), Decision.OrdersInFlightMax) / JournalOptions.MebiByte + 1;
        if (ini.Long("journal", "reserve-mib") < Math.Min(reserveMiB, ini.Long("journal", "map-mib") / 8))
            errors.Add($"{ini.At("journal", "reserve-mib")}: write at least {reserveMiB}: so much may answers in flight need for this ring responses and [decision] orders-in-flight-max");
        if (errors.Count == 0 && Journal.Validate() is { } journal) errors.Add($"{file}: [journal] {journal}");
        if (errors.Count == 0) errors.AddRange(Feed.Problems().Select(problem => $"{file}: [feed] {problem}"));
        Network.Check(errors, isFileOnly);
        Threads.Check(errors, isFileOnly);
    }
}
