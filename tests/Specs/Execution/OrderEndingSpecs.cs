using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Tests.Specs.Execution;

/// <summary>Every ending of an order in section 6 of the design.</summary>
public sealed class OrderEndingSpecs
{
    private readonly Bench _bench = Bench.Live();

    [Fact]
    public void should_send_an_immediate_or_cancel_order_on_the_agreed_terms()
    {
        uint number = Send(shares: 100, price: 150_2500, side: Side.Sell, ticker: 1);
        EnterOrder order = _bench.Venue.Orders.Single();
        Assert.Equal((number, OuchSide.Sell, 100u, Symbol.Parse("MSFT"), 150_2500ul),
            (order.UserRefNum, order.Side, order.QuantityShares, order.Symbol, order.Price));
        Assert.Equal(((byte)'3', (byte)'N', (byte)'P', (byte)'N', (byte)'N'),
            (order.TimeInForce, order.Display, order.Capacity, order.CrossType, order.Iso));
        Assert.Equal("MM01", order.ClOrdId.ToString());
        Assert.Equal(1, _bench.Counters.Read(Counter.ExecutionSent));
    }

    [Fact]
    public void should_end_an_order_that_executes_in_full_in_several_parts()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 30, 149_0000, match: 1);
        _bench.Venue.Execute(number, 50, 150_0000, match: 2);
        _bench.Venue.Execute(number, 20, 150_0000, match: 3);
        _bench.Run();
        ResponseEvent[] executed = _bench.Of(ResponseKind.Executed);
        Assert.Equal([70, 20, 0], executed.Select(e => e.LeavesShares));
        Assert.Equal([30, 50, 20], executed.Select(e => e.QuantityShares));
        Assert.Equal([149_0000, 150_0000, 150_0000], executed.Select(e => e.ExecutionPrice));
        Assert.Equal([1ul, 2ul, 3ul], executed.Select(e => e.MatchNumber));
        AssertOver(wins: 1, losses: 0);
        Assert.Equal(100, _bench.Book[0].PositionShares);
        Assert.Equal(Bench.CashAtStart - (30 * 149_0000 + 70 * 150_0000), _bench.Book.CashFree);
    }

    [Fact]
    public void should_end_an_order_that_executes_in_part_when_the_rest_is_canceled()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 30, 150_0000, match: 1);
        _bench.Venue.Cancel(number, 70);
        _bench.Run();
        ResponseEvent canceled = Assert.Single(_bench.Of(ResponseKind.Canceled));
        Assert.Equal((70, 0, (byte)'I'), (canceled.QuantityShares, canceled.LeavesShares, canceled.ReasonCode));
        AssertOver(wins: 1, losses: 0);
    }

    [Fact]
    public void should_go_on_after_a_cancel_that_is_a_mere_reduction()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Cancel(number, 40);
        _bench.Run();
        Assert.Equal(1, _bench.Book.OrdersInFlight);
        _bench.Venue.Execute(number, 60, 150_0000, match: 9);
        _bench.Run();
        AssertOver(wins: 1, losses: 0);
    }

    [Fact]
    public void should_count_a_canceled_order_as_lost()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Cancel(number, 100);
        _bench.Run();
        AssertOver(wins: 0, losses: 1);
        Assert.Equal(Bench.CashAtStart, _bench.Book.CashFree);
    }

    [Fact]
    public void should_count_an_order_that_is_dead_on_arrival_as_lost()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number, state: 'D');
        _bench.Run();
        Assert.Empty(_bench.Of(ResponseKind.Accepted));
        ResponseEvent canceled = Assert.Single(_bench.Of(ResponseKind.Canceled));
        Assert.Equal((100, 0), (canceled.QuantityShares, canceled.LeavesShares));
        AssertOver(wins: 0, losses: 1);
    }

    [Fact]
    public void should_release_a_rejected_order_and_say_why()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Reject(number, OuchRejectReason.RiskShortSellRestricted);
        _bench.Run();
        ResponseEvent rejected = Assert.Single(_bench.Of(ResponseKind.Rejected));
        Assert.Equal((100, 0, (ushort)0x23), (rejected.QuantityShares, rejected.LeavesShares, rejected.RejectCode));
        Assert.Equal(1, _bench.Counters.Read(Counter.ExecutionRejects));
        Assert.Equal(0x23, Assert.Single(_bench.Said(LogMessage.OrderRejected)).B);
        AssertOver(wins: 0, losses: 0);
    }

    [Fact]
    public void should_release_what_self_match_prevention_takes_off()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 30, 150_0000, match: 1);
        _bench.Venue.CancelSelfMatch(number, 70);
        _bench.Run();
        ResponseEvent canceled = Assert.Single(_bench.Of(ResponseKind.Canceled));
        Assert.Equal((70, 0, (byte)'Q'), (canceled.QuantityShares, canceled.LeavesShares, canceled.ReasonCode));
        AssertOver(wins: 1, losses: 0);
    }

    [Fact]
    public void should_undo_a_broken_trade_by_its_match_number()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 30, 149_0000, match: 41);
        _bench.Venue.Execute(number, 70, 150_0000, match: 42);
        _bench.Venue.Break(number, match: 41);
        _bench.Run();
        ResponseEvent broken = Assert.Single(_bench.Of(ResponseKind.Broken));
        Assert.Equal((41ul, 30, 149_0000, Side.Buy, (byte)'E'),
            (broken.MatchNumber, broken.QuantityShares, broken.ExecutionPrice, broken.OrderSide, broken.ReasonCode));
        Assert.Equal(70, _bench.Book[0].PositionShares);
        Assert.Equal(Bench.CashAtStart - 70 * 150_0000, _bench.Book.CashFree);
        AssertOver(wins: 1, losses: 0);
    }

    [Fact]
    public void should_undo_a_trade_of_an_earlier_run_that_the_journal_remembers()
    {
        uint number = Send(shares: 100);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 100, 150_0000, match: 41);
        _bench.Run();
        _bench.KillAndRestart();
        _bench.Run();
        _bench.Venue.Break(number, match: 41);
        _bench.Run();
        Assert.Equal((100, 150_0000), _bench.Of(ResponseKind.Broken).Select(b => (b.QuantityShares, b.ExecutionPrice)).Single());
        Assert.Equal(0, _bench.Book[0].PositionShares);
        Assert.Equal(Bench.CashAtStart, _bench.Book.CashFree);
    }

    [Fact]
    public void should_move_the_sequence_numbers_on_at_every_message()
    {
        long before = _bench.BookedThrough;
        _bench.Venue.SayStartOfDay();
        _bench.Venue.SayNextUserRefNum(1);
        _bench.Run();
        Assert.Equal(before + 2, _bench.BookedThrough);
        Assert.Equal(before + 3, _bench.ReplayFrom);
    }

    [Fact]
    public void should_replay_from_the_accepted_of_the_oldest_unfinished_order()
    {
        (uint first, uint second) = (Send(), Send());
        _bench.Venue.Accept(first);
        _bench.Run();
        long acceptedFirst = _bench.BookedThrough;
        _bench.Venue.Accept(second);
        _bench.Venue.Execute(second, 100, 150_0000, match: 2);
        _bench.Run();
        Assert.Equal(acceptedFirst, _bench.ReplayFrom);
        _bench.Venue.Execute(first, 100, 150_0000, match: 1);
        _bench.Run();
        Assert.Equal(_bench.BookedThrough + 1, _bench.ReplayFrom);
    }

    [Fact]
    public void should_keep_the_hop_times_with_an_execution()
    {
        long receivedNs = _bench.Time.NowNs - 5_000;
        uint number = Send();
        _bench.Time.AdvanceMs(2);
        _bench.Venue.Accept(number);
        _bench.Venue.Execute(number, 100, 150_0000, match: 1);
        _bench.Run();
        ResponseEvent executed = _bench.Of(ResponseKind.Executed).Single();
        Assert.Equal((receivedNs, 1u, 2u, 3u, 5_000u),
            (executed.ReceivedNs, executed.DecodedDeltaNs, executed.PricedDeltaNs, executed.DecidedDeltaNs, executed.SentDeltaNs));
        Assert.Equal(_bench.Time.NowNs, executed.AnsweredNs);
        Assert.Equal(1, _bench.Counters[HopHistogram.ReceivedToSent].Count);
        Assert.Equal(1, _bench.Counters[HopHistogram.SentToAnswered].Count);
        Assert.Equal(77ul, executed.OfferReference);
    }

    private uint Send(int shares = 100, int price = 150_0000, Side side = Side.Buy, ushort ticker = 0)
    {
        _bench.Want(shares, price, side, ticker);
        _bench.Run(3);
        return _bench.Venue.Orders[^1].UserRefNum;
    }

    private void AssertOver(int wins, int losses)
    {
        Assert.Equal(0, _bench.Book.OrdersInFlight);
        Assert.Equal(0, _bench.Book.CashReserved);
        Assert.Equal(0, _bench.Book.Contradictions);
        Assert.Equal((wins, losses), (_bench.Counters.Read(Counter.ExecutionWins), _bench.Counters.Read(Counter.ExecutionLosses)));
        Assert.Equal(0, _bench.Counters.Read(Counter.ExecutionContradictions));
    }
}
