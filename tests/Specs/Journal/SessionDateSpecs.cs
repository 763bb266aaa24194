using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>An execution is dated with the day of its session, whenever it is booked.</summary>
public sealed class SessionDateSpecs
{
    private const long HourNs = 3_600_000_000_000;
    private const long VenueTimeNs = 10 * HourNs;

    [Fact]
    public void should_date_each_session_with_the_day_on_which_it_began()
    {
        using JournalBench bench = new(Options(null));
        bench.Time.WallClockNs = At("2026-01-15T14:30Z");
        bench.Book(At10(1, "S1"));
        bench.Time.WallClockNs = At("2026-01-16T14:30Z");
        bench.Book(At10(1, "S2"), At10(2, "S2"));
        Assert.Equal(
            [At("2026-01-15T15:00Z"), At("2026-01-16T15:00Z"), At("2026-01-16T15:00Z")], bench.Records().Select(record => record.ExecutedAtNs));
        bench.Restart();
        Assert.Equal(20260116, bench.Store.Recovered.TradingDate);
    }

    [Fact]
    public void should_keep_the_date_of_a_session_over_a_restart_on_a_later_day_and_with_other_settings()
    {
        using JournalBench bench = new(Options(null));
        bench.Time.WallClockNs = At("2026-01-15T14:30Z");
        bench.Book(At10(1, "S1"));
        bench.Options = bench.Options with { Calendar = new VenueCalendar(new DateOnly(2030, 1, 1), TimeSpan.FromHours(3)) };
        bench.Time.WallClockNs = At("2026-01-16T14:30Z");
        bench.Restart();
        bench.Book(At10(2, "S1"));
        Assert.Equal([At("2026-01-15T15:00Z"), At("2026-01-15T15:00Z")], bench.Records().Select(record => record.ExecutedAtNs));
    }

    [Fact]
    public void should_date_a_session_that_begins_in_the_evening_before_by_its_first_trade()
    {
        using JournalBench bench = new(Options(null));
        bench.Time.WallClockNs = At("2026-01-15T23:30Z");
        bench.Book(JournalBench.Message(1));
        Assert.Equal(20260115, Assert.Single(Said(bench), line => line.Message == LogMessage.SessionBegun).A);
        bench.Time.WallClockNs = At("2026-01-16T15:00Z");
        bench.Restart();
        bench.Book(At10(2, "S1"));
        Assert.Equal(20260116, Assert.Single(Said(bench), line => line.Message == LogMessage.SessionBegun).A);
        // From then on it stands, however late a trade is told.
        bench.Time.WallClockNs = At("2026-01-19T09:00Z");
        bench.Book(At10(3, "S1"));
        bench.Restart();
        Assert.Equal(20260116, bench.Store.Recovered.TradingDate);
        Assert.All(bench.Records(), record => Assert.Equal(At("2026-01-16T15:00Z"), record.ExecutedAtNs));
    }

    [Fact]
    public void should_work_out_midnight_for_a_session_of_a_journal_that_did_not_keep_it()
    {
        using JournalBench bench = new(Options(null));
        bench.Time.WallClockNs = At("2026-01-15T14:30Z");
        bench.Book(At10(1, "S1"));
        SessionRow row = new() { BookedThrough = 1, ReplayFrom = 2, TradingDate = 20260114 };
        SessionId session = JournalBench.Session("S1");
        bench.Write(transaction => Assert.Equal(LmdbStatus.Success, transaction.Put(bench.Store.Tables.Sessions, session, StructBytes.Of(ref row))));
        bench.Restart();
        bench.Book(At10(2, "S1"));
        Assert.Equal(At("2026-01-14T15:00Z"), bench.Records()[1].ExecutedAtNs);
    }

    [Fact]
    public void should_say_which_date_a_new_session_has_and_nothing_of_one_it_knows()
    {
        using JournalBench bench = new(Options(new DateOnly(2026, 1, 15)));
        bench.Book(At10(1, "S1"));
        bench.Restart();
        Assert.DoesNotContain(LogMessage.SessionBegun, Said(bench).Select(line => line.Message));
        bench.Book(At10(2, "S1"), At10(1, "S2"));
        LogEvent begun = Assert.Single(Said(bench), line => line.Message == LogMessage.SessionBegun);
        Assert.Equal((20260115, "S2"), (begun.A, begun.Text.ToString()));
    }

    private static JournalOptions Options(DateOnly? fixedDate) =>
        JournalBench.DefaultOptions() with { Calendar = new VenueCalendar(fixedDate, TimeSpan.FromHours(-5)) };

    private static ResponseEvent At10(long sequence, string session) =>
        JournalBench.Executed(sequence, (ulong)sequence, session: session) with { VenueTimeNs = VenueTimeNs };

    private static List<LogEvent> Said(JournalBench bench)
    {
        List<LogEvent> lines = [];
        for (long s = bench.Log.Next, last = bench.Log.AvailableThrough(1024); s <= last; s++) lines.Add(bench.Log[s]);
        return lines;
    }

    private static long At(string utc) =>
        (DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime - DateTime.UnixEpoch).Ticks * 100;
}
