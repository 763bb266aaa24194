using MarketMaker.Backtest.Checking;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Backtest;

/// <summary>Each rule is broken once: a checker that finds nothing proves nothing.</summary>
public class OrderCheckerSpecs
{
    private const long NowNs = 50_000_000_000;
    private const int Fair = 1_000_000;

    private readonly OrderChecker _checker = new(new DecisionOptions { TickerUsedMaxPpm = 900_000 }, tickers: 2, cash: 10_000 * 100L * Money.UnitsPerDollar);

    public OrderCheckerSpecs()
    {
        Tell(PriceEventKind.Price, price: Fair);
        _checker.Response(Executed(Side.Buy, 100, 980_000));
    }

    [Fact]
    public void should_pass_an_order_that_keeps_every_rule()
    {
        Send(Order());
        Send(Order(Side.Sell, limit: 1_020_000));
        Assert.Empty(_checker.Violations);
        Assert.Equal(3, _checker.Orders);
    }

    [Theory]
    [InlineData(940_000, "beyond the collar")]
    [InlineData(990_100, "does not pay the floor")]
    [InlineData(1_020_000, "more than a sell-off may cost")]
    public void should_catch_a_price_that_is_too_good_or_too_bad(int limit, string broken)
    {
        Send(Order(limit: limit));
        Caught(broken);
    }

    [Fact]
    public void should_catch_a_sale_below_the_floor_and_its_relief()
    {
        OrderChecker eased = new(new DecisionOptions { SellEdgePpm = 2_500, SellReliefMaxPpm = 2_000 }, tickers: 2, cash: 10_000 * 100L * Money.UnitsPerDollar);
        eased.Price(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = 1, Price = Fair, AsOfNs = NowNs - 1 });
        eased.Response(Executed(Side.Buy, 100, 980_000));
        foreach (int limit in (int[])[1_000_500, 1_000_499])
        {
            ExecuteEvent order = Order(Side.Sell, limit);
            eased.Order(order, OfferOf(order), NowNs);
            Assert.Equal(limit == 1_000_500 ? 0 : 1, eased.Count);
        }

        Assert.Contains("does not pay the floor", eased.Violations[0], StringComparison.Ordinal);
    }

    [Fact]
    public void should_catch_a_price_that_narrows_the_collar_by_its_age()
    {
        Send(Order(limit: 953_000), nowNs: NowNs);
        Assert.Empty(_checker.Violations);
        Send(Order(limit: 953_000), nowNs: NowNs + 2_000_000_000);
        Caught("beyond the collar");
    }

    [Theory]
    [InlineData(PriceEventKind.Verdict, TickerFlags.Denied, Side.Sell, "denied ticker")]
    [InlineData(PriceEventKind.Denylist, TickerFlags.Denied, Side.Sell, "denied ticker")]
    [InlineData(PriceEventKind.VerdictForAll, TickerFlags.SellOnly | TickerFlags.Volatile, Side.Buy, "only sold")]
    [InlineData(PriceEventKind.Verdict, TickerFlags.SellOnly, Side.Buy, "only sold")]
    public void should_catch_what_a_verdict_forbids(PriceEventKind kind, TickerFlags flags, Side side, string broken)
    {
        Tell(kind, flags: flags);
        Send(Order(side, limit: side == Side.Buy ? 980_000 : 1_020_000));
        Caught(broken);
        Tell(kind, flags: TickerFlags.None);
        Send(Order(side, limit: side == Side.Buy ? 980_000 : 1_020_000, shares: 1));
        Assert.Equal(1, _checker.Count);
    }

    [Fact]
    public void should_catch_a_price_that_is_too_old_or_not_the_last_one()
    {
        Send(Order(limit: 980_000), nowNs: NowNs + 11_000_000_000);
        Caught("too old");
        Send(Order() with { FairPrice = Fair + 1 });
        Caught("last price");
    }

    [Fact]
    public void should_catch_an_order_before_its_offer_or_for_another()
    {
        OfferEvent offer = OfferOf(Order());
        offer.ReceivedNs = NowNs + 1;
        _checker.Order(Order(), offer, NowNs);
        Caught("before its offer");
        offer = OfferOf(Order());
        offer.QuantityShares--;
        _checker.Order(Order(), offer, NowNs);
        Caught("not for the offer");
    }

    [Fact]
    public void should_catch_sales_of_what_is_not_there_and_sold_twice()
    {
        Send(Order(Side.Sell, limit: 1_020_000, shares: 60));
        Assert.Empty(_checker.Violations);
        Send(Order(Side.Sell, limit: 1_020_000, shares: 60));
        Caught("have not");
    }

    [Fact]
    public void should_catch_orders_that_are_too_large_or_too_dear()
    {
        Send(Order(shares: 1_000));
        Caught("worth too much");
        Assert.Equal(1, _checker.Count);
        OrderChecker poor = new(new DecisionOptions(), 2, cash: 900_000);
        poor.Price(new PriceEvent { Kind = PriceEventKind.Price, Price = Fair, AsOfNs = NowNs - 1, TickerIndex = 1 });
        poor.Order(Order(shares: 1), OfferOf(Order(shares: 1)), NowNs);
        Assert.Contains(poor.Violations, v => v.Contains("more than there is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "too much of its ticker")]
    [InlineData(0, "too much of the capital")]
    public void should_catch_what_takes_more_than_its_share_of_the_capital(int secondTicker, string broken)
    {
        // 10 shares at 98 dollars of a capital of 1,980 dollars: one such order fits 98 % of it, two do not.
        DecisionOptions options = new() { TickerUsedMaxPpm = secondTicker == 1 ? 980_000 : 1_000_000, CapitalUsedMaxPpm = secondTicker == 1 ? 1_000_000 : 980_000 };
        OrderChecker checker = new(options, 2, cash: 1_980 * 10_000L);
        for (ushort i = 0; i < 2; i++) checker.Price(new PriceEvent { Kind = PriceEventKind.Price, Price = Fair, AsOfNs = NowNs - 1, TickerIndex = i });
        ExecuteEvent first = Order();
        checker.Order(first, OfferOf(first), NowNs);
        Assert.Empty(checker.Violations);
        ExecuteEvent second = Order() with { TickerIndex = (ushort)secondTicker };
        checker.Order(second, OfferOf(second), NowNs);
        Assert.Contains(broken, Assert.Single(checker.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public void should_catch_the_order_that_is_one_too_many()
    {
        DecisionOptions options = new() { OrdersInFlightMax = 2, TickerUsedMaxPpm = 1_000_000 };
        OrderChecker checker = new(options, 2, 1_000_000_000_000);
        checker.Price(new PriceEvent { Kind = PriceEventKind.Price, Price = Fair, AsOfNs = NowNs - 1, TickerIndex = 1 });
        for (int i = 0; i < 3; i++) checker.Order(Order(shares: 1), OfferOf(Order(shares: 1)), NowNs);
        Assert.Contains("in flight", Assert.Single(checker.Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_071_000, Side.Buy, "only sold for its day's move")]
    [InlineData(929_000, Side.Buy, "only sold for its day's move")]
    [InlineData(1_101_000, Side.Sell, "denied for its day's move")]
    public void should_catch_what_the_days_move_forbids_also_when_the_price_came_back(int extreme, Side side, string broken)
    {
        Tell(PriceEventKind.Price, price: extreme);
        Tell(PriceEventKind.Price, price: Fair);
        Send(Order(side, limit: side == Side.Buy ? 980_000 : 1_020_000));
        Caught(broken);
    }

    [Theory]
    [InlineData(10_000, false, "in spite of the day's loss")]
    [InlineData(20_000, true, "had ended trading")]
    public void should_catch_what_the_days_loss_forbids(int lossPpm, bool cameBack, string broken)
    {
        // 9,000 of 10,000 dollars are stock.
        OrderChecker checker = new(new DecisionOptions { TickerUsedMaxPpm = 1_000_000, CapitalUsedMaxPpm = 1_000_000, DayMove = null, OrderNotionalMax = long.MaxValue }, 2, cash: 10_000 * 10_000L);
        void To(int price)
        {
            checker.Price(new PriceEvent { Kind = PriceEventKind.Price, Price = price, AsOfNs = NowNs - 1, TickerIndex = 1 });
            checker.Price(new PriceEvent { Kind = PriceEventKind.Tick, NowNs = NowNs });
        }

        To(900_000);
        ExecuteEvent bought = Order(limit: 891_000, shares: 100) with { FairPrice = 900_000 };
        checker.Order(bought, OfferOf(bought), NowNs);
        checker.Response(new ResponseEvent { Kind = ResponseKind.Executed, TickerIndex = 1, OrderSide = Side.Buy, QuantityShares = 100, LimitPrice = 891_000, ExecutionPrice = 891_000 });
        int low = 891_000 - lossPpm;
        To(low);
        if (cameBack) To(low = 900_000);
        ExecuteEvent order = Order(limit: low * 98 / 100, shares: 1) with { FairPrice = low };
        checker.Order(order, OfferOf(order), NowNs);
        Assert.Contains(checker.Violations, v => v.Contains(broken, StringComparison.Ordinal));
    }

    [Fact]
    public void should_catch_the_win_that_is_one_too_many_in_a_minute()
    {
        OrderChecker checker = new(new DecisionOptions { TickerWinsPerMinuteMax = 2 }, 2, 1_000_000_000_000);
        void Win(uint reference, long ns) => checker.Response(new ResponseEvent { Kind = ResponseKind.Executed, TickerIndex = 1, OrderSide = Side.Buy, QuantityShares = 1, LeavesShares = 1, UserRefNum = reference, AnsweredNs = ns });
        // Parts of one order are one win.
        foreach ((uint reference, long ns) in (ReadOnlySpan<(uint, long)>)[(1, 0), (1, 0), (2, 1), (3, 60_000_000_000)]) Win(reference, ns);
        Assert.Empty(checker.Violations);
        Win(4, 60_000_000_000);
        Assert.Contains("once too often in a minute", Assert.Single(checker.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public void should_count_in_any_second_wherever_it_begins()
    {
        TimeWindow window = new(3, 1_000_000_000);
        Assert.True(window.TryAdd(900_000_000));
        Assert.True(window.TryAdd(950_000_000));
        Assert.True(window.TryAdd(1_000_000_000));
        Assert.False(window.TryAdd(1_899_999_999));
        Assert.True(window.TryAdd(2_000_000_000));
    }

    private void Send(ExecuteEvent order, long nowNs = NowNs) => _checker.Order(order, OfferOf(order), nowNs);

    private void Caught(string broken) => Assert.Contains(_checker.Violations, v => v.Contains(broken, StringComparison.Ordinal));

    private void Tell(PriceEventKind kind, int price = 0, TickerFlags flags = TickerFlags.None) =>
        _checker.Price(new PriceEvent { Kind = kind, TickerIndex = 1, Price = price, AsOfNs = NowNs - 500_000_000, Flags = flags });

    private static ExecuteEvent Order(Side side = Side.Buy, int limit = 980_000, int shares = 10) => new()
    {
        OfferReference = 7,
        TickerIndex = 1,
        OrderSide = side,
        LimitPrice = limit,
        QuantityShares = shares,
        FairPrice = Fair,
        ReceivedNs = NowNs - 1_000,
    };

    private static OfferEvent OfferOf(ExecuteEvent order) => new()
    {
        Kind = OfferEventKind.Offer,
        OrderReference = order.OfferReference,
        TickerIndex = order.TickerIndex,
        OfferSide = order.OrderSide.Opposite(),
        Price = order.LimitPrice,
        QuantityShares = order.QuantityShares,
        ReceivedNs = order.ReceivedNs,
    };

    // What was held before: an order of an earlier time that executed.
    private ResponseEvent Executed(Side side, int shares, int price)
    {
        ExecuteEvent order = Order(side, price, shares);
        _checker.Order(order, OfferOf(order), NowNs);
        return new ResponseEvent { Kind = ResponseKind.Executed, TickerIndex = 1, OrderSide = side, QuantityShares = shares, LimitPrice = price, ExecutionPrice = price };
    }
}
