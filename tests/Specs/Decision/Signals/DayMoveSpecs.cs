using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class DayMoveSpecs
{
    private readonly DayMove _move = new(new DayMoveOptions(), tickerCount: 2);

    [Theory]
    [InlineData(1_069_999, DayMoveState.Free)]
    [InlineData(1_070_000, DayMoveState.SellOnly)]
    [InlineData(930_001, DayMoveState.Free)]
    [InlineData(930_000, DayMoveState.SellOnly)]
    [InlineData(1_099_999, DayMoveState.SellOnly)]
    [InlineData(1_100_000, DayMoveState.Denied)]
    [InlineData(900_000, DayMoveState.Denied)]
    public void should_stop_a_ticker_from_exactly_the_move_on(int price, DayMoveState expected)
    {
        _move.OnOpen(0, 1_000_000);
        Assert.Equal(expected != DayMoveState.Free, _move.OnPrice(0, price));
        Assert.Equal(expected, _move[0]);
        Assert.Equal(DayMoveState.Free, _move[1]);
    }

    [Fact]
    public void should_stay_stopped_until_the_next_day_when_the_price_comes_back()
    {
        _move.OnOpen(0, 1_000_000);
        _move.OnPrice(0, 1_080_000);
        Assert.False(_move.OnPrice(0, 1_000_000));
        Assert.Equal(DayMoveState.SellOnly, _move[0]);
        _move.OnPrice(0, 890_000);
        _move.OnPrice(0, 1_000_000);
        Assert.Equal(DayMoveState.Denied, _move[0]);
        _move.StartDay();
        Assert.Equal(DayMoveState.Free, _move[0]);
        _move.OnPrice(0, 890_000);
        Assert.Equal(DayMoveState.Free, _move[0]);
    }

    [Fact]
    public void should_take_the_first_price_for_the_open_and_judge_the_day_anew_when_the_open_is_told()
    {
        _move.OnPrice(0, 1_000_000);
        _move.OnPrice(0, 1_050_000);
        Assert.Equal(DayMoveState.Free, _move[0]);
        Assert.True(_move.OnOpen(0, 950_000));
        Assert.Equal(DayMoveState.Denied, _move[0]);
        // The other way too: what looked like a move was one before the open.
        Assert.True(_move.OnOpen(0, 1_020_000));
        Assert.Equal(DayMoveState.Free, _move[0]);
        Assert.False(_move.OnOpen(0, 0));
    }

    [Fact]
    public void should_call_an_open_alone_no_move()
    {
        Assert.False(_move.OnOpen(0, 1_000_000));
        Assert.Equal(DayMoveState.Free, _move[0]);
    }

    [Fact]
    public void should_be_as_strict_after_a_restart_as_before()
    {
        _move.OnOpen(0, 1_000_000);
        _move.OnPrice(0, 1_080_000);
        _move.OnPrice(0, 1_000_000);
        DayMove later = new(new DayMoveOptions(), tickerCount: 2);
        later.Restore(0, _move.RangeOf(0));
        Assert.Equal(DayMoveState.SellOnly, later[0]);
        later.OnPrice(0, 900_000);
        Assert.Equal(DayMoveState.Denied, later[0]);
    }

    [Fact]
    public void should_leave_a_ticker_free_of_which_an_earlier_run_knew_nothing()
    {
        _move.Restore(0, default);
        Assert.Equal(DayMoveState.Free, _move[0]);
        _move.Restore(0, new DayRange(Open: 1_000_000, Low: 0, High: 0));
        Assert.Equal(DayMoveState.Free, _move[0]);
        _move.OnPrice(0, 1_100_000);
        Assert.Equal(DayMoveState.Denied, _move[0]);
    }

    [Fact]
    public void should_compare_the_highest_prices_without_overflow()
    {
        _move.OnOpen(0, 1);
        _move.OnPrice(0, Money.PriceMax);
        Assert.Equal(DayMoveState.Denied, _move[0]);
        _move.OnOpen(1, Money.PriceMax);
        _move.OnPrice(1, Money.PriceMax - 1);
        Assert.Equal(DayMoveState.Free, _move[1]);
    }
}
