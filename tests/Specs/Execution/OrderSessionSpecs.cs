using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class OrderSessionSpecs
{
    [Fact]
    public void should_log_in_to_any_session_from_message_one_with_a_new_journal()
    {
        Bench bench = Bench.Live();
        (SessionId session, long sequence) = Assert.Single(bench.Venue.Logins);
        Assert.True(session.IsNone);
        Assert.Equal(1, sequence);
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionLogins));
        Assert.Single(bench.Said(LogMessage.LoggedIn));
    }

    [Fact]
    public void should_refuse_a_wrong_login_once_and_never_try_again()
    {
        Bench bench = new() { Venue = { Rejects = 'A' } };
        bench.Run();
        bench.Wait(60_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Single(bench.Venue.Logins);
        Assert.Equal(1, bench.Stream.Connects);
        Assert.Single(bench.Said(LogMessage.LoginRefused));
        Assert.False(bench.Gate.IsOpen);
    }

    [Fact]
    public void should_begin_a_new_session_when_the_old_one_is_gone_and_no_order_is_open()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match: 1);
        bench.Run();
        bench.KillAndRestart();
        bench.Venue.BeginSession("DAY2");
        bench.Run();
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal(ScriptedVenue.Name("DAY2"), bench.JournalSession);
        Assert.True(bench.Venue.Logins[^1].Session.IsNone);
        Assert.Single(bench.Booked);
        // The numbers of a new session begin anew: so does the match number.
        bench.Want();
        bench.Run();
        uint number = bench.Venue.Orders[^1].UserRefNum;
        bench.Venue.Accept(number);
        bench.Venue.Execute(number, 100, 150_0000, match: 1);
        bench.Run();
        Assert.Equal(2, bench.Booked.Count);
        Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
    }

    [Fact]
    public void should_stay_halted_when_the_session_is_gone_with_an_order_open_at_the_restart()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Run();
        bench.KillAndRestart();
        bench.Venue.BeginSession("DAY2");
        bench.Run();
        bench.Wait(30_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Single(bench.Said(LogMessage.SessionGone));
        Assert.False(bench.Gate.IsOpen);
        Assert.Equal(2, bench.Venue.Logins.Count);
    }

    [Fact]
    public void should_stay_halted_when_the_session_is_gone_after_a_kill_though_the_journal_knows_of_no_open_order()
    {
        Bench bench = Bench.Live();
        bench.ConsumersRead = false;
        bench.Want();
        bench.Step();
        bench.KillAndRestart(wasKilled: true);
        bench.ConsumersRead = true;
        bench.Venue.BeginSession("DAY2");
        bench.Run();
        bench.Wait(30_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Single(bench.Said(LogMessage.SessionGone));
        Assert.False(bench.Gate.IsOpen);
    }

    [Fact]
    public void should_owe_answers_after_a_kill_until_the_session_is_fenced()
    {
        Bench bench = Bench.Live();
        Assert.False(bench.Sender.MayOweAnswers);
        bench.KillAndRestart(wasKilled: true);
        Assert.True(bench.Sender.MayOweAnswers);
        bench.Sender.BeginLogout();
        bench.Step();
        Assert.True(bench.Sender.IsLoggedOut);
        Assert.True(bench.Sender.MayOweAnswers);
        bench.KillAndRestart(wasKilled: true);
        bench.Run();
        bench.Wait(2_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.False(bench.Sender.MayOweAnswers);
    }

    [Fact]
    public void should_go_on_in_the_next_session_once_the_killed_runs_session_was_fenced()
    {
        Bench bench = Bench.Live();
        bench.KillAndRestart(wasKilled: true);
        bench.Run();
        bench.Wait(2_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        bench.Venue.EndSession();
        bench.Run();
        bench.Venue.BeginSession("DAY2");
        bench.Wait(30_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Empty(bench.Said(LogMessage.SessionGone));
    }

    [Fact]
    public void should_stay_halted_when_the_venue_ends_the_session_with_an_order_open()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Venue.EndSession();
        bench.Run();
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Single(bench.Said(LogMessage.VenueEndedSession));
        Assert.Equal(1, Assert.Single(bench.Said(LogMessage.SessionGone)).A);
        Assert.Equal(1, bench.Book.OrdersInFlight);
    }

    [Fact]
    public void should_ask_for_the_next_session_when_the_venue_ends_this_one_and_no_order_is_open()
    {
        Bench bench = Bench.Live();
        bench.Venue.EndSession();
        bench.Run();
        bench.Venue.BeginSession("DAY2");
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.True(bench.Venue.Logins[^1].Session.IsNone);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void should_refuse_a_replay_that_begins_elsewhere_than_asked(int offBy)
    {
        Bench bench = Bench.Live();
        bench.Venue.SayStartOfDay();
        bench.Run();
        long received = bench.BookedThrough;
        bench.Venue.LiesAboutSequenceBy = offBy;
        bench.Stream.Break();
        bench.Run();
        bench.Wait(30_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        LogEvent said = Assert.Single(bench.Said(LogMessage.ReplayRefused));
        Assert.Equal((received + 1, received + 1 + offBy), (said.A, said.B));
        Assert.Equal(2, bench.Venue.Logins.Count);
        Assert.False(bench.Gate.IsOpen);
    }

    [Fact]
    public void should_refuse_a_venue_that_has_lost_messages_we_received()
    {
        Bench bench = Bench.Live();
        bench.Venue.SayStartOfDay();
        bench.Run();
        bench.Venue.Messages.Clear();
        bench.Stream.Break();
        bench.Run();
        bench.Wait(2_000);
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
    }

    [Fact]
    public void should_come_back_at_the_next_message_after_a_lost_connection()
    {
        Bench bench = Bench.Live();
        bench.Venue.SayStartOfDay();
        bench.Run();
        long received = bench.BookedThrough;
        bench.Stream.Break();
        bench.Run();
        Assert.Equal(ExecutionState.Disconnected, bench.Sender.State);
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal((bench.Venue.Session, received + 1), bench.Venue.Logins[^1]);
        Assert.Equal(104, Assert.Single(bench.Said(LogMessage.ConnectionLost)).A);
    }

    [Fact]
    public void should_wait_longer_from_attempt_to_attempt_and_never_longer_than_the_limit()
    {
        Bench bench = new() { Stream = { IsListening = false } };
        List<long> atMs = [];
        for (int ms = 0; ms < 120_000; ms++)
        {
            int before = bench.Stream.Connects;
            bench.Sender.DoWork();
            bench.Sender.DoWork();
            if (bench.Stream.Connects > before) atMs.Add(ms);
            bench.Time.AdvanceMs(1);
        }

        long[] waits = [.. atMs.Zip(atMs.Skip(1), (a, b) => b - a)];
        int limit = bench.Options.ReconnectMinMs;
        foreach (long wait in waits)
        {
            Assert.InRange(wait, limit / 2, limit + 2);
            limit = Math.Min(limit * 2, bench.Options.ReconnectMaxMs);
        }

        Assert.InRange(waits.Length, 12, 40);
        Assert.True(waits.TakeLast(5).Distinct().Count() > 1, "the waits have a random part");
    }

    [Fact]
    public void should_send_a_heartbeat_in_every_silent_second_and_live_on_the_venues()
    {
        Bench bench = Bench.Live();
        bench.Wait(60_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Single(bench.Venue.Logins);
    }

    [Fact]
    public void should_give_up_a_venue_that_is_silent_for_fifteen_seconds()
    {
        Bench bench = Bench.Live();
        for (int ms = 0; ms < 14_900; ms += 100)
        {
            bench.Time.AdvanceMs(100);
            bench.Sender.DoWork();
        }

        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        bench.Time.AdvanceMs(200);
        bench.Sender.DoWork();
        Assert.Equal(ExecutionState.Disconnected, bench.Sender.State);
    }

    [Fact]
    public void should_give_up_a_login_that_is_not_answered()
    {
        Bench bench = new();
        for (int ms = 0; ms < 6_000; ms += 100)
        {
            bench.Time.AdvanceMs(100);
            bench.Sender.DoWork();
        }

        Assert.True(bench.Stream.Connects > 1);
    }

    [Fact]
    public void should_log_out_and_not_come_back()
    {
        Bench bench = Bench.Live();
        bench.Sender.BeginLogout();
        bench.Sender.DoWork();
        Assert.Equal(ExecutionState.LoggedOut, bench.Sender.State);
        Assert.Equal([0, 1, (byte)'O'], bench.Stream.TakeSent());
        bench.Wait(20_000);
        Assert.Equal(1, bench.Stream.Connects);
    }

    [Fact]
    public void should_be_drained_only_when_no_order_is_open()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Sender.BeginDrain();
        bench.Want();
        bench.Run();
        Assert.False(bench.Sender.IsDrained);
        Assert.Equal(RefusalReason.NotSentHalted, bench.Of(ResponseKind.NotSent).Single().NotSentReason);
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Cancel(bench.Venue.LastOrder, 100);
        bench.Run();
        Assert.True(bench.Sender.IsDrained);
    }

    [Fact]
    public void should_drop_a_connection_that_speaks_another_protocol_and_come_back()
    {
        Bench bench = Bench.Live();
        bench.Stream.Deliver([0, 0, 1, 2, 3]);
        bench.Run(2);
        Assert.Equal(ExecutionState.Disconnected, bench.Sender.State);
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionMalformedMessages));
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Fact]
    public void should_take_nothing_from_a_replay_that_it_refused()
    {
        Bench bench = Bench.Live();
        bench.Want(shares: 100);
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Run();
        bench.KillAndRestart();
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match: 5);
        bench.Venue.SayStartOfDay();
        (long bookedThrough, long replayFrom) = (bench.BookedThrough, bench.ReplayFrom);
        // The replay comes in one piece with a Login Accepted that skips the order's Accepted.
        bench.Venue.LiesAboutSequenceBy = 1;
        bench.Run();
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Equal((bookedThrough, replayFrom), (bench.BookedThrough, bench.ReplayFrom));
        Assert.Empty(bench.Booked);
        bench.Venue.LiesAboutSequenceBy = 0;
        bench.KillAndRestart();
        bench.Run();
        Assert.Equal(5ul, Assert.Single(bench.Booked).MatchNumber);
    }
}
