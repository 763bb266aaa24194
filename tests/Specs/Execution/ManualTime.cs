using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>Time that moves only when a test says so.</summary>
internal sealed class ManualTime
{
    public long NowNs { get; set; } = 1_000_000_000_000;

    public void AdvanceMs(long ms) => NowNs += ms * 1_000_000;
}

internal readonly struct ManualClock(ManualTime time) : IClock
{
    public long MonotonicNs => time.NowNs;

    public long WallClockNs => time.NowNs;
}
