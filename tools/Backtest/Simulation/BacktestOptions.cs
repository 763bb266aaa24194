using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>The world of one run: the market, our distance from it, the price service, and what happens to leftover stock.</summary>
internal sealed record BacktestOptions
{
    /// <summary>The market; its seed is the seed of everything.</summary>
    public required MarketOptions Market { get; init; }

    /// <summary>Length of the session in seconds. Default a whole day.</summary>
    public int Seconds { get; init; } = MarketOptions.TradingDaySeconds;

    /// <summary>Cash we start with, 1/10,000 dollar.</summary>
    public required long Cash { get; init; }

    /// <summary>Our reactions, from an offer's publication to our order's arrival at matching. Default as the strategy market's competitors.</summary>
    public LatencyTable Latency { get; init; } = LatencyTable.LogNormal(300, 0.6);

    /// <summary>The part of it until we hear of the offer, us. Default 20.</summary>
    public int FeedDelayUs { get; init; } = 20;

    /// <summary>From matching to our hearing the answer, us. Default 100.</summary>
    public int ResponseDelayUs { get; init; } = 100;

    /// <summary>Time between ticks, ms. Default 100: ten times the engine's, for speed.</summary>
    public int TickMs { get; init; } = 100;

    /// <summary>What leftover stock is sold below the fair price at the end, ppm. Default 2,000 (20 bp).</summary>
    public int LiquidationPpm { get; init; } = 2_000;

    /// <summary>The price service.</summary>
    public PriceServiceOptions Prices { get; init; } = new();

    /// <summary>Requests of the volatility service in a second, each ticker in its turn; 0, the default: there is none, and no verdicts.</summary>
    public int VerdictRequestsPerSecond { get; init; }

    /// <summary>What goes wrong.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>Seconds between two points of the series; 0: no series. Default 0.</summary>
    public int SeriesSeconds { get; init; }

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Check() =>
        Market.Check() is { } problem ? problem
        : Seconds is < 1 or > 86_400 ? "the session must last 1 to 86400 seconds"
        : Cash < 1 ? "there must be some cash to begin with"
        : FeedDelayUs is < 0 or > 1_000_000 || ResponseDelayUs is < 0 or > 1_000_000 ? "a delay must be 0 to 1000000 us"
        : TickMs is < 1 or > 10_000 ? "ticks must be 1 to 10000 ms apart"
        : LiquidationPpm is < 0 or > 1_000_000 ? "the cost of liquidation must be 0 to 1000000 ppm"
        : VerdictRequestsPerSecond is < 0 or > 1_000_000 ? "requests of the volatility service must be 0 to 1000000 a second"
        : Prices.Check() ?? Faults.Check();
}

/// <summary>How the price service answers and how often it is asked.</summary>
internal sealed record PriceServiceOptions
{
    /// <summary>Requests in any second at most. Default 20 for 50 tickers: what 2,000 are for 5,000.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>Seconds until a ticker's turn comes again, each in its turn; 0, the default: by the engine's schedule.</summary>
    public double PollSeconds { get; init; }

    /// <summary>Whether a ticker can be asked for out of turn. Default true.</summary>
    public bool Priority { get; init; } = true;

    /// <summary>From request to answer. Default lognormal around 2 ms.</summary>
    public LatencyTable Latency { get; init; } = LatencyTable.LogNormal(2_000, 0.5);

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Check() =>
        RequestsPerSecond is < 1 or > 1_000_000 ? "requests per second must be 1 to 1000000"
        : PollSeconds is not (>= 0 and <= 3_600) ? "the time between polls must be 0 to 3600 seconds"
        : null;
}

/// <summary>What goes wrong in a run, by the seed: default nothing.</summary>
internal sealed record FaultOptions
{
    /// <summary>Chance that an answer of the price service is wrong (off by a little or by far, or from the past or the future).</summary>
    public double BadPriceShare { get; init; }

    /// <summary>How often the price service stalls in a day, for up to a minute.</summary>
    public int StallsPerDay { get; init; }

    /// <summary>How often a ticker's verdict changes in a day, over all tickers: volatile, sell-only, denied, or free again.</summary>
    public int VerdictsPerDay { get; init; }

    /// <summary>How often the verdicts go silent in a day, for up to a minute: every ticker is then sell-only and volatile.</summary>
    public int SilencesPerDay { get; init; }

    /// <summary>Says what is wrong with the options, or null.</summary>
    public string? Check() =>
        BadPriceShare is not (>= 0 and <= 1) ? "the share of bad prices must be 0 to 1"
        : StallsPerDay is < 0 or > 1_000 || SilencesPerDay is < 0 or > 1_000 ? "stalls and silences a day must be 0 to 1000"
        : VerdictsPerDay is < 0 or > 1_000_000 ? "verdicts a day must be 0 to 1000000"
        : null;
}
