namespace MarketMaker.Platform.Clock;

/// <summary>Which day it is at the venue, and when its midnight was: the venue's times count from there.</summary>
/// <remarks>Dates are written as year * 10,000 + month * 100 + day.</remarks>
public sealed class VenueCalendar
{
    private const long NsPerTick = 100;
    private const long NsPerMinute = 60_000_000_000;
    private const long ClockSkewMaxNs = 3_600_000_000_000;

    private readonly int _fixedDate;
    private readonly TimeSpan _utcOffset;
    private readonly TimeZoneInfo? _zone;

    /// <summary>Keeps the settings.</summary>
    /// <param name="fixedDate">The day of every session, for recorded or simulated markets; null: the day on which a session begins.</param>
    /// <param name="utcOffset">The venue's clock less UTC, where no zone is given.</param>
    /// <param name="zone">The venue's time zone, which knows summer from winter; null: <paramref name="utcOffset"/> holds on every day.</param>
    public VenueCalendar(DateOnly? fixedDate, TimeSpan utcOffset, TimeZoneInfo? zone = null)
    {
        (_fixedDate, _utcOffset, _zone) = (fixedDate is { } date ? Written(date) : 0, utcOffset, zone);
        // What the zone allocates when it is asked for the first time is allocated now.
        DateAt(0);
        MidnightNs(1970_01_01);
    }

    /// <summary>The day that the settings name for every session; 0 when it is the day on which a session begins.</summary>
    public int FixedDate => _fixedDate;

    /// <summary>The date of a session that begins now.</summary>
    /// <param name="wallClockNs">Ns since 1970, UTC.</param>
    public int DateOfSessionBegun(long wallClockNs) => _fixedDate != 0 ? _fixedDate : DateAt(wallClockNs);

    /// <summary>
    /// The date of a trade: the last day on which the venue's time is not in the future. Right for what is told up to 23 hours late, and for a
    /// session that begins in the evening before.
    /// </summary>
    /// <param name="venueTimeNs">The venue's time of the trade, ns since its midnight.</param>
    /// <param name="wallClockNs">Now, ns since 1970, UTC.</param>
    public int DateOfTrade(long venueTimeNs, long wallClockNs)
    {
        if (_fixedDate != 0) return _fixedDate;
        // Clocks differ, and by more than an hour only when one of them is wrong.
        long latestNs = wallClockNs + ClockSkewMaxNs;
        int date = DateAt(latestNs);
        return MidnightNs(date) + venueTimeNs <= latestNs ? date : DateAt(MidnightNs(date) - ClockSkewMaxNs);
    }

    /// <summary>The venue's date at a time. At 20:00 in New York it is tomorrow in UTC.</summary>
    /// <param name="wallClockNs">Ns since 1970, UTC.</param>
    public int DateAt(long wallClockNs)
    {
        DateTime utc = DateTime.UnixEpoch.AddTicks(wallClockNs / NsPerTick);
        return Written(DateOnly.FromDateTime(utc + (_zone?.GetUtcOffset(utc) ?? _utcOffset)));
    }

    /// <summary>Midnight of a date at the venue, as ns since 1970, UTC.</summary>
    public long MidnightNs(int date) => MidnightNs(date, UtcOffsetMinutes(date));

    /// <summary>Midnight of a date on a clock so far from UTC, as ns since 1970, UTC.</summary>
    public static long MidnightNs(int date, int utcOffsetMinutes) =>
        (Midnight(date) - DateTime.UnixEpoch).Ticks * NsPerTick - utcOffsetMinutes * NsPerMinute;

    /// <summary>The venue's clock less UTC in the trading hours of a date, minutes.</summary>
    public short UtcOffsetMinutes(int date)
    {
        // Clocks change in the night to a Sunday, when nobody trades; the noon's offset is that of the trading hours on every day.
        TimeSpan offset = _zone?.GetUtcOffset(Midnight(date).AddHours(12)) ?? _utcOffset;
        return (short)offset.TotalMinutes;
    }

    private static DateTime Midnight(int date) => new(date / 1_00_00, date / 1_00 % 1_00, date % 1_00, 0, 0, 0, DateTimeKind.Unspecified);

    private static int Written(DateOnly date) => (date.Year * 1_00 + date.Month) * 1_00 + date.Day;
}
