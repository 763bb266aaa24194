using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>One session ends, the next begins: on the next day, or while the engine runs.</summary>
public sealed class SessionRollSpecs
{
    private const long DayMs = 86_400_000;

    // The test's time begins in the first hour of 1970.
    private static readonly VenueCalendar FirstDay = new(new DateOnly(1970, 1, 1), TimeSpan.Zero);

    [Fact]
    public void should_begin_at_one_in_a_session_that_follows_while_it_runs()
    {
        Bench bench = Bench.Live();
        Trade(bench, match: 1);
        bench.Venue.EndSession();
        bench.Venue.BeginSession("DAY2");
        bench.Wait(1_000);
        Assert.Equal((ExecutionState.Live, ScriptedVenue.Name("DAY2")), (bench.Sender.State, bench.JournalSession));
        Assert.Equal((default, 1L), bench.Venue.Logins[^1]);
        // What the new session numbers like the old one is another trade, and the broken trade is the new one's.
        Trade(bench, match: 1);
        bench.Venue.Break(bench.Venue.LastOrder, match: 1);
        bench.Run();
        Assert.Equal(["DAY1", "DAY2", "DAY2"], bench.Booked.Select(booked => booked.Session.ToString()));
        Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
    }

    [Fact]
    public void should_still_know_the_old_sessions_executions_until_the_next_is_joined()
    {
        Bench bench = Bench.Live();
        Trade(bench, match: 1);
        bench.Stream.Break();
        bench.Run();
        bench.Venue.Break(bench.Venue.LastOrder, match: 1);
        bench.Wait(1_000);
        Assert.Equal([ResponseKind.Executed, ResponseKind.Broken], bench.Booked.Select(booked => booked.Kind));
    }

    [Fact]
    public void should_send_nothing_before_the_journal_knows_of_the_session()
    {
        Bench bench = new() { ConsumersRead = false };
        bench.Run();
        Assert.Equal(ExecutionState.Fencing, bench.Sender.State);
        Assert.Single(bench.Venue.MassCancels);
        bench.Want();
        bench.Run();
        Assert.Empty(bench.Venue.Orders);
        bench.ConsumersRead = true;
        bench.Run();
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal(ScriptedVenue.Name("DAY1"), bench.JournalSession);
    }

    [Fact]
    public void should_not_wait_for_the_journal_in_a_session_it_knows()
    {
        Bench bench = Bench.Live();
        bench.KillAndRestart();
        bench.ConsumersRead = false;
        bench.Run();
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Fact]
    public void should_refuse_a_new_session_when_the_one_date_for_all_is_over()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { Calendar = FirstDay });
        bench.Venue.EndSession();
        bench.Venue.BeginSession("DAY2");
        bench.Time.AdvanceMs(DayMs);
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        LogEvent said = Assert.Single(bench.Said(LogMessage.TradingDateIsOver));
        Assert.Equal((19700101, 19700102, "DAY2"), (said.A, said.B, said.Text.ToString()));
        Assert.False(bench.Gate.IsOpen);

        // The remedy it names works.
        bench.Options = bench.Options with { Calendar = new VenueCalendar(null, TimeSpan.Zero) };
        bench.KillAndRestart();
        bench.Wait(1_000);
        Assert.Equal((ExecutionState.Live, 19700102), (bench.Sender.State, bench.TradingDate));
    }

    [Fact]
    public void should_refuse_it_after_a_restart_too()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { Calendar = FirstDay });
        bench.Time.AdvanceMs(DayMs);
        bench.Venue.BeginSession("DAY2");
        bench.KillAndRestart();
        bench.Wait(1_000);
        Assert.Single(bench.Said(LogMessage.TradingDateIsOver));
    }

    [Fact]
    public void should_take_a_second_session_on_the_fixed_date_itself()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { Calendar = FirstDay });
        bench.Venue.EndSession();
        bench.Venue.BeginSession("AGAIN");
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Fact]
    public void should_go_on_in_a_known_session_whatever_day_it_is()
    {
        Bench bench = Bench.Live(Bench.DefaultOptions with { Calendar = FirstDay });
        bench.Time.AdvanceMs(DayMs);
        bench.Stream.Break();
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal(2, bench.Venue.Logins.Count);
    }

    private static void Trade(Bench bench, ulong match)
    {
        bench.Want();
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match);
        bench.Run();
    }
}
