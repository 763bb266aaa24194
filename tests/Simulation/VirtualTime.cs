using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Simulation;

/// <summary>The one time of a simulated world. It moves only when the world says so.</summary>
internal sealed class VirtualTime
{
    public const long NsPerMs = 1_000_000;

    public long NowNs { get; set; } = 1_000 * NsPerMs;
}

internal readonly struct VirtualClock(VirtualTime time) : IClock
{
    public long MonotonicNs => time.NowNs;

    public long WallClockNs => 1_750_000_000_000_000_000 + time.NowNs;
}
