namespace MarketMaker.Ledger.Accounting;

/// <summary>The date in New York, by which a trade belongs to a tax year. By rule, because a host may lack the table of time zones.</summary>
internal static class EasternDate
{
    private const long NsPerTick = 100;

    /// <summary>The date of a wall clock time in ns since 1970.</summary>
    /// <remarks>
    /// Daylight saving time as in force since 2007 (Energy Policy Act of 2005, section 110): from the second Sunday of March to the first
    /// Sunday of November, both at 2 a.m. local time.
    /// </remarks>
    public static DateOnly Of(long wallClockNs)
    {
        DateTime utc = DateTime.UnixEpoch.AddTicks(wallClockNs / NsPerTick);
        DateTime summerBegins = Sunday(utc.Year, month: 3, which: 2).AddHours(7);
        DateTime summerEnds = Sunday(utc.Year, month: 11, which: 1).AddHours(6);
        bool isSummer = utc >= summerBegins && utc < summerEnds;
        return DateOnly.FromDateTime(utc.AddHours(isSummer ? -4 : -5));
    }

    /// <summary>4 p.m. of a trading date, ns since 1970, UTC; the present when the date is unknown.</summary>
    /// <param name="tradingDate">Year * 10,000 + month * 100 + day; 0: unknown.</param>
    public static long Close(int tradingDate)
    {
        if (tradingDate == 0) return (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NsPerTick;
        DateTime close = new(tradingDate / 10_000, tradingDate / 100 % 100, tradingDate % 100, 20, 0, 0, DateTimeKind.Utc);
        bool isSummer = close >= Sunday(close.Year, month: 3, which: 2) && close < Sunday(close.Year, month: 11, which: 1);
        return (close.AddHours(isSummer ? 0 : 1) - DateTime.UnixEpoch).Ticks * NsPerTick;
    }

    private static DateTime Sunday(int year, int month, int which)
    {
        DateTime first = new(year, month, 1, 0, 0, 0, DateTimeKind.Utc);
        return first.AddDays((7 - (int)first.DayOfWeek) % 7 + 7 * (which - 1));
    }
}
