using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class PacingSpecs
{
    private const long Cash = 100_000L * Money.UnitsPerDollar;
    private static readonly DecisionOptions Wide = Events.Plain with { TickerUsedMaxPpm = 1_000_000, CapitalUsedMaxPpm = 1_000_000 };

    [Fact]
    public void should_ask_the_floor_while_capital_is_idle_and_more_when_offers_outrun_it()
    {
        DecisionCore core = new(Wide, new TradeBook(2, Cash));
        core.OnPrice(Events.Price(0, Events.Fair));
        core.OnPrice(Events.Tick(1));
        OfferEvent barely = Events.Offer(Side.Sell, 99_0000, 10, ticker: 1);
        Assert.Equal(RefusalReason.None, core.Judge(barely, TradingStops.None, out _, out _));
        core.Win(Events.Offer(Side.Sell, 99_0000, 490));
        Assert.Equal(0, core.RentPpmPer1000S);
        Assert.Equal(RefusalReason.None, core.Judge(barely, TradingStops.None, out _, out _));
        core.Win(Events.Offer(Side.Sell, 90_0000, 450));
        Assert.True(core.RentPpmPer1000S > 0);
        Assert.Equal(RefusalReason.CapitalPrice, core.Judge(barely, TradingStops.None, out _, out _));
        Assert.Equal(RefusalReason.None, core.Judge(Events.Offer(Side.Sell, 80_0000, 10, ticker: 1), TradingStops.None, out _, out _));
        Assert.True(core.RequiredBuyEdgePpm > 10_000);

        // Sales free capital, and the price falls by itself.
        core.Win(Events.Offer(Side.Buy, 101_0000, 490));
        Assert.Equal(0, core.RentPpmPer1000S);
        Assert.Equal(RefusalReason.None, core.Judge(barely, TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_count_orders_in_flight_as_capital_in_use_and_forget_them_when_they_are_lost()
    {
        DecisionCore core = new(Wide, new TradeBook(1, Cash));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 500), out ExecuteEvent first));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 90_0000, 500), out ExecuteEvent second));
        Assert.True(core.RentPpmPer1000S > 0);
        core.OnResponse(Events.End(first, ResponseKind.Canceled));
        core.OnResponse(Events.End(second, ResponseKind.NotSent));
        Assert.Equal(0, core.RentPpmPer1000S);
    }

    [Fact]
    public void should_ask_as_if_all_capital_were_in_use_while_some_stock_has_no_price()
    {
        TradeBook book = new(2, Cash);
        book.RestorePosition(0, 1);
        DecisionCore core = new(Wide, book);
        OfferEvent barely = Events.Offer(Side.Sell, 99_0000, 100, ticker: 1);
        Assert.Equal(RefusalReason.CapitalPrice, core.Judge(barely, TradingStops.None, out _, out _));
        core.OnPrice(Events.Price(0, Events.Fair));
        core.OnPrice(Events.Tick(1));
        Assert.Equal(0, core.RentPpmPer1000S);
        Assert.Equal(RefusalReason.None, core.Judge(barely, TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_ask_less_in_a_ticker_that_sells_fast()
    {
        DecisionCore core = new(Wide, new TradeBook(3, Cash));
        core.Win(Events.Offer(Side.Sell, 90_0000, 500, ticker: 2));
        core.OnPrice(Events.Price(2, 180_0000));
        core.OnPrice(Events.Tick(1));
        Assert.True(core.RentPpmPer1000S > 0);
        for (int i = 0; i < 2_000; i++) core.Judge(Events.Offer(Side.Buy, 102_0000, 400, ticker: 1), TradingStops.None, out _, out _);
        Assert.Equal(RefusalReason.CapitalPrice, core.Judge(Events.Offer(Side.Sell, 98_9900, 100, ticker: 0), TradingStops.None, out _, out _));
        Assert.Equal(RefusalReason.None, core.Judge(Events.Offer(Side.Sell, 98_9900, 100, ticker: 1), TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_sell_below_the_floor_only_while_capital_is_short_and_never_below_what_the_relief_allows()
    {
        DecisionCore core = new(Wide with { BuyEdgePpm = 2_500, SellEdgePpm = 2_500, SellReliefMaxPpm = 2_000 }, new TradeBook(2, Cash));
        core.OnPrice(Events.Price(0, Events.Fair));
        core.OnPrice(Events.Tick(1));
        OfferEvent poor = Events.Offer(Side.Buy, 100_0500, 10), poorer = Events.Offer(Side.Buy, 100_0499, 10);
        core.Win(Events.Offer(Side.Sell, 99_0000, 400));
        Assert.Equal(0, core.RentPpmPer1000S);
        Assert.Equal(RefusalReason.Edge, core.Judge(poor, TradingStops.None, out _, out _));
        core.Win(Events.Offer(Side.Sell, 90_0000, 500));
        Assert.True(core.RentPpmPer1000S > 0);
        Assert.Equal(RefusalReason.Edge, core.Judge(poorer, TradingStops.None, out _, out _));
        Assert.Equal(RefusalReason.None, core.Judge(poor, TradingStops.None, out _, out _));
        // Of another ticker nothing is held: its sale would free nothing.
        Assert.Equal(RefusalReason.Edge, core.Judge(Events.Offer(Side.Buy, 100_0500, 10, ticker: 1), TradingStops.None, out _, out _));
        core.Win(Events.Offer(Side.Buy, 101_0000, 500));
        Assert.Equal(0, core.RentPpmPer1000S);
        Assert.Equal(RefusalReason.Edge, core.Judge(poor, TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_not_count_who_pays_less_than_the_floor_as_somebody_to_sell_to()
    {
        DecisionOptions options = Wide with { BuyEdgePpm = 2_500, SellEdgePpm = 2_500, SellReliefMaxPpm = 2_000 };
        DecisionCore heard = new(options, new TradeBook(1, Cash)), quiet = new(options, new TradeBook(1, Cash));
        foreach (DecisionCore core in (DecisionCore[])[heard, quiet])
        {
            core.OnPrice(Events.Price(0, Events.Fair));
            core.Win(Events.Offer(Side.Sell, 90_0000, 900));
            Assert.True(core.RentPpmPer1000S > 0);
        }

        for (int i = 0; i < 2_000; i++) heard.Judge(Events.Offer(Side.Buy, 100_2000, 400), TradingStops.None, out _, out _);
        OfferEvent next = Events.Offer(Side.Sell, 99_0000, 10);
        heard.Judge(next, TradingStops.None, out _, out _);
        quiet.Judge(next, TradingStops.None, out _, out _);
        Assert.Equal(quiet.RequiredBuyEdgePpm, heard.RequiredBuyEdgePpm);
    }

    [Fact]
    public void should_never_pass_one_percent_in_strict_mode_however_short_capital_is() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 30_000], Gen.Int[1, 300]).Array[50, 200].Sample(offers =>
        {
            DecisionCore core = new(Wide, new TradeBook(1, Cash / 4));
            core.OnPrice(Events.Price(0, Events.Fair));
            foreach ((int kind, int edgePpm, int quantity) in offers)
            {
                OfferEvent offer = kind > 0 ? Events.Offer(Side.Sell, Events.Fair - edgePpm, quantity) : Events.Offer(Side.Buy, Events.Fair + edgePpm, quantity);
                if (core.Send(offer, out ExecuteEvent order) != RefusalReason.None) continue;
                Assert.True(edgePpm >= 10_000, $"took {edgePpm} ppm");
                core.OnResponse(Events.End(order, ResponseKind.Executed));
            }
        });

    [Fact]
    public void should_give_the_fixed_rules_verdicts_exactly_while_capital_is_idle() =>
        Gen.Select(Gen.Bool, Gen.Int[95_0000, 105_0000], Gen.Int[99_0000, 101_0000], Gen.Int[1, 50]).Array[1, 60].Sample(offers =>
        {
            DecisionCore core = new(Events.Plain, Book());
            foreach ((bool buys, int price, int fair, int quantity) in offers)
            {
                OfferEvent offer = Events.Offer(buys ? Side.Buy : Side.Sell, price, quantity, fair: fair);
                bool pays = buys ? (long)price * 100 >= (long)fair * 101 : (long)price * 100 <= (long)fair * 99;
                Assert.Equal(pays ? RefusalReason.None : RefusalReason.Edge, core.Judge(offer, TradingStops.None, out _, out _));
            }

            static TradeBook Book()
            {
                TradeBook book = new(1, 1_000 * Cash);
                book.Mark(0, Events.Fair);
                book.RestorePosition(0, 1_000);
                return book;
            }
        });
}
