using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Simulation;

/// <summary>Two trading days in one journal, under faults.</summary>
public sealed class SessionRollSpecs
{
    private const int SeedCount = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void should_book_both_days_once_and_each_under_its_own_date(bool stopsOverNight)
    {
        for (int seed = 1; seed <= SeedCount; seed++)
        {
            using World world = new(seed);
            world.Trade(600, cutsPerSecond: 4, killsPerSecond: 2);
            world.PassNight("SIMDAY2", stopsOverNight);
            int firstDay = world.Venue.Fills.Count;
            world.WaitUntil(() => world.Life.IsTrading, "the second day's session");
            world.Trade(600, cutsPerSecond: 4, killsPerSecond: 2);
            world.StopInOrder();
            CheckDates(world, firstDay);
            WorldChecks.AtTheEnd(world);
        }
    }

    private static void CheckDates(World world, int firstDay)
    {
        using JournalReader reader = world.Life.OpenReader();
        JournalRecord[] records = new JournalRecord[20_000];
        records = records[..reader.ReadAfter(0, records).Count];
        VenueCalendar calendar = new(null, TimeSpan.FromHours(-5));
        JournalRecord[] days = [.. records.Where(record => record.Session.ToString() == "SIMDAY1")];
        Assert.True(firstDay > 0 && records.Length > firstDay, $"seed {world.Seed}: {firstDay} executions on the first day, {records.Length} on both");
        Assert.Equal(firstDay, days.Length);
        foreach (JournalRecord record in records)
        {
            int expected = record.Session.ToString() == "SIMDAY1" ? 2025_06_15 : 2025_06_16;
            Assert.Equal(expected, calendar.DateAt(record.ExecutedAtNs - record.VenueTimeNs));
        }
    }
}
