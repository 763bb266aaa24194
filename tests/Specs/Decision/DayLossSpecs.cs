using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class DayLossSpecs
{
    private const long Cash = 900_000L * Money.UnitsPerDollar;
    private const int Shares = 1_000;
    private static readonly OfferEvent Seller = Events.Offer(Side.Sell, 90_0000, 1, ticker: 1);
    private static readonly OfferEvent Buyer = Events.Offer(Side.Buy, 110_0000, 1);

    [Fact]
    public void should_stop_the_buys_at_exactly_one_percent_and_take_them_up_again_when_it_is_less()
    {
        DecisionCore core = Start();
        // 1,000 shares of a million dollars in all: 10 dollars down is one percent.
        Move(core, 90_0001);
        Assert.Equal((RefusalReason.None, false), (Judge(core, Seller), core.MustNotBuy));
        Move(core, 90_0000);
        Assert.Equal((10_000, true), (core.DayLossPpm, core.MustNotBuy));
        Assert.Equal(RefusalReason.DayLoss, Judge(core, Seller));
        Assert.Equal(RefusalReason.None, Judge(core, Buyer));
        Move(core, 95_0000);
        Assert.Equal(RefusalReason.None, Judge(core, Seller));
        Assert.False(core.MustHalt);
    }

    [Fact]
    public void should_end_everything_for_good_at_two_percent()
    {
        DecisionCore core = Start();
        Move(core, 80_0001);
        Assert.False(core.MustHalt);
        Move(core, 80_0000);
        Assert.True(core.MustHalt);
        Assert.Equal((RefusalReason.DayLoss, RefusalReason.DayLoss), (Judge(core, Seller), Judge(core, Buyer)));
        Move(core, 200_0000);
        Assert.True(core.MustHalt);
        Assert.Equal((RefusalReason.DayLoss, RefusalReason.DayLoss), (Judge(core, Seller), Judge(core, Buyer)));
    }

    [Fact]
    public void should_not_call_stock_without_a_price_a_loss()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, Shares);
        DecisionCore core = new(Events.Plain, book, new StrategyState(2) { OpeningEquity = 1_000_000L * Money.UnitsPerDollar });
        core.OnPrice(Events.Tick(1));
        Assert.False(core.MustHalt);
        core.OnPrice(Events.Price(0, 100_0000));
        core.OnPrice(Events.Tick(2));
        Assert.Equal(0, core.DayLossPpm);
    }

    [Fact]
    public void should_go_on_from_the_days_opening_equity_after_a_restart()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, Shares);
        DecisionCore core = new(Events.Plain, book, new StrategyState(2) { OpeningEquity = 1_020_500L * Money.UnitsPerDollar });
        Move(core, 100_0000);
        Assert.True(core.MustHalt);
    }

    [Fact]
    public void should_judge_what_has_a_price_while_other_stock_has_none()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, Shares);
        book.RestorePosition(1, Shares);
        DecisionCore core = new(Events.Plain, book);
        Move(core, 100_0000);
        Move(core, 90_0000);
        Assert.Equal((10_000, true, StrategyState.Unknown), (core.DayLossPpm, core.MustNotBuy, core.OpeningEquity));
        // Its first price is no gain that would hide the loss: it counts on both sides.
        core.OnPrice(Events.Price(1, 60_0000));
        core.OnPrice(Events.Tick(2));
        Assert.Equal((9_433, false, 1_060_000L * Money.UnitsPerDollar), (core.DayLossPpm, core.MustNotBuy, core.OpeningEquity));
        Move(core, 78_8000);
        Assert.True(core.MustHalt);
    }

    [Fact]
    public void should_end_everything_even_if_one_ticker_never_gets_a_price()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, Shares);
        book.RestorePosition(1, Shares);
        DecisionCore core = new(Events.Plain, book);
        Move(core, 100_0000);
        Move(core, 80_0000);
        Assert.True(core.MustHalt);
    }

    [Fact]
    public void should_neither_win_nor_lose_by_an_execution_in_stock_without_a_price()
    {
        DecisionCore core = Start();
        ExecuteEvent order = new() { TickerIndex = 1, OrderSide = Side.Buy, QuantityShares = 500, LimitPrice = 60_0000 };
        core.OnResponse(Events.End(order, ResponseKind.Restored) with { LeavesShares = 500 });
        core.OnResponse(Events.End(order, ResponseKind.Executed));
        Assert.Equal((0, false), (core.DayLossPpm, core.MustNotBuy));
        core.OnPrice(Events.Price(1, 40_0000));
        core.OnPrice(Events.Tick(2));
        Assert.Equal(0, core.DayLossPpm);
        // From its first price on it counts: 20 dollars of 500 shares are one percent.
        core.OnPrice(Events.Price(1, 19_8000));
        core.OnPrice(Events.Tick(3));
        Assert.True(core.MustNotBuy);
    }

    [Fact]
    public void should_count_stock_at_the_days_high_after_a_restart_until_its_price_comes()
    {
        StrategyState state = new(2) { OpeningEquity = 1_000_000L * Money.UnitsPerDollar };
        state.Set(0, StrategyState.Unknown, new DayRange(100_0000, 99_0000, 101_0000));
        DecisionCore core = new(Events.Plain, Held(Cash), state);
        core.OnPrice(Events.Tick(1));
        Assert.Equal((0, false, 101_000L * Money.UnitsPerDollar), (core.DayLossPpm, core.MustNotBuy, core.Book.CapitalUsed));
        // Cash alone has lost two percent, whatever the stock is worth now.
        core = new DecisionCore(Events.Plain, Held(879_000L * Money.UnitsPerDollar), state);
        core.OnPrice(Events.Tick(1));
        Assert.True(core.MustHalt);
    }

    [Fact]
    public void should_stop_the_buys_after_a_restart_while_nobody_knows_what_stock_is_worth()
    {
        DecisionCore core = new(Events.Plain, Held(Cash), new StrategyState(2) { OpeningEquity = 1_000_000L * Money.UnitsPerDollar });
        core.OnPrice(Events.Tick(1));
        Assert.Equal((true, false), (core.MustNotBuy, core.MustHalt));
        Move(core, 100_0000);
        Assert.Equal((false, false), (core.MustNotBuy, core.MustHalt));
    }

    [Fact]
    public void should_say_short_sales_are_buys_while_the_loss_stops_them()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, Shares);
        DecisionCore core = new(Events.Plain with { ShortSelling = true }, book);
        Move(core, 100_0000);
        Move(core, 90_0000);
        Assert.Equal(RefusalReason.DayLoss, Judge(core, Buyer with { TickerIndex = 1 }));
        Assert.Equal(RefusalReason.None, Judge(core, Buyer));
    }

    [Fact]
    public void should_count_the_loss_from_the_new_days_capital_on_and_buy_again()
    {
        DecisionCore core = Start();
        Move(core, 85_0000);
        Assert.True(core.MustNotBuy);
        core.OnPrice(Events.NewDay(2026_11_24));
        Assert.Equal((985_000L * Money.UnitsPerDollar, 0, false), (core.OpeningEquity, core.DayLossPpm, core.MustNotBuy));
        Assert.Equal(RefusalReason.None, Judge(core, Seller));
        Move(core, 75_1501);
        Assert.False(core.MustNotBuy);
        Move(core, 75_1500);
        Assert.True(core.MustNotBuy);
    }

    [Fact]
    public void should_not_let_a_new_day_undo_what_ended_trading_for_good()
    {
        DecisionCore core = Start();
        Move(core, 80_0000);
        core.OnPrice(Events.NewDay(2026_11_24));
        Assert.True(core.MustHalt);
        Assert.Equal((RefusalReason.DayLoss, RefusalReason.DayLoss), (Judge(core, Seller), Judge(core, Buyer)));
    }

    private static TradeBook Held(long cash)
    {
        TradeBook book = new(2, cash);
        book.RestorePosition(0, Shares);
        return book;
    }

    private static DecisionCore Start()
    {
        DecisionCore core = new(Events.Plain, Held(Cash));
        Move(core, 100_0000);
        Assert.Equal(1_000_000L * Money.UnitsPerDollar, core.OpeningEquity);
        return core;
    }

    private static void Move(DecisionCore core, int price)
    {
        core.OnPrice(Events.Price(0, price));
        core.OnPrice(Events.Tick(1));
    }

    private static RefusalReason Judge(DecisionCore core, OfferEvent offer) => core.Judge(offer, TradingStops.None, out _, out _);
}
