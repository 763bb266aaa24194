namespace MarketMaker.Platform.Threads;

/// <summary>What a thread does when none of its agents had work, in the Disruptor's words.</summary>
public enum WaitStrategyKind
{
    /// <summary>Spins for ever: lowest latency, a whole core.</summary>
    BusySpin,

    /// <summary>Spins for a while, then gives the core to whoever else wants it, and looks again.</summary>
    Yielding,

    /// <summary>Spins, then yields, then sleeps: for cold threads and for shared machines.</summary>
    Sleeping,
}

/// <summary>How a thread waits, and for how long it stays in each step.</summary>
public sealed record WaitStrategyOptions
{
    /// <summary>For what a program waits for before it begins: looks at once for some milliseconds, within which a service nearby has answered, then each millisecond.</summary>
    public static WaitStrategyOptions AtStart { get; } = new() { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 20_000, SleepNs = 1_000_000 };

    /// <summary>The strategy. Default Yielding: it stays usable where threads outnumber cores.</summary>
    public WaitStrategyKind Kind { get; init; } = WaitStrategyKind.Yielding;

    /// <summary>Idle turns that only pause the core before the first yield. Range 0 to 1,000,000; default 100, about 5 us.</summary>
    public int Spins { get; init; } = 100;

    /// <summary>Idle turns that yield before the first sleep (Sleeping only). Range 0 to 1,000,000; default 100.</summary>
    public int Yields { get; init; } = 100;

    /// <summary>Nanoseconds of each sleep (Sleeping only). Range 1,000 to 1,000,000,000; default 100,000.</summary>
    public int SleepNs { get; init; } = 100_000;

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { Kind: < WaitStrategyKind.BusySpin or > WaitStrategyKind.Sleeping } => $"wait strategy {Kind} is unknown",
        { Spins: < 0 or > 1_000_000 } => $"spins is {Spins}; it must be 0 to 1,000,000",
        { Yields: < 0 or > 1_000_000 } => $"yields is {Yields}; it must be 0 to 1,000,000",
        { SleepNs: < 1_000 or > 1_000_000_000 } => $"sleep is {SleepNs} ns; it must be 1,000 to 1,000,000,000",
        _ => null,
    };
}
