using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class TradeBookSpecs
{
    private const long Cash = 1_000_000;
    private readonly TradeBook _book = new(1, Cash);

    [Fact]
    public void should_reserve_at_the_limit_price_and_pay_at_the_execution_price()
    {
        _book.Reserve(0, Side.Buy, 10, 100);
        Assert.Equal(Cash - 1_000, _book.CashFree);
        _book.Apply(Response(ResponseKind.Executed, Side.Buy, 10, leaves: 0, executionPrice: 95));
        Assert.Equal(Cash - 950, _book.CashFree);
        Assert.Equal(0, _book.CashReserved);
        Assert.Equal(10, _book[0].PositionShares);
        Assert.Equal(0, _book.OrdersInFlight);
    }

    [Fact]
    public void should_keep_the_rest_reserved_until_the_order_is_over()
    {
        _book.Reserve(0, Side.Buy, 10, 100);
        _book.Apply(Response(ResponseKind.Accepted, Side.Buy, 10, leaves: 10));
        _book.Apply(Response(ResponseKind.Executed, Side.Buy, 4, leaves: 6, executionPrice: 100));
        Assert.Equal(600, _book.CashReserved);
        Assert.Equal(1, _book.OrdersInFlight);
        _book.Apply(Response(ResponseKind.Canceled, Side.Buy, 6, leaves: 0));
        Assert.Equal(0, _book.CashReserved);
        Assert.Equal(Cash - 400, _book.CashFree);
        Assert.Equal(0, _book.OrdersInFlight);
    }

    [Theory]
    [InlineData(ResponseKind.Canceled)]
    [InlineData(ResponseKind.Rejected)]
    [InlineData(ResponseKind.NeverArrived)]
    [InlineData(ResponseKind.NotSent)]
    public void should_release_everything_when_an_order_ends_without_execution(ResponseKind ending)
    {
        _book.RestorePosition(0, 10);
        _book.Reserve(0, Side.Buy, 5, 100);
        _book.Reserve(0, Side.Sell, 10, 100);
        _book.Apply(Response(ending, Side.Buy, 5, leaves: 0));
        _book.Apply(Response(ending, Side.Sell, 10, leaves: 0));
        Assert.Equal(Cash, _book.CashFree);
        Assert.Equal(10, _book[0].FreeShares);
        Assert.Equal(0, _book.OrdersInFlight);
    }

    [Fact]
    public void should_reserve_again_for_an_order_of_an_earlier_run()
    {
        _book.Apply(Response(ResponseKind.Restored, Side.Buy, 7, leaves: 7));
        Assert.Equal(700, _book.CashReserved);
        Assert.Equal(1, _book.OrdersInFlight);
    }

    [Fact]
    public void should_undo_cash_and_position_of_a_broken_trade()
    {
        _book.Reserve(0, Side.Buy, 10, 100);
        _book.Apply(Response(ResponseKind.Executed, Side.Buy, 10, leaves: 0, executionPrice: 95));
        _book.Apply(Response(ResponseKind.Broken, Side.Buy, 10, leaves: 0, executionPrice: 95));
        Assert.Equal(Cash, _book.CashFree);
        Assert.Equal(0, _book[0].PositionShares);
    }

    [Fact]
    public void should_keep_cash_to_buy_back_what_is_or_may_be_sold_short()
    {
        _book.Mark(0, 100);
        _book.RestorePosition(0, 4);
        _book.Reserve(0, Side.Sell, 10, 102);
        Assert.Equal(Cash - 6 * 100, _book.CashAvailable);
        _book.Apply(Response(ResponseKind.Executed, Side.Sell, 10, leaves: 0, executionPrice: 102));
        Assert.Equal(Cash + 10 * 102 - 6 * 100, _book.CashAvailable);
        _book.Mark(0, 110);
        Assert.Equal(Cash + 10 * 102 - 6 * 110, _book.CashAvailable);
        _book.Reserve(0, Side.Buy, 6, 110);
        _book.Apply(Response(ResponseKind.Executed, Side.Buy, 6, leaves: 0, executionPrice: 110, limitPrice: 110));
        Assert.Equal(0, _book.ShortCash);
    }

    [Fact]
    public void should_never_release_more_than_was_reserved()
    {
        _book.Reserve(0, Side.Buy, 1, 100);
        _book.Apply(Response(ResponseKind.Canceled, Side.Buy, 2, leaves: 1));
        Assert.Equal(1, _book.Contradictions);
        Assert.Equal(Cash - 100, _book.CashFree);
    }

    [Fact]
    public void should_value_the_stock_at_the_last_fair_price()
    {
        _book.Mark(0, 50);
        _book.RestorePosition(0, 0);
        _book.Reserve(0, Side.Buy, 10, 100);
        _book.Apply(Response(ResponseKind.Executed, Side.Buy, 10, leaves: 0, executionPrice: 100));
        Assert.Equal(500, _book.InventoryValue);
        _book.Mark(0, 60);
        Assert.Equal(600, _book.InventoryValue);
    }

    [Fact]
    public void should_neither_make_nor_lose_money_whatever_becomes_of_the_orders() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 50], Gen.Int[0, 50], Gen.Int[1, 200], Gen.Int[0, 20]).Array[1, 40].Sample(orders =>
        {
            TradeBook book = new(1, Cash);
            book.RestorePosition(0, 10_000);
            long cash = Cash, shares = 10_000;
            foreach ((bool buys, int quantity, int executes, int limit, int better) in orders)
            {
                Side side = buys ? Side.Buy : Side.Sell;
                int executed = Math.Min(executes, quantity);
                int price = buys ? Math.Max(1, limit - better) : limit + better;
                book.Reserve(0, side, quantity, limit);
                if (executed > 0) book.Apply(Response(ResponseKind.Executed, side, executed, quantity - executed, price, limit));
                if (executed < quantity) book.Apply(Response(ResponseKind.Canceled, side, quantity - executed, 0, 0, limit));
                cash += buys ? -(long)executed * price : (long)executed * price;
                shares += buys ? executed : -executed;
            }

            return book.CashFree == cash && book.CashReserved == 0 && book[0].PositionShares == shares
                && book[0].ReservedShares == 0 && book.OrdersInFlight == 0 && book.Contradictions == 0;
        });

    private static ResponseEvent Response(
        ResponseKind kind, Side side, int quantity, int leaves, int executionPrice = 0, int limitPrice = 100) => new()
        {
            Kind = kind,
            OrderSide = side,
            QuantityShares = quantity,
            LeavesShares = leaves,
            LimitPrice = limitPrice,
            ExecutionPrice = executionPrice,
        };
}
