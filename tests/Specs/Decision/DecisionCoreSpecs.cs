using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class DecisionCoreSpecs
{
    private const int Fair = 1_000_000; // 100 dollars
    private readonly TradeBook _book = new(tickerCount: 2, cash: 1_000_000L * Money.UnitsPerDollar);

    public DecisionCoreSpecs() => _book.Mark(0, Fair);

    [Theory]
    [InlineData(Side.Buy, 1_010_000, RefusalReason.None)]
    [InlineData(Side.Buy, 1_009_999, RefusalReason.Edge)]
    [InlineData(Side.Sell, 990_000, RefusalReason.None)]
    [InlineData(Side.Sell, 990_001, RefusalReason.Edge)]
    [InlineData(Side.Sell, 1_010_000, RefusalReason.Edge)]
    [InlineData(Side.Buy, 990_000, RefusalReason.Edge)]
    public void should_take_offers_at_exactly_one_percent_and_none_below(Side side, int price, RefusalReason expected)
    {
        _book.RestorePosition(0, 100);
        Assert.Equal(expected, Decide(Offer(side, price)));
    }

    [Theory]
    [InlineData(Side.Buy, 10_099, 9_999)]
    [InlineData(Side.Sell, 9_900, 10_001)]
    public void should_round_no_threshold_when_one_percent_is_not_a_whole_unit(Side side, int price, int fair)
    {
        // 1 % above 9,999 is 10,098.99 and 1 % below 10,001 is 9,900.99: the first whole unit beyond pays, the next nearer does not.
        _book.RestorePosition(0, 1_000);
        int nearer = side == Side.Buy ? price - 1 : price + 1;
        Assert.Equal(RefusalReason.None, Decide(Offer(side, price, fair: fair)));
        Assert.Equal(RefusalReason.Edge, Decide(Offer(side, nearer, fair: fair)));
    }

    [Fact]
    public void should_compare_the_highest_prices_without_overflow()
    {
        Assert.Equal(RefusalReason.Edge, Decide(Offer(Side.Sell, Money.PriceMax, fair: Money.PriceMax)));
        _book.RestorePosition(0, 1_000_000);
        Assert.Equal(RefusalReason.None, Decide(Offer(Side.Buy, Money.PriceMax, fair: 1_900_000_000), Events.Plain with { OrderNotionalMax = long.MaxValue }));
    }

    [Theory]
    [InlineData(TickerFlags.Halted, RefusalReason.TickerHalted)]
    [InlineData(TickerFlags.MarketClosed, RefusalReason.MarketClosed)]
    [InlineData(TickerFlags.NoPrice, RefusalReason.NoPrice)]
    [InlineData(TickerFlags.Denied, RefusalReason.Denied)]
    [InlineData(TickerFlags.SellOnly, RefusalReason.SellOnly)]
    public void should_refuse_a_flagged_ticker_by_name(TickerFlags flags, RefusalReason expected) =>
        Assert.Equal(expected, Decide(Offer(Side.Sell, 900_000, flags: flags)));

    [Fact]
    public void should_still_sell_a_sell_only_ticker()
    {
        _book.RestorePosition(0, 10);
        Assert.Equal(RefusalReason.None, Decide(Offer(Side.Buy, 1_100_000, flags: TickerFlags.SellOnly)));
    }

    [Fact]
    public void should_trade_on_a_price_of_exactly_the_oldest_age_and_refuse_one_microsecond_more()
    {
        Assert.Equal(RefusalReason.None, Decide(Offer(Side.Sell, 900_000, ageUs: 10_000_000)));
        Assert.Equal(RefusalReason.StalePrice, Decide(Offer(Side.Sell, 900_000, ageUs: 10_000_001)));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(-1, 100)]
    [InlineData(Money.PriceMax + 1, 100)]
    [InlineData(900_000, 0)]
    [InlineData(900_000, -5)]
    public void should_refuse_an_insane_price_or_size(int price, int quantity) =>
        Assert.Equal(RefusalReason.InsaneOffer, Decide(Offer(Side.Sell, price, quantity)));

    [Fact]
    public void should_clip_a_buy_to_the_free_cash_and_refuse_when_not_one_share_fits()
    {
        TradeBook poor = new(1, cash: 3 * 900_000 + 1);
        DecisionCore rule = new(Events.Plain with { TickerUsedMaxPpm = 1_000_000, CapitalUsedMaxPpm = 1_000_000 }, poor);
        Assert.Equal(RefusalReason.None, rule.Judge(Offer(Side.Sell, 900_000), TradingStops.None, out int quantity, out _));
        Assert.Equal(3, quantity);
        poor.Reserve(0, Side.Buy, 3, 900_000);
        Assert.Equal(RefusalReason.NoCash, rule.Judge(Offer(Side.Sell, 900_000), TradingStops.None, out _, out _));
    }

    [Fact]
    public void should_clip_a_sale_to_the_shares_not_yet_reserved_and_never_sell_short_by_default()
    {
        DecisionCore rule = new(Events.Plain, _book);
        Assert.Equal(RefusalReason.NoInventory, rule.Judge(Offer(Side.Buy, 1_100_000), TradingStops.None, out _, out _));
        _book.RestorePosition(0, 70);
        _book.Reserve(0, Side.Sell, 30, 1_100_000);
        Assert.Equal(RefusalReason.None, rule.Judge(Offer(Side.Buy, 1_100_000), TradingStops.None, out int quantity, out bool isShort));
        Assert.Equal(40, quantity);
        Assert.False(isShort);
    }

    [Fact]
    public void should_sell_short_up_to_the_tickers_limit_where_it_is_allowed_and_mark_it()
    {
        DecisionCore rule = new(Events.Plain with { ShortSelling = true, TickerUsedMaxPpm = 1_000 }, _book);
        Assert.Equal(RefusalReason.None, rule.Judge(Offer(Side.Buy, 1_100_000), TradingStops.None, out int quantity, out bool isShort));
        // A thousandth of a million dollars at 110 dollars a share.
        Assert.Equal(9, quantity);
        Assert.True(isShort);
    }

    [Fact]
    public void should_hold_an_order_to_its_largest_value()
    {
        DecisionOptions options = Events.Plain with { OrderNotionalMax = 5 * 900_000 };
        new DecisionCore(options, _book).Judge(Offer(Side.Sell, 900_000), TradingStops.None, out int quantity, out _);
        Assert.Equal(5, quantity);
        Assert.Equal(RefusalReason.OrderLimit, Decide(Offer(Side.Sell, 900_000), Events.Plain with { OrderNotionalMax = 899_999 }));
    }

    [Fact]
    public void should_count_stock_and_open_buys_against_the_tickers_limit()
    {
        DecisionOptions options = Events.Plain with { TickerUsedMaxPpm = 10_000 };
        _book.RestorePosition(0, 40);
        _book.Reserve(0, Side.Buy, 50, Fair);
        new DecisionCore(options, _book).Judge(Offer(Side.Sell, 900_000), TradingStops.None, out int quantity, out _);
        Assert.Equal(10 * Fair / 900_000, quantity);
        _book.RestorePosition(0, 50);
        Assert.Equal(RefusalReason.TickerLimit, Decide(Offer(Side.Sell, 900_000), options));
    }

    [Fact]
    public void should_refuse_when_too_many_orders_are_in_flight()
    {
        DecisionOptions options = Events.Plain with { OrdersInFlightMax = 1 };
        Assert.Equal(RefusalReason.None, Decide(Offer(Side.Sell, 900_000), options));
        _book.Reserve(1, Side.Buy, 1, 900_000);
        Assert.Equal(RefusalReason.InFlightLimit, Decide(Offer(Side.Sell, 900_000), options));
    }

    [Fact]
    public void should_allocate_nothing_whatever_it_hears()
    {
        DecisionCore core = new(Events.Plain with { TickerUsedMaxPpm = 1_000_000 }, new TradeBook(64, 10_000_000L * Money.UnitsPerDollar));
        Random random = new(1);
        Play(core, random, 2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(core, random, 20_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(core.Book.InventoryValue > 0);
    }

    private static void Play(DecisionCore core, Random random, int rounds)
    {
        long nowNs = 0;
        for (int i = 0; i < rounds; i++)
        {
            nowNs += 1_000_000;
            ushort ticker = (ushort)random.Next(64);
            core.OnPrice(Events.Price(ticker, random.Next(990_000, 1_010_000), nowNs));
            core.OnPrice(Events.Tick(nowNs));
            OfferEvent offer = Events.Offer(random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(970_000, 1_030_000), 50, ticker, atNs: nowNs);
            if (core.Send(offer, out ExecuteEvent order) != RefusalReason.None) continue;
            core.OnResponse(Events.End(order, random.Next(3) == 0 ? ResponseKind.Canceled : ResponseKind.Executed, nowNs));
        }
    }

    private RefusalReason Decide(OfferEvent offer, DecisionOptions? options = null) =>
        new DecisionCore(options ?? Events.Plain, _book).Judge(offer, TradingStops.None, out _, out _);

    private static OfferEvent Offer(
        Side side, int price, int quantity = 100, int fair = Fair, uint ageUs = 0, TickerFlags flags = TickerFlags.None) => new()
        {
            Kind = OfferEventKind.Offer,
            OfferSide = side,
            Price = price,
            QuantityShares = quantity,
            FairPrice = fair,
            PriceAgeUs = ageUs,
            Flags = flags,
        };
}
