namespace MarketMaker.Demo;

/// <summary>What the command line asks for.</summary>
internal sealed record DemoOptions
{
    public required string Dist { get; init; }

    public required string Config { get; init; }

    public required string Data { get; init; }

    public string? Json { get; init; }

    public int Seconds { get; init; }

    public int Rate { get; init; }

    public int Tickers { get; init; }

    public int Competitors { get; init; }

    public long Seed { get; init; }

    /// <summary>Seconds after the start at which the engine is killed and started again; 0: never.</summary>
    public int KillEngineAt { get; init; }

    /// <summary>Share of tickers that turn wild, in percent; 0: none.</summary>
    public int WildPercent { get; init; }

    /// <summary>How many times its usual volatility a wild ticker has.</summary>
    public int WildFactor { get; init; }

    /// <summary>Seconds of the market after which they turn wild.</summary>
    public int WildFrom { get; init; }

    /// <summary>Engines against the one venue, each with a slice of the tickers and its part of the capital.</summary>
    public int Nodes { get; init; }

    /// <summary>Passed on to the venue as they are: damage of the feed and the like.</summary>
    public IReadOnlyList<string> VenueArguments { get; init; } = [];
}
