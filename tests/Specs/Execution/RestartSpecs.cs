using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class RestartSpecs
{
    [Fact]
    public void should_book_both_once_when_accepted_1_accepted_2_executed_2_kill_executed_1()
    {
        Bench bench = Bench.Live();
        bench.Want(shares: 100);
        bench.Want(shares: 200);
        bench.Run();
        (uint first, uint second) = (bench.Venue.Orders[0].UserRefNum, bench.Venue.Orders[1].UserRefNum);
        bench.Venue.Accept(first);
        bench.Venue.Accept(second);
        bench.Venue.Execute(second, 200, 150_0000, match: 2);
        bench.Run();
        long acceptedFirst = bench.BookedThrough - 2;
        Assert.Equal(acceptedFirst, bench.ReplayFrom);

        bench.KillAndRestart();
        bench.Run();
        Assert.Equal((bench.Venue.Session, acceptedFirst), bench.Venue.Logins[^1]);
        ResponseEvent restored = Assert.Single(bench.Of(ResponseKind.Restored));
        Assert.Equal((first, 100), (restored.UserRefNum, restored.QuantityShares));
        Assert.Equal((100, 150_0000), (restored.LeavesShares, restored.LimitPrice));
        Assert.Equal((1, 100 * 150_0000L), (bench.Book.OrdersInFlight, bench.Book.CashReserved));

        bench.Venue.Execute(first, 100, 150_0000, match: 1);
        bench.Run();
        Assert.Equal([2ul, 1ul], bench.Booked.Select(b => b.MatchNumber));
        Assert.Equal([200, 100], bench.Booked.Select(b => b.QuantityShares));
        Assert.Equal((0, 0L, 300L), (bench.Book.OrdersInFlight, bench.Book.CashReserved, bench.Book[0].PositionShares));
        Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
        Assert.Equal(3, bench.Counters.Read(Counter.ExecutionReplayedMessages));
    }

    [Fact]
    public void should_restore_only_what_is_left_of_a_partly_executed_order()
    {
        Bench bench = Bench.Live();
        bench.Want(shares: 100);
        bench.Run();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 30, 150_0000, match: 1);
        bench.Run();
        bench.KillAndRestart();
        bench.Run();
        Assert.Equal(70, bench.Of(ResponseKind.Restored).Single().QuantityShares);
        bench.Venue.Execute(bench.Venue.LastOrder, 50, 150_0000, match: 2);
        bench.Venue.Cancel(bench.Venue.LastOrder, 20);
        bench.Run();
        Assert.Equal([1ul, 2ul], bench.Booked.Select(b => b.MatchNumber));
        Assert.Equal((0, 0L, 80L), (bench.Book.OrdersInFlight, bench.Book.CashReserved, bench.Book[0].PositionShares));
        // The order had won before the kill, in the counters of that run.
        Assert.Equal((0, 0), (bench.Counters.Read(Counter.ExecutionWins), bench.Counters.Read(Counter.ExecutionLosses)));
    }

    [Fact]
    public void should_take_up_an_order_of_the_killed_run_that_was_accepted_after_the_last_commit()
    {
        Bench bench = Bench.Live();
        bench.Want(shares: 100);
        bench.Run();
        bench.KillAndRestart();
        bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 149_0000, match: 9);
        bench.Run();
        Assert.Equal((bench.Venue.LastOrder, 100), bench.Of(ResponseKind.Restored).Select(r => (r.UserRefNum, r.QuantityShares)).Single());
        Assert.Equal(9ul, bench.Booked.Single().MatchNumber);
        Assert.Equal((0, 0L, 100L), (bench.Book.OrdersInFlight, bench.Book.CashReserved, bench.Book[0].PositionShares));
        Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void should_book_nothing_past_an_unfinished_order_whose_ticker_is_gone(bool isAcceptedBooked)
    {
        Bench bench = Bench.Live();
        bench.Want(shares: 100);
        bench.Run();
        if (isAcceptedBooked)
        {
            bench.Venue.Accept(bench.Venue.LastOrder);
            bench.Run();
        }

        (long bookedThrough, long replayFrom) = (bench.BookedThrough, bench.ReplayFrom);
        bench.TickerList = ["IBM", "MSFT"];
        bench.KillAndRestart();
        if (!isAcceptedBooked) bench.Venue.Accept(bench.Venue.LastOrder);
        bench.Venue.Execute(bench.Venue.LastOrder, 100, 150_0000, match: 9);
        bench.Run();
        Assert.Equal(ExecutionState.Refused, bench.Sender.State);
        Assert.Single(bench.Said(LogMessage.OrderWithoutTicker));
        Assert.False(bench.Gate.IsOpen);
        Assert.Equal((bookedThrough, replayFrom, 0), (bench.BookedThrough, bench.ReplayFrom, bench.Booked.Count));

        bench.TickerList = ["AAPL", "MSFT"];
        bench.KillAndRestart();
        bench.Run();
        Assert.Equal(9ul, Assert.Single(bench.Booked).MatchNumber);
    }

    [Fact]
    public void should_book_each_execution_once_wherever_the_killed_journal_had_stopped()
    {
        int killPoints = 0;
        for (int rounds = 0; ; rounds++)
        {
            Bench bench = Bench.Live(responsesCapacity: 32);
            bench.Venue.OnOrder = (venue, order) => FateOf(order.UserRefNum)(venue, order.UserRefNum);
            for (int i = 0; i < 6; i++) bench.Want(shares: 100);
            // The journal commits one message more in each try, then the process is killed.
            bench.Sender.DoWork();
            bench.Venue.Work();
            bench.Stream.ReceivesAtMost = 16;
            for (int i = 0; i < rounds; i++) bench.Step();
            bool isOver = bench.BookedThrough == bench.Venue.Messages.Count;
            bench.KillAndRestart();
            bench.Stream.ReceivesAtMost = 23;
            bench.Run(200);
            Assert.Equal(ExecutionState.Live, bench.Sender.State);
            Assert.Equal([21ul, 22ul, 41ul, 51ul, 52ul, 53ul], bench.Booked.Select(b => b.MatchNumber).Order());
            Assert.Equal((0, 0L), (bench.Book.OrdersInFlight, bench.Book.CashReserved));
            Assert.Equal(100 + 40 + 100, bench.Book[0].PositionShares);
            Assert.Equal(0, bench.Counters.Read(Counter.ExecutionContradictions));
            Assert.Equal(0, bench.Book.Contradictions);
            killPoints++;
            if (isOver) break;
        }

        Assert.InRange(killPoints, 30, 300);
    }

    [Fact]
    public void should_end_with_the_same_events_wherever_the_connection_is_cut_in_the_answers()
    {
        (ulong, int, int)[] uncut = Trade(long.MaxValue, out long bytes);
        Assert.InRange(bytes, 500, 5_000);
        Assert.Equal(6, uncut.Count(e => e.Item1 != 0));
        for (long cut = 0; cut < bytes; cut++) Assert.Equal(uncut, Trade(cut, out _));
    }

    private static (ulong Match, int Shares, int Leaves)[] Trade(long cutAfterBytes, out long bytes)
    {
        Bench bench = Bench.Live();
        bench.Venue.OnOrder = (venue, order) => FateOf(order.UserRefNum)(venue, order.UserRefNum);
        long before = bench.Stream.ReceivedBytes;
        for (int i = 0; i < 6; i++) bench.Want(shares: 100);
        bench.Sender.DoWork();
        bench.Venue.Work();
        bench.Stream.CutAfterBytes = cutAfterBytes;
        bench.Run(5);
        bytes = bench.Stream.ReceivedBytes - before;
        bench.Wait(2_000);
        Assert.Equal(ExecutionState.Live, bench.Sender.State);
        Assert.Equal((0, 0L, 0L), (bench.Book.OrdersInFlight, bench.Book.CashReserved, bench.Book.Contradictions));
        Assert.Equal(6, bench.Venue.Orders.Count);
        Assert.Equal((3, 2, 1), (bench.Counters.Read(Counter.ExecutionWins), bench.Counters.Read(Counter.ExecutionLosses),
            bench.Counters.Read(Counter.ExecutionRejects)));
        IEnumerable<ResponseEvent> aboutOrders = bench.Responses.Where(r => r.Kind is not (ResponseKind.Progress or ResponseKind.Fenced));
        return [.. aboutOrders.Select(r => (r.MatchNumber, r.QuantityShares, r.LeavesShares))];
    }

    /// <summary>Six endings in turn: lost, two parts, dead on arrival, part and cancel, three parts, rejected.</summary>
    private static Action<ScriptedVenue, uint> FateOf(uint userRefNum) => (userRefNum % 6) switch
    {
        0 => (venue, number) =>
        {
            venue.Accept(number);
            venue.Cancel(number, 100);
        }
        ,
        1 => (venue, number) =>
        {
            venue.Accept(number);
            venue.Execute(number, 60, 150_0000, match: 21);
            venue.Execute(number, 40, 149_0000, match: 22);
        }
        ,
        2 => (venue, number) => venue.Accept(number, state: 'D'),
        3 => (venue, number) =>
        {
            venue.Accept(number);
            venue.Execute(number, 40, 150_0000, match: 41);
            venue.Cancel(number, 60);
        }
        ,
        4 => (venue, number) =>
        {
            venue.Accept(number);
            venue.Execute(number, 20, 150_0000, match: 51);
            venue.Execute(number, 30, 150_0000, match: 52);
            venue.Execute(number, 50, 150_0000, match: 53);
        }
        ,
        _ => (venue, number) => venue.Reject(number, OuchRejectReason.Halted),
    };
}
