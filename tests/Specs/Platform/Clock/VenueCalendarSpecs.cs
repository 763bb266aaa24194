using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Specs.Platform.Clock;

public sealed class VenueCalendarSpecs
{
    private static readonly TimeSpan Winter = TimeSpan.FromHours(-5);

    [Theory]
    [InlineData("2026-01-15T14:30:00Z", 2026_01_15)]
    [InlineData("2026-01-16T04:59:59Z", 2026_01_15)]
    [InlineData("2026-01-16T05:00:00Z", 2026_01_16)]
    public void should_be_the_day_at_the_venue_and_not_in_utc(string utc, int date)
    {
        Assert.Equal(date, new VenueCalendar(null, Winter).DateAt(Ns(utc)));
    }

    [SkippableTheory]
    [InlineData(2026_01_15, "2026-01-15T05:00:00Z")]
    [InlineData(2026_07_15, "2026-07-15T04:00:00Z")]
    public void should_know_summer_from_winter_by_the_time_zone(int date, string midnight)
    {
        VenueCalendar calendar = new(null, Winter, NewYork());
        Assert.Equal(Ns(midnight), calendar.MidnightNs(date));
        Assert.Equal(date, calendar.DateAt(Ns(midnight)));
        Assert.NotEqual(date, calendar.DateAt(Ns(midnight) - 1_000));
    }

    [SkippableFact]
    public void should_count_the_trading_hours_of_the_day_the_clocks_change_right()
    {
        // 8 March 2026: 09:30 in New York is 13:30 UTC, though the day began at UTC - 5.
        VenueCalendar calendar = new(null, Winter, NewYork());
        Assert.Equal(Ns("2026-03-08T13:30:00Z"), calendar.MidnightNs(2026_03_08) + (9 * 60 + 30) * 60_000_000_000L);
    }

    [Theory]
    [InlineData(10, "2026-01-15T15:00:00Z", 2026_01_15)]
    [InlineData(10, "2026-01-15T14:30:00Z", 2026_01_15)] // our clock is behind
    [InlineData(10, "2026-01-15T23:59:00Z", 2026_01_15)]
    [InlineData(10, "2026-01-16T13:00:00Z", 2026_01_15)] // told on the next morning
    [InlineData(10, "2026-01-16T15:00:00Z", 2026_01_16)]
    [InlineData(0, "2026-01-15T05:00:00Z", 2026_01_15)]
    [InlineData(23, "2026-01-16T05:30:00Z", 2026_01_15)]
    public void should_date_a_trade_with_the_last_day_on_which_it_can_have_been(int venueHour, string utc, int date)
    {
        Assert.Equal(date, new VenueCalendar(null, Winter).DateOfTrade(venueHour * 3_600_000_000_000, Ns(utc)));
    }

    [Fact]
    public void should_date_every_session_with_the_fixed_day()
    {
        VenueCalendar calendar = new(new DateOnly(2025, 6, 16), Winter);
        Assert.Equal((2025_06_16, 2025_06_16), (calendar.FixedDate, calendar.DateOfSessionBegun(Ns("2026-01-15T14:30:00Z"))));
        Assert.Equal(2026_01_15, calendar.DateAt(Ns("2026-01-15T14:30:00Z")));
    }

    [Fact]
    public void should_date_a_session_with_the_day_on_which_it_begins()
    {
        VenueCalendar calendar = new(null, Winter);
        Assert.Equal((0, 2026_01_15), (calendar.FixedDate, calendar.DateOfSessionBegun(Ns("2026-01-15T14:30:00Z"))));
    }

    private static TimeZoneInfo NewYork()
    {
        bool isKnown = TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out TimeZoneInfo? zone);
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip.IfNot(isKnown, "this host has no time zones: install tzdata");
        Assert.True(isKnown, "install tzdata");
        return zone!;
    }

    private static long Ns(string utc) =>
        (DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime - DateTime.UnixEpoch).Ticks * 100;
}
