using MarketMaker.Platform.Clock;

namespace MarketMaker.Venue;

/// <summary>Time as the market thread sees it: read once a turn, so that all messages of a turn bear the same time.</summary>
public sealed class VenueClock
{
    private const long NsPerDay = 86_400_000_000_000;
    private readonly SystemClock _clock = default;
    private readonly long _utcOffsetNs;

    /// <summary>Starts from the host's clocks; times of day are US Eastern.</summary>
    public VenueClock()
    {
        _utcOffsetNs = EasternOffset().Ticks * TimeSpan.NanosecondsPerTick;
        Refresh();
    }

    /// <summary>Monotonic ns at the last <see cref="Refresh"/>.</summary>
    public long NowNs { get; set; }

    /// <summary>Time of day in ns since midnight US Eastern, as ITCH and OUCH carry it. A replay sets it to the recorded time.</summary>
    public long TimeOfDayNs { get; set; }

    /// <summary>Whether the time of day is a recorded one, so that <see cref="Refresh"/> leaves it alone.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Reads the clocks.</summary>
    public void Refresh()
    {
        NowNs = _clock.MonotonicNs;
        if (!IsRecorded) TimeOfDayNs = (_clock.WallClockNs + _utcOffsetNs) % NsPerDay;
    }

    /// <summary>Hosts without time zone data get the winter offset: the simulated day does not depend on the hour.</summary>
    private static TimeSpan EasternOffset() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out TimeZoneInfo? eastern)
            ? eastern.GetUtcOffset(DateTime.UtcNow)
            : TimeSpan.FromHours(-5);
}
