using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Specs.Execution;

public sealed class ContradictionSpecs
{
    private readonly Bench _bench = Bench.Live();

    [Fact]
    public void should_not_book_an_execution_of_an_unknown_order()
    {
        _bench.Venue.Execute(4711, 100, 150_0000, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 0);
        Assert.Equal(4711, _bench.Said(LogMessage.Contradiction).Single().A);
    }

    [Fact]
    public void should_book_a_repeated_match_once()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 30, 150_0000, match: 1);
        _bench.Venue.Execute(number, 30, 150_0000, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 1);
        Assert.Equal(70 * 150_0000L, _bench.Book.CashReserved);
    }

    [Fact]
    public void should_say_and_still_book_an_execution_at_a_worse_price_than_the_limit()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 100, 150_0001, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 1);
    }

    [Fact]
    public void should_say_and_still_book_an_execution_of_more_than_was_open()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 101, 150_0000, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 1);
        Assert.Equal(0, _bench.Of(ResponseKind.Executed).Single().LeavesShares);
        // Decision owns what the journal books, and nothing stays reserved.
        Assert.Equal(101, _bench.Book[0].PositionShares);
        Assert.Equal(Bench.CashAtStart - 101 * 150_0000L, _bench.Book.CashFree);
        Assert.Equal((0L, 0, 0L), (_bench.Book.CashReserved, _bench.Book.OrdersInFlight, _bench.Book.Contradictions));
    }

    [Fact]
    public void should_leave_the_reservation_of_another_order_alone_when_one_executes_too_much()
    {
        uint number = SendAccepted();
        _bench.Want(shares: 50);
        _bench.Run();
        _bench.Venue.Execute(number, 130, 150_0000, match: 1);
        _bench.Run();
        Assert.Equal((50 * 150_0000L, 130L), (_bench.Book.CashReserved, _bench.Book[0].PositionShares));
        Assert.Equal(Bench.CashAtStart - 180 * 150_0000L, _bench.Book.CashFree);
    }

    [Fact]
    public void should_say_that_an_order_was_accepted_twice_or_on_other_terms()
    {
        uint number = SendAccepted();
        _bench.Venue.Accept(number);
        _bench.Run();
        AssertContradiction(1, bookings: 0);
        _bench.Want();
        _bench.Run();
        _bench.Venue.Accept(_bench.Venue.Orders[^1].UserRefNum, change: terms => terms.Order.QuantityShares = 99);
        _bench.Run();
        AssertContradiction(2, bookings: 0);
    }

    [Fact]
    public void should_say_that_an_order_that_is_over_was_canceled_or_rejected()
    {
        uint number = SendAccepted();
        _bench.Venue.Cancel(number, 100);
        _bench.Venue.Cancel(number, 100);
        _bench.Run();
        AssertContradiction(1, bookings: 0);
        _bench.Venue.Reject(number, OuchRejectReason.Other);
        _bench.Run();
        AssertContradiction(2, bookings: 0);
        Assert.Equal(0, _bench.Book.OrdersInFlight);
    }

    [Fact]
    public void should_release_no_more_than_is_open()
    {
        uint number = SendAccepted();
        _bench.Venue.Cancel(number, 101);
        _bench.Run();
        AssertContradiction(1, bookings: 0);
        Assert.Equal(Bench.CashAtStart, _bench.Book.CashFree);
    }

    [Fact]
    public void should_say_that_a_broken_trade_is_unknown_or_broken_already()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 100, 150_0000, match: 1);
        _bench.Venue.Break(number, match: 1);
        _bench.Venue.Break(number, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 2);
    }

    [Fact]
    public void should_take_up_an_order_that_was_proven_never_to_have_arrived_and_say_so()
    {
        _bench.Want();
        _bench.Run();
        _bench.Stream.Break();
        _bench.Wait(1_000);
        Assert.Single(_bench.Of(ResponseKind.NeverArrived));
        uint number = _bench.Venue.Orders[^1].UserRefNum;
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 100, 150_0000, match: 1);
        _bench.Run();
        AssertContradiction(1, bookings: 1);
        Assert.Equal((0, 100L), (_bench.Book.OrdersInFlight, _bench.Book[0].PositionShares));
    }

    [Fact]
    public void should_count_a_message_it_cannot_read_and_move_on()
    {
        long before = _bench.BookedThrough;
        _bench.Venue.SayRaw((byte)'E', 1, 2, 3);
        _bench.Venue.SayRaw((byte)'~');
        _bench.Venue.SayRaw();
        _bench.Run();
        Assert.Equal(3, _bench.Counters.Read(Counter.ExecutionMalformedMessages));
        Assert.Equal(before + 3, _bench.BookedThrough);
        Assert.Equal(ExecutionState.Live, _bench.Sender.State);
    }

    [Fact]
    public void should_halt_trading_at_the_third_contradiction_within_a_minute()
    {
        _bench.Venue.Cancel(4711, 1);
        _bench.Run();
        _bench.Wait(61_000);
        _bench.Venue.Cancel(4711, 1);
        _bench.Venue.Cancel(4711, 1);
        _bench.Run();
        Assert.True(_bench.Gate.IsOpen);
        _bench.Wait(58_000);
        _bench.Venue.Cancel(4711, 1);
        _bench.Run();
        Assert.False(_bench.Gate.IsOpen);
    }

    [Fact]
    public void should_halt_at_the_first_execution_that_cannot_be_booked()
    {
        _bench.Venue.Execute(4711, 100, 150_0000, match: 1);
        _bench.Run();
        Assert.False(_bench.Gate.IsOpen);
        Assert.Equal(4711, Assert.Single(_bench.Said(LogMessage.TradeNotBooked)).A);
    }

    [Fact]
    public void should_halt_at_the_first_broken_trade_of_an_execution_nobody_knows()
    {
        _bench.Venue.Break(4711, match: 99);
        _bench.Run();
        Assert.False(_bench.Gate.IsOpen);
        Assert.Single(_bench.Said(LogMessage.TradeNotBooked));
    }

    [Fact]
    public void should_keep_what_the_venue_said_of_a_trade_it_cannot_book()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(4711, 3_000_000_000, ulong.MaxValue, match: 12);
        _bench.Venue.Break(4711, match: 13);
        _bench.Venue.Execute(number, 0, 150_0000, match: 14);
        _bench.Run();
        Assert.Equal(
            [(QuarantineReason.ExecutionOfUnknownOrder, 12ul), (QuarantineReason.BreakOfUnknownExecution, 13ul), (QuarantineReason.ExecutionOutOfRange, 14ul)],
            _bench.Quarantined.Select(kept => (kept.Contradiction, kept.MatchNumber)));
        Assert.All(_bench.Quarantined, kept => Assert.Equal(ResponseKind.Unbookable, kept.Kind));
        ResponseEvent first = _bench.Quarantined[0];
        Assert.Equal((4711u, 3_000_000_000u, ulong.MaxValue), (first.UserRefNum, (uint)first.QuantityShares, first.OfferReference));
        Assert.Equal((Universe.NoTicker, (ushort)0), (first.TickerIndex, _bench.Quarantined[2].TickerIndex));
        Assert.False(_bench.Gate.IsOpen);
        Assert.Equal(_bench.Venue.Messages.Count, _bench.BookedThrough);
    }

    [Fact]
    public void should_mark_what_it_books_all_the_same_as_a_contradiction()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 10, 150_0001, match: 1);
        _bench.Venue.Execute(number, 10, 150_0000, match: 1);
        _bench.Venue.Execute(number, 91, 150_0000, match: 2);
        _bench.Venue.Cancel(number, 5);
        _bench.Venue.SayRaw((byte)'?');
        _bench.Run();
        Assert.Equal(
            [QuarantineReason.ExecutionAtWorsePrice, QuarantineReason.ExecutionRepeated, QuarantineReason.ExecutionOfTooMuch, QuarantineReason.CanceledUnknownOrder, QuarantineReason.Malformed],
            _bench.Quarantined.Select(kept => kept.Contradiction));
        Assert.Equal([1ul, 2ul], _bench.Booked.Select(booked => booked.MatchNumber));
    }

    [Fact]
    public void should_not_keep_again_what_is_replayed()
    {
        uint number = SendAccepted();
        _bench.Venue.Execute(number, 10, 150_0001, match: 1);
        _bench.Run();
        _bench.KillAndRestart();
        _bench.Run();
        Assert.Single(_bench.Quarantined);
    }

    private uint SendAccepted()
    {
        _bench.Want();
        _bench.Run();
        uint number = _bench.Venue.Orders[^1].UserRefNum;
        _bench.Venue.Accept(number);
        _bench.Run();
        return number;
    }

    private void AssertContradiction(int count, int bookings)
    {
        Assert.Equal(count, _bench.Counters.Read(Counter.ExecutionContradictions));
        Assert.Equal(bookings, _bench.Booked.Count);
        Assert.Equal(_bench.Venue.Messages.Count, _bench.BookedThrough);
    }
}
