using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class WinRecordSpecs
{
    private const int Fair = 1_000_000;
    private const long Second = 1_000_000_000;
    private readonly WinRecord _record = new(new WinRecordOptions());
    private uint _order;

    [Theory]
    [InlineData(Side.Buy, 990_000, 2)]
    [InlineData(Side.Buy, 1_000_000, 0)]
    [InlineData(Side.Buy, 996_001, 0)]
    [InlineData(Side.Buy, 996_000, 1)]
    [InlineData(Side.Sell, 1_004_000, 1)]
    [InlineData(Side.Sell, 1_500_000, 7)]
    public void should_count_an_order_in_the_bucket_of_its_edge_and_side(Side side, int limit, int bucket)
    {
        Won(side, limit);
        Lost(side, limit);
        Assert.Equal(2, _record[side, bucket].Tries);
        Assert.Equal(1, _record[side, bucket].Wins);
        Assert.Equal(0, _record[side.Opposite(), bucket].Tries);
        Assert.Equal(2, _record.Tries);
    }

    [Fact]
    public void should_call_an_order_won_once_however_it_is_executed_and_however_it_ends()
    {
        ResponseEvent order = Order(Side.Buy, 990_000);
        _record.OnResponse(order with { Kind = ResponseKind.Accepted, LeavesShares = 10 });
        _record.OnResponse(order with { Kind = ResponseKind.Executed, LeavesShares = 6 });
        _record.OnResponse(order with { Kind = ResponseKind.Executed, LeavesShares = 2 });
        _record.OnResponse(order with { Kind = ResponseKind.Canceled, LeavesShares = 0 });
        Assert.Equal((1, 1), (_record.Tries, _record.Wins));
        // Its number is free again.
        Lost(Side.Buy, 990_000);
        Assert.Equal((2, 1), (_record.Tries, _record.Wins));
    }

    [Fact]
    public void should_wait_for_the_end_of_an_order_that_was_only_reduced()
    {
        ResponseEvent order = Order(Side.Buy, 990_000);
        _record.OnResponse(order with { Kind = ResponseKind.Canceled, LeavesShares = 5 });
        Assert.Equal(0, _record.Tries);
        _record.OnResponse(order with { Kind = ResponseKind.Executed, LeavesShares = 0 });
        Assert.Equal((1, 1), (_record.Tries, _record.Wins));
    }

    [Fact]
    public void should_tell_orders_that_are_open_together_apart()
    {
        ResponseEvent first = Order(Side.Buy, 990_000);
        ResponseEvent second = Order(Side.Buy, 990_000);
        _record.OnResponse(first with { Kind = ResponseKind.Executed, LeavesShares = 5 });
        _record.OnResponse(second with { Kind = ResponseKind.Canceled, LeavesShares = 0 });
        _record.OnResponse(first with { Kind = ResponseKind.Canceled, LeavesShares = 0 });
        Assert.Equal((2, 1), (_record.Tries, _record.Wins));
    }

    [Theory]
    [InlineData(ResponseKind.Rejected)]
    [InlineData(ResponseKind.NotSent)]
    [InlineData(ResponseKind.Broken)]
    [InlineData(ResponseKind.Unbookable)]
    public void should_call_what_never_competed_no_try(ResponseKind kind)
    {
        _record.OnResponse(Order(Side.Buy, 990_000) with { Kind = kind });
        Assert.Equal(0, _record.Tries);
    }

    [Fact]
    public void should_call_an_order_that_never_arrived_lost()
    {
        _record.OnResponse(Order(Side.Buy, 990_000) with { Kind = ResponseKind.NeverArrived });
        Assert.Equal((1, 0), (_record.Tries, _record.Wins));
    }

    [Fact]
    public void should_pass_over_orders_of_an_earlier_run_and_sales_below_the_fair_price()
    {
        _record.OnResponse(Order(Side.Buy, 990_000) with { Kind = ResponseKind.Canceled, FairPrice = 0 });
        _record.OnResponse(Order(Side.Sell, 995_000) with { Kind = ResponseKind.Executed });
        Assert.Equal(0, _record.Tries);
    }

    [Fact]
    public void should_begin_at_a_half_and_come_near_the_share_that_wins()
    {
        Assert.Equal(32_768, _record.WinShare(Side.Buy, 10_000));
        for (int i = 0; i < 1_000; i++) Won(Side.Buy, 990_000);
        Assert.InRange(_record.WinShare(Side.Buy, 10_000), 65_500, 65_536);
        for (int i = 0; i < 1_000; i++) Lost(Side.Buy, 990_000);
        Assert.InRange(_record.WinShare(Side.Buy, 10_000), 0, 36);
        Assert.Equal(32_768, _record.WinShare(Side.Sell, 10_000));
        Assert.Equal(32_768, _record.WinShare(Side.Buy, 100));
    }

    [Fact]
    public void should_slow_the_sends_down_for_a_minute_after_fifty_losses_in_a_row()
    {
        for (int i = 0; i < 49; i++) Assert.False(Lost(Side.Buy, 990_000, atNs: 5 * Second));
        Won(Side.Buy, 990_000);
        for (int i = 0; i < 49; i++) Assert.False(Lost(Side.Sell, 1_010_000, atNs: 5 * Second));
        Assert.False(_record.IsSlowedDown(5 * Second));
        Assert.True(Lost(Side.Buy, 990_000, atNs: 5 * Second));
        Assert.True(_record.IsSlowedDown((65 * Second) - 1));
        Assert.False(_record.IsSlowedDown(65 * Second));
        Assert.Equal(1, _record.SlowDowns);
        // It takes another fifty.
        Assert.False(Lost(Side.Buy, 990_000, atNs: 6 * Second));
    }

    private bool Won(Side side, int limit) => _record.OnResponse(Order(side, limit) with { Kind = ResponseKind.Executed });

    private bool Lost(Side side, int limit, long atNs = 0) =>
        _record.OnResponse(Order(side, limit) with { Kind = ResponseKind.Canceled, AnsweredNs = atNs });

    private ResponseEvent Order(Side side, int limit) => new()
    {
        OrderSide = side,
        LimitPrice = limit,
        FairPrice = Fair,
        UserRefNum = ++_order,
    };
}
