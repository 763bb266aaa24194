using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>A clock that a test moves by hand.</summary>
internal sealed class TestTime
{
    public long MonotonicNs { get; set; } = 1_000_000_000;

    public long WallClockNs { get; set; } = 1_750_000_000_000_000_000;
}

internal readonly struct TestClock(TestTime time) : IClock
{
    public long MonotonicNs => time.MonotonicNs;

    public long WallClockNs => time.WallClockNs;
}
