using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision;

/// <summary>The signals in their place: which refuses what pays, and what asks for a fresh price. How each one works is tested beside it.</summary>
public sealed class SignalGateSpecs
{
    private const long Cash = 1_000_000L * Money.UnitsPerDollar;
    private readonly TradeBook _book = new(2, Cash);

    [Fact]
    public void should_not_believe_an_offer_beyond_the_collar_and_ask_for_a_fresh_price_once()
    {
        DecisionCore core = Core(new DecisionOptions());
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Sell, 95_0000)));
        Assert.Equal(RefusalReason.Collar, Judge(core, Events.Offer(Side.Sell, 94_9999)));
        Assert.Equal(RefusalReason.Collar, Judge(core, Events.Offer(Side.Sell, 94_9999)));
        Assert.True(core.TryTakeRefresh(out ushort ticker));
        Assert.Equal(0, ticker);
        Assert.False(core.TryTakeRefresh(out _));
        // With an older price the collar is narrower, and what does not pay is no matter of belief.
        Assert.Equal(RefusalReason.Collar, Judge(core, Events.Offer(Side.Sell, 95_0000) with { PriceAgeUs = 1_000_001 }));
        Assert.Equal(RefusalReason.Edge, Judge(core, Events.Offer(Side.Sell, 150_0000)));
    }

    [Fact]
    public void should_stop_a_ticker_whose_offers_say_that_its_price_moved_until_a_fresh_one_comes()
    {
        DecisionCore core = Core(new DecisionOptions());
        long nowNs = Events.SecondNs;
        core.OnPrice(Events.Price(0, Events.Fair, nowNs) with { AsOfNs = nowNs });
        for (int i = 0; i < 200; i++) Judge(core, Events.Offer(Side.Sell, 100_5000, atNs: ++nowNs));
        RefusalReason last = RefusalReason.None;
        for (int i = 0; i < 40; i++) last = Judge(core, Events.Offer(Side.Sell, 98_5000, atNs: ++nowNs));
        Assert.Equal(RefusalReason.PriceMoved, last);
        Assert.Equal(1, core.FlowStops);
        Assert.True(core.TryTakeRefresh(out _));
        nowNs += Events.SecondNs;
        core.OnPrice(Events.Price(0, 98_0000, nowNs) with { AsOfNs = nowNs });
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Sell, 96_5000, fair: 98_0000, atNs: nowNs + 1)));
    }

    [Fact]
    public void should_ask_at_once_again_when_the_price_that_comes_was_fetched_before_the_stop()
    {
        DecisionCore core = Core(new DecisionOptions());
        long nowNs = Events.SecondNs;
        core.OnPrice(Events.Price(0, Events.Fair, nowNs) with { AsOfNs = nowNs });
        for (int i = 0; i < 200; i++) Judge(core, Events.Offer(Side.Sell, 100_5000, atNs: ++nowNs));
        long fetchedNs = nowNs;
        for (int i = 0; i < 40; i++) Judge(core, Events.Offer(Side.Sell, 98_5000, atNs: ++nowNs));
        Assert.True(core.TryTakeRefresh(out _));
        // The client dropped that wish: a request was under way.
        core.OnPrice(Events.Price(0, Events.Fair, ++nowNs) with { AsOfNs = fetchedNs });
        Assert.True(core.TryTakeRefresh(out ushort ticker));
        Assert.Equal(0, ticker);
        core.OnPrice(Events.Price(0, 98_0000, nowNs + 2) with { AsOfNs = nowNs + 1 });
        Assert.False(core.TryTakeRefresh(out _));
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Sell, 96_5000, fair: 98_0000, atNs: nowNs + 3)));
    }

    [Fact]
    public void should_only_sell_after_seven_percent_and_not_trade_after_ten_also_after_a_restart()
    {
        _book.RestorePosition(0, 100);
        DecisionCore core = Core(new DecisionOptions());
        core.OnPrice(Events.Price(0, 100_0000));
        core.OnPrice(Events.Price(0, 107_0000));
        Assert.Equal(RefusalReason.DayMove, Judge(core, Events.Offer(Side.Sell, 105_0000, fair: 107_0000)));
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Buy, 109_0000, fair: 107_0000)));
        core.OnPrice(Events.Price(0, 110_0000));
        core.OnPrice(Events.Price(0, 100_0000));
        Assert.Equal(RefusalReason.DayMove, Judge(core, Events.Offer(Side.Buy, 103_0000)));

        StrategyState kept = new(2);
        kept.Set(0, 1, new DayRange(100_0000, 100_0000, 110_0000));
        Assert.Equal(RefusalReason.DayMove, Judge(Core(new DecisionOptions(), kept), Events.Offer(Side.Buy, 103_0000)));
        Assert.Equal(RefusalReason.None, Judge(Core(new DecisionOptions { DayMove = null }, kept), Events.Offer(Side.Buy, 103_0000)));
    }

    [Fact]
    public void should_trade_a_ticker_again_on_the_next_day_from_that_days_open()
    {
        DecisionCore core = Core(new DecisionOptions());
        core.OnPrice(Events.Price(0, 100_0000));
        core.OnPrice(Events.Price(0, 110_0000));
        Assert.Equal(RefusalReason.DayMove, Judge(core, Events.Offer(Side.Sell, 107_0000, fair: 110_0000)));
        core.OnPrice(Events.NewDay(2026_11_24));
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Sell, 107_0000, fair: 110_0000)));
        core.OnPrice(Events.Price(0, 110_0000));
        core.OnPrice(Events.Price(0, 102_3000));
        Assert.Equal(RefusalReason.DayMove, Judge(core, Events.Offer(Side.Sell, 100_0000, fair: 102_3000)));
    }

    [Fact]
    public void should_judge_the_day_by_the_open_that_the_volatility_service_names()
    {
        DecisionCore core = Core(new DecisionOptions());
        core.OnPrice(Events.Price(0, 100_0000));
        core.OnPrice(new PriceEvent { Kind = PriceEventKind.Verdict, OpenPrice = 90_0000 });
        Assert.Equal(RefusalReason.DayMove, Judge(core, Events.Offer(Side.Sell, 98_0000)));
    }

    [Fact]
    public void should_deny_a_ticker_whose_fills_lose_money_soon_after()
    {
        DecisionCore core = Core(new DecisionOptions { Markout = new MarkoutOptions { FillsJudged = 2 }, DayMove = null });
        long nowNs = Events.SecondNs;
        core.OnPrice(Events.Price(0, Events.Fair, nowNs) with { AsOfNs = nowNs });
        for (uint order = 1; order <= 2; order++)
        {
            Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 98_0000, 10, atNs: nowNs += Events.SecondNs), out ExecuteEvent sent));
            core.OnResponse(Events.End(sent, ResponseKind.Executed, nowNs) with { FairPrice = Events.Fair, UserRefNum = order });
        }

        core.OnPrice(Events.Price(0, 90_0000, nowNs + 1) with { AsOfNs = nowNs + 1 });
        nowNs += 11 * Events.SecondNs;
        core.OnPrice(Events.Tick(nowNs));
        Assert.Equal(RefusalReason.Markout, Judge(core, Events.Offer(Side.Sell, 88_0000, fair: 90_0000, atNs: nowNs)));
        Assert.Equal(RefusalReason.None, Judge(core, Events.Offer(Side.Sell, 88_0000, fair: 90_0000, atNs: nowNs + 901 * Events.SecondNs)));
    }

    [Fact]
    public void should_sell_the_stock_of_a_volatile_ticker_below_the_usual_edge_as_time_passes()
    {
        _book.RestorePosition(0, 100);
        DecisionCore core = Core(new DecisionOptions());
        const TickerFlags Wild = TickerFlags.Volatile | TickerFlags.SellOnly;
        core.OnPrice(new PriceEvent { Kind = PriceEventKind.Verdict, Flags = Wild, SigmaCentiBp = 2_000, NowNs = Events.SecondNs });
        Assert.Equal(RefusalReason.Edge, Judge(core, Buyer(100_2000, 1)));
        Assert.Equal(RefusalReason.None, Judge(core, Buyer(100_2500, 1)));
        Assert.Equal(RefusalReason.Edge, Judge(core, Buyer(100_2500, 1) with { Flags = TickerFlags.None }));
        Assert.Equal(RefusalReason.Edge, Judge(core, Buyer(100_2500, 1) with { TickerIndex = 1 }));
        Assert.Equal(RefusalReason.None, Judge(core, Buyer(99_9000, 301)));
        Assert.Equal(RefusalReason.StalePrice, Judge(core, Buyer(99_9000, 301) with { PriceAgeUs = 1_000_001 }));
        Assert.Equal(RefusalReason.Edge, Judge(Core(new DecisionOptions { SellOff = null }), Buyer(100_2500, 1)));

        static OfferEvent Buyer(int price, long atSeconds) => Events.Offer(Side.Buy, price, atNs: atSeconds * Events.SecondNs) with { Flags = Wild };
    }

    [Fact]
    public void should_send_half_as_many_after_fifty_losses_in_a_row_and_say_so_once()
    {
        DecisionCore core = Core(Events.Plain with { SendsPerSecondMax = 100, TickerSendsPerSecondMax = 1_000 });
        int said = 0;
        for (uint order = 1; order <= 50; order++)
        {
            Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 98_0000, 1), out ExecuteEvent sent));
            if (core.OnResponse(Events.End(sent, ResponseKind.Canceled) with { FairPrice = Events.Fair, UserRefNum = order })) said++;
        }

        Assert.Equal(1, said);
        Assert.Equal(RefusalReason.SendRateLimit, core.Send(Events.Offer(Side.Sell, 98_0000, 1), out _));
        Assert.Equal(RefusalReason.None, core.Send(Events.Offer(Side.Sell, 98_0000, 1, atNs: 61 * Events.SecondNs), out _));
    }

    private DecisionCore Core(DecisionOptions options, StrategyState? start = null) => new(options, _book, start);

    private static RefusalReason Judge(DecisionCore core, OfferEvent offer) => core.Judge(offer, TradingStops.None, out _, out _);
}
