namespace MarketMaker.Platform.Threads;

/// <summary>Where a thread runs and how it waits.</summary>
public sealed record AgentThreadOptions
{
    /// <summary>The core it is pinned to. Range 0 to 1023, or -1: unpinned. Default -1.</summary>
    public int Core { get; init; } = CpuTopology.Unpinned;

    /// <summary>What it does when there is no work.</summary>
    public WaitStrategyOptions Wait { get; init; } = new();
}
