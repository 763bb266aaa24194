using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class LimitSpecs
{
    private const long Cash = 1_000_000L * Money.UnitsPerDollar;

    [Fact]
    public void should_refuse_what_would_use_more_of_the_capital_than_allowed()
    {
        DecisionCore core = new(Events.Plain with { RentAPpm = 0, TickerUsedMaxPpm = 1_000_000, CapitalUsedMaxPpm = 40_000 }, new TradeBook(2, Cash));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 10_000), out ExecuteEvent order));
        Assert.Equal(444, order.QuantityShares);
        Assert.Equal(RefusalReason.CapitalLimit, core.Send(Events.Offer(Side.Sell, 90_0000, 10_000, ticker: 1), out _));
    }

    [Fact]
    public void should_refuse_the_order_beyond_the_rate_of_all_and_take_it_a_window_later()
    {
        DecisionCore core = new(Events.Plain with { SendsPerSecondMax = 3 }, new TradeBook(4, Cash));
        for (ushort i = 0; i < 3; i++) Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1, i), out _));
        Assert.Equal(RefusalReason.SendRateLimit, core.Send(Events.Offer(Side.Sell, 90_0000, 1, 3, atNs: Events.SecondNs - 1), out _));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1, 3, atNs: Events.SecondNs * 8 / 7 + 8), out _));
    }

    [Fact]
    public void should_refuse_the_order_beyond_the_rate_of_one_ticker_and_still_take_others()
    {
        DecisionCore core = new(Events.Plain with { TickerSendsPerSecondMax = 2 }, new TradeBook(2, Cash));
        for (int i = 0; i < 2; i++) Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1), out _));
        Assert.Equal(RefusalReason.TickerRateLimit, core.Send(Events.Offer(Side.Sell, 90_0000, 1), out _));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1, ticker: 1), out _));
    }

    [Fact]
    public void should_refuse_when_one_ticker_won_too_often_in_a_minute_those_in_flight_included()
    {
        DecisionCore core = new(Events.Plain with { TickerWinsPerMinuteMax = 3 }, new TradeBook(2, Cash));
        for (int i = 0; i < 2; i++) core.Win(Events.Offer(Side.Sell, 90_0000, 1, atNs: i));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1), out ExecuteEvent open));
        Assert.Equal(RefusalReason.RepeatedExecution, core.Send(Events.Offer(Side.Sell, 90_0000, 1), out _));
        core.OnResponse(Events.End(open, ResponseKind.Canceled));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1), out open));
        core.OnResponse(Events.End(open, ResponseKind.Executed));
        Assert.Equal(RefusalReason.RepeatedExecution, core.Send(Events.Offer(Side.Sell, 90_0000, 1, atNs: 59 * Events.SecondNs), out _));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 1, atNs: 70 * Events.SecondNs), out _));
    }

    [Fact]
    public void should_trade_a_volatile_ticker_only_on_a_fresh_price_and_only_out_of_it()
    {
        TradeBook book = new(1, Cash);
        book.RestorePosition(0, 100);
        DecisionCore core = new(Events.Plain, book);
        OfferEvent buyer = Events.Offer(Side.Buy, 105_0000) with { Flags = TickerFlags.Volatile | TickerFlags.SellOnly, PriceAgeUs = 1_000_000 };
        Assert.Equal(RefusalReason.None, core.Judge(buyer, TradingStops.None, out _, out _));
        Assert.Equal(RefusalReason.StalePrice, core.Judge(buyer with { PriceAgeUs = 1_000_001 }, TradingStops.None, out _, out _));
        Assert.Equal(RefusalReason.SellOnly, core.Judge(buyer with { OfferSide = Side.Sell, Price = 95_0000 }, TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_pass_no_limit_whatever_comes_in_whatever_order()
    {
        DecisionOptions options = Events.Plain with
        {
            OrderNotionalMax = 3_000L * Money.UnitsPerDollar,
            CapitalUsedMaxPpm = 300_000,
            TickerUsedMaxPpm = 120_000,
            OrdersInFlightMax = 6,
            SendsPerSecondMax = 9,
            TickerSendsPerSecondMax = 4,
            TickerWinsPerMinuteMax = 12,
            DayLossHaltPpm = 1_000_000,
            DayLossStopBuyingPpm = 1_000_000,
        };
        // What, which ticker, at what price, how many, and how long after the last one.
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[80_0000, 120_0000], Gen.Int[1, 60], Gen.Int[0, 300]).Array[1, 400].Sample(events =>
        {
            TradeBook book = new(4, 50_000L * Money.UnitsPerDollar);
            DecisionCore core = new(options, book);
            LimitWatch watch = new(options, core);
            foreach ((int what, int ticker, int price, int quantity, int waitMs) in events)
                watch.Play(what, (ushort)ticker, price, quantity, waitMs * 1_000_000L);
        });
    }
}
