using System.Diagnostics;

namespace MarketMaker.Platform.Clock;

/// <summary>Time as the stages see it. A struct type parameter, so that a simulation can own time and a call costs nothing.</summary>
public interface IClock
{
    /// <summary>Nanoseconds of a clock that never goes back and is the same for all processes of the host.</summary>
    long MonotonicNs { get; }

    /// <summary>Nanoseconds since 1970, UTC. For records and for the price service's time only: it may jump.</summary>
    long WallClockNs { get; }
}

/// <summary>The host's clocks: CLOCK_MONOTONIC and CLOCK_REALTIME. About 30 ns a read.</summary>
public readonly struct SystemClock : IClock
{
    private const int NsPerTick = 100;

    /// <inheritdoc/>
    public long MonotonicNs => Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public long WallClockNs => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * NsPerTick;

    static SystemClock() =>
        Invariant.Check(Stopwatch.Frequency == 1_000_000_000, "the monotonic clock counts nanoseconds on Linux");
}
