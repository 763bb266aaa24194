using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>Time that stands until a test moves it. The wall clock begins at the price service's own example.</summary>
public sealed class ManualTime
{
    public const long NsPerMs = 1_000_000;
    public const long NsPerSecond = 1_000_000_000;
    public const long WallSecondsAtStart = 1_646_358_424;

    public long Ns { get; set; } = 1_000 * NsPerSecond;

    public long WallNs { get; set; } = WallSecondsAtStart * NsPerSecond;

    public long WallSeconds => WallNs / NsPerSecond;

    public void Advance(long ns)
    {
        Ns += ns;
        WallNs += ns;
    }
}

public readonly struct ManualClock(ManualTime time) : IClock
{
    public long MonotonicNs => time.Ns;

    public long WallClockNs => time.WallNs;
}
