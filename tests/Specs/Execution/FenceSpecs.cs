using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class FenceSpecs
{
    [Fact]
    public void should_send_nothing_before_the_fence_stands()
    {
        Bench bench = new() { Venue = { AnswersMassCancels = false } };
        bench.Run();
        Assert.Equal(ExecutionState.Fencing, bench.Sender.State);
        bench.Want();
        bench.Run();
        Assert.Equal(RefusalReason.NotSentLoggedOut, bench.Of(ResponseKind.NotSent).Single().NotSentReason);
        bench.Venue.SayMassCanceled(bench.Venue.MassCancels[^1]);
        bench.Run();
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Empty(bench.Venue.Orders);
    }

    [Fact]
    public void should_prove_by_the_fence_that_a_lost_order_never_arrived()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Sender.DoWork();
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionSent));
        bench.Stream.Break();
        bench.Sender.DoWork();
        Assert.Equal(1, bench.Counters.Read(Counter.ExecutionUnknown));
        bench.Venue.AnswersMassCancels = false;
        bench.Wait(60_000);
        // A timeout frees nothing.
        Assert.Equal(1, bench.Book.OrdersInFlight);
        Assert.Equal(ExecutionState.Fencing, bench.Sender.State);
        bench.Venue.AnswersMassCancels = true;
        bench.Stream.Break();
        bench.Wait(11_000);
        ResponseEvent released = Assert.Single(bench.Of(ResponseKind.NeverArrived));
        Assert.Equal((100, 0, 0L), (released.QuantityShares, released.LeavesShares, released.VenueSequence));
        Assert.Equal(0, bench.Book.OrdersInFlight);
        Assert.Equal(Bench.CashAtStart, bench.Book.CashFree);
        Assert.Equal((1, 1, 0), (bench.Counters.Read(Counter.ExecutionNeverArrived), bench.Counters.Read(Counter.ExecutionLosses),
            bench.Counters.Read(Counter.ExecutionUnknown)));
        Assert.Equal(1, bench.Said(LogMessage.Fenced)[^1].A);
        Assert.Empty(bench.Venue.Orders);
    }

    [Fact]
    public void should_book_an_order_whose_answer_was_lost_with_the_connection()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Stream.Break();
        bench.Sender.DoWork();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 149_0000, match: 7);
        bench.Wait(1_000);
        Assert.Equal(7ul, Assert.Single(bench.Booked).MatchNumber);
        Assert.Empty(bench.Of(ResponseKind.NeverArrived));
        Assert.Equal(0, bench.Book.OrdersInFlight);
        Assert.Single(bench.Venue.Orders);
    }

    [Fact]
    public void should_keep_an_accepted_order_that_has_no_end_yet()
    {
        Bench bench = Bench.Live();
        bench.Want();
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Run();
        bench.Stream.Break();
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal(1, bench.Book.OrdersInFlight);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match: 7);
        bench.Run();
        Assert.Single(bench.Booked);
        Assert.Equal(0, bench.Book.OrdersInFlight);
    }

    [Fact]
    public void should_use_its_own_next_number_after_a_lost_connection_and_not_ask()
    {
        Bench bench = Bench.Live();
        int queries = bench.Venue.Queries;
        uint fence = bench.Venue.MassCancels[^1];
        bench.Want();
        bench.Run();
        bench.Stream.Break();
        bench.Wait(1_000);
        Assert.Equal(queries, bench.Venue.Queries);
        Assert.Equal(fence + 2, bench.Venue.MassCancels[^1]);
    }

    [Fact]
    public void should_ask_again_after_a_second_without_a_response()
    {
        Bench bench = new() { Venue = { AnswersQueries = false } };
        bench.Run();
        Assert.Equal(1, bench.Venue.Queries);
        Assert.Equal(ExecutionState.Replaying, bench.Sender.State);
        bench.Wait(3_500);
        Assert.Equal(4, bench.Venue.Queries);
        bench.Venue.AnswersQueries = true;
        bench.Wait(1_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Fact]
    public void should_not_believe_old_answers_and_old_fences_that_are_replayed_after_a_restart()
    {
        Bench bench = Bench.Live();
        uint oldFence = bench.Venue.MassCancels[^1];
        for (int i = 0; i < 3; i++) bench.Want();
        bench.Run();
        foreach (uint number in bench.Venue.Orders.Select(o => o.UserRefNum).ToArray()) bench.Venue.Accept(number, state: 'D');
        bench.Run();
        // Killed before anything was committed: the whole day is replayed, the old query and fence with it.
        Bench again = new(startedMs: 1);
        again.Venue.Messages.AddRange(bench.Venue.Messages);
        again.Venue.BeginSessionWithNumbersUsedThrough(bench.Venue.NextUserRefNum - 1);
        again.Run();
        again.Wait(3_000);
        Assert.Equal(ExecutionState.Live, again.Sender.State);
        Assert.True(again.Venue.MassCancels[^1] > bench.Venue.Orders[^1].UserRefNum);
        Assert.NotEqual(oldFence, again.Venue.MassCancels[^1]);
        again.Want();
        again.Run();
        // The venue took it for a new order, so its number was fresh.
        Assert.Single(again.Venue.Orders);
    }

    [Fact]
    public void should_not_take_a_replayed_response_to_an_old_mass_cancel_for_its_own()
    {
        Bench bench = new() { Venue = { AnswersQueries = false, AnswersMassCancels = false } };
        bench.Venue.SayNextUserRefNum(5);
        bench.Venue.SayMassCanceled(5);
        bench.Run();
        Assert.Equal(ExecutionState.Fencing, bench.Sender.State);
        bench.Venue.SayMassCanceled(bench.Venue.MassCancels[^1]);
        bench.Run();
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Fact]
    public void should_stay_fenced_on_a_stale_answer_until_the_venue_names_a_number_it_still_takes()
    {
        Bench bench = new() { Venue = { AnswersQueries = false } };
        bench.Venue.BeginSessionWithNumbersUsedThrough(30_000);
        // Given to a killed run and never committed, so it looks like an answer to our own query.
        bench.Venue.SayNextUserRefNum(5);
        bench.Run();
        Assert.InRange(Assert.Single(bench.Venue.MassCancels), 5u, 30_000u);
        bench.Want();
        bench.Wait(5_000);
        Assert.Equal(ExecutionState.Fencing, bench.Sender.State);
        Assert.Empty(bench.Venue.Orders);
        bench.Venue.AnswersQueries = true;
        bench.Wait(1_500);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.True(bench.Venue.MassCancels[^1] > 30_000);
    }
}
