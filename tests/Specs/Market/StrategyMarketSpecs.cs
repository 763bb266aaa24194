using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class StrategyMarketSpecs
{
    private const long HourNs = 3_600_000_000_000;

    private static readonly MarketOptions Still = MarketOptions.Strategy(seed: 7, competitors: 0) with { DailyVolatility = 0, JumpsPerDay = 0 };

    private static readonly Lazy<List<Heard>> StillDay = new(() => Run(Still, MarketOptions.TradingDaySeconds).Heard);

    [Fact]
    public void should_spread_offers_over_the_day_by_its_shape()
    {
        List<Heard> offers = StillDay.Value;
        double n = offers.Count;
        Assert.InRange(n, 500_000 - 4 * Math.Sqrt(500_000), 500_000 + 4 * Math.Sqrt(500_000));
        for (int tenth = 0; tenth < 10; tenth++)
        {
            double expected = Enumerable.Range(0, 1_000).Average(i => OfferPace.Rate((tenth + (i + 0.5) / 1_000) / 10, Still.DayShape)) / 10;
            long from = tenth * 2_340_000_000_000L;
            double share = offers.Count(o => o.AtNs >= from && o.AtNs < from + 2_340_000_000_000L) / n;
            // Four deviations, and what a pace of 256 steps is off.
            Assert.InRange(share, expected * 0.99 - 4 * Math.Sqrt(expected / n), expected * 1.01 + 4 * Math.Sqrt(expected / n));
        }

        Assert.InRange(OfferPace.Rate(0, 1) / OfferPace.Rate(0.5, 1), 3.99, 4.01);
    }

    [Fact]
    public void should_draw_edges_exponentially_with_the_mean_of_ticker_and_hour()
    {
        OfferTraits traits = new(Still);
        var groups = StillDay.Value.GroupBy(o => (o.Ticker, Hour: OfferTraits.HourOf(o.AtNs))).Where(g => g.Count() > 1_000).ToList();
        Assert.True(groups.Count > 50);
        foreach (var group in groups)
        {
            double mean = traits.MeanEdgePpm(group.Key.Ticker, group.Key.Hour * HourNs);
            Assert.InRange(mean, 0.6 * 0.6 * 4_000 - 1, 1.6 * 1.6 * 4_000 + 1);
            double n = group.Count();
            // Of an exponential distribution e^-1 lie above the mean and e^-2 above twice the mean.
            Assert.InRange(group.Count(o => o.EdgePpm > mean) / n, 0.368 - 5 * 0.482 / Math.Sqrt(n) - 0.02, 0.368 + 5 * 0.482 / Math.Sqrt(n) + 0.02);
            Assert.InRange(group.Count(o => o.EdgePpm > 2 * mean) / n, 0.135 - 5 * 0.342 / Math.Sqrt(n) - 0.02, 0.135 + 5 * 0.342 / Math.Sqrt(n) + 0.02);
        }
    }

    [Fact]
    public void should_have_more_sellers_than_buyers_a_different_share_in_each_ticker()
    {
        double[] shares = [.. StillDay.Value.GroupBy(o => o.Ticker).Where(g => g.Count() > 4_000).Select(g => g.Count(o => o.Side == Side.Sell) / (double)g.Count())];
        Assert.True(shares.Length > 20);
        Assert.All(shares, share => Assert.InRange(share, 0.45 - 0.03, 0.75 + 0.03));
        Assert.True(shares.Max() - shares.Min() > 0.15);
    }

    [Fact]
    public void should_size_offers_lognormally_around_a_thousand_dollars()
    {
        // Where a share costs little, whole shares hardly round the worth.
        double[] worth = [.. StillDay.Value.Where(o => o.Price < 20 * Money.UnitsPerDollar).Select(o => (double)o.Price * o.Shares / Money.UnitsPerDollar)];
        Assert.True(worth.Length > 10_000);
        Assert.InRange(worth.Count(w => w > 1_000) / (double)worth.Length, 0.47, 0.53);
        Assert.InRange(worth.Count(w => w > 1_000 * Math.Exp(0.9)) / (double)worth.Length, 0.145, 0.172);
    }

    [Fact]
    public void should_make_the_same_offers_whatever_competitors_do()
    {
        List<Heard> alone = Run(MarketOptions.Strategy(3, competitors: 0), seconds: 600).Heard;
        List<Heard> contested = Run(MarketOptions.StrategyWithChangingCompetitors(3), seconds: 600).Heard;
        Assert.Equal(alone, contested);
    }

    [Fact]
    public void should_draw_anew_each_hour_how_many_compete()
    {
        MarketOptions options = MarketOptions.StrategyWithChangingCompetitors(5);
        Competitors competitors = new(options, new FairPrices(options, SampleTables.Normal(), SampleTables.Exponential()));
        int[] present = [.. Enumerable.Range(0, 7).Select(competitors.Present)];
        Assert.All(present, n => Assert.Contains(n, options.CompetitorsByHour));
        Assert.True(present.Distinct().Count() > 1);
        Log log = Run(options, seconds: 7 * 3_600);
        for (int hour = 0; hour < 7; hour++)
        {
            int[] seen = [.. log.Fills.Where(f => f.AtNs > hour * HourNs + 1_000_000_000 && f.AtNs < (hour + 1) * HourNs).Select(f => f.Fill.Order.Participant).Distinct()];
            Assert.Equal(present[hour], seen.Length);
        }
    }

    [Fact]
    public void should_never_let_a_competitor_spend_more_than_its_capital_or_sell_what_it_has_not()
    {
        const long Capital = 20_000;
        Log log = Run(MarketOptions.Strategy(11, competitors: 5) with { CompetitorCapitalDollars = Capital, SplitShare = 0.2 }, seconds: 3_600);
        foreach (var competitor in log.Fills.GroupBy(f => f.Fill.Order.Participant))
        {
            long cash = Capital * Money.UnitsPerDollar;
            long[] shares = new long[50];
            foreach (MarketFill fill in competitor.Select(f => f.Fill))
            {
                bool buys = fill.Order.Side == Side.Buy;
                cash -= (buys ? 1L : -1) * fill.Quantity * fill.Price;
                shares[fill.Order.Ticker] += buys ? fill.Quantity : -fill.Quantity;
                Assert.True(cash >= 0 && shares[fill.Order.Ticker] >= 0);
            }

            Assert.True(cash < Capital * Money.UnitsPerDollar / 10, "a rich market leaves no capital idle");
        }
    }

    [Fact]
    public void should_give_competitors_the_price_of_their_delay_ago()
    {
        MarketOptions options = MarketOptions.Strategy(2, competitors: 1) with { Tickers = 3, CompetitorDelayMs = 5_000, PriceStepMs = 500 };
        FairPrices prices = new(options, SampleTables.Normal(), SampleTables.Exponential());
        List<int> past = [];
        for (int step = 1; step <= 100; step++)
        {
            prices.Advance(step * 500_000_000L);
            past.Add(prices.Price(1));
            if (step > 10) Assert.Equal(past[step - 1 - 10], prices.DelayedPrice(1));
        }

        Assert.True(past.Distinct().Count() > 50);
    }

    private static Log Run(MarketOptions options, int seconds)
    {
        Log log = new();
        SimulatedMarket<Sink> market = new(options, new Sink(log));
        log.Market = market;
        while (market.NextOfferNs < seconds * 1_000_000_000L)
        {
            log.NowNs = market.NextOfferNs;
            market.Advance(log.NowNs);
        }

        return log;
    }

    private readonly record struct Heard(long AtNs, int Ticker, Side Side, int Shares, int Price, int EdgePpm);

    private sealed class Log
    {
        public SimulatedMarket<Sink>? Market { get; set; }

        public long NowNs { get; set; }

        public List<Heard> Heard { get; } = [];

        public List<(long AtNs, MarketFill Fill)> Fills { get; } = [];
    }

    private readonly struct Sink(Log log) : IMarketSink
    {
        public void Added(ulong reference, int ticker, Side side, int shares, int price)
        {
            long fair = log.Market!.Prices.Price(ticker);
            log.Heard.Add(new Heard(log.NowNs, ticker, side, shares, price, (int)((side == Side.Buy ? price - fair : fair - price) * 1_000_000 / fair)));
        }

        public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price) => Assert.Fail("nothing is replaced in this model");

        public void Cancelled(ulong reference, int ticker, int shares) => Assert.Fail("nothing is cancelled in part in this model");

        public void Deleted(ulong reference, int ticker)
        {
        }

        public void Executed(ulong reference, int ticker, int shares, ulong match)
        {
        }

        public void Filled(in MarketFill fill) => log.Fills.Add((log.NowNs, fill));

        public void Broken(in MarketFill fill)
        {
        }
    }
}
