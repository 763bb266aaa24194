using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class SimulatedMarketSpecs
{
    private const long TickNs = 250_000;

    private static readonly MarketOptions Small = new()
    {
        Tickers = 200,
        OffersPerSecond = 50_000,
        LifetimeMs = 100,
        BreakShare = 0.01,
        DeadOnArrivalShare = 0.01,
        BreakDelayMs = 50,
    };

    [Fact]
    public void should_repeat_every_event_for_the_same_seed()
    {
        MarketLog first = Run(Small, seconds: 1);
        MarketLog second = Run(Small, seconds: 1);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal(first.Hash, second.Hash);
        Assert.NotEqual(first.Hash, Run(Small with { Seed = 2 }, seconds: 1).Hash);
    }

    [Fact]
    public void should_make_the_same_new_offers_whatever_the_participants_do()
    {
        var alone = Run(Small with { Competitors = 0 }, seconds: 1).Added;
        var contested = Run(Small with { Competitors = 8 }, seconds: 1).Added;
        Assert.Equal(alone.Count, contested.Count);
        Assert.Equal(alone.Select(a => (a.Ticker, a.Side, a.Shares, a.Price)), contested.Select(a => (a.Ticker, a.Side, a.Shares, a.Price)));
    }

    [Fact]
    public void should_keep_displayed_shares_equal_to_added_less_executed_less_cancelled()
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(Small, new RecordingSink(log));
        for (long now = 0; now < 1_000_000_000; now += TickNs) market.Advance(now);
        Assert.Empty(log.Contradictions);
        Assert.Equal(log.Book.Count, market.Resting);
        Assert.NotEmpty(log.Fills);
    }

    [Fact]
    public void should_bound_the_book_by_rate_times_lifetime()
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(Small, new RecordingSink(log));
        int most = 0;
        for (long now = 0; now < 2_000_000_000; now += TickNs)
        {
            market.Advance(now);
            most = Math.Max(most, market.Resting);
        }

        Assert.InRange(most, 4_000, 6_500);
        Assert.Equal(0, market.Suppressed);
    }

    [Fact]
    public void should_keep_the_rate_the_balance_and_the_paying_share()
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(Small with { OffersPerSecond = 100_000 }, new RecordingSink(log));
        for (long now = 0; now < 1_000_000_000; now += TickNs) market.Advance(now);
        Assert.InRange(market.Offers, 98_000, 102_000);
        double paying = (double)market.PayingOffers / market.Offers;
        Assert.InRange(paying, 0.011, 0.013);
        double buyers = log.Added.Count(a => a.Side == Side.Buy) / (double)log.Added.Count;
        Assert.InRange(buyers, 0.49, 0.51);
    }

    [Fact]
    public void should_spread_activity_by_zipf()
    {
        MarketLog log = Run(Small with { ZipfExponent = 1, Competitors = 0 }, seconds: 1);
        int[] ranked = [.. log.Added.GroupBy(a => a.Ticker).Select(g => g.Count()).OrderDescending()];
        // Exponent 1 over 200 tickers: the busiest has 1 / H(200) = 17 % of the offers and ten times those of rank 10.
        Assert.InRange(ranked[0] / (double)log.Added.Count, 0.15, 0.19);
        Assert.InRange(ranked[0] / (double)ranked[9], 7.5, 12.5);
    }

    [Fact]
    public void should_never_round_a_price_across_the_paying_edge()
    {
        MarketLog log = new();
        MarketOptions still = Small with { DailyVolatility = 0, JumpsPerDay = 0, Competitors = 0 };
        SimulatedMarket<RecordingSink> market = new(still, new RecordingSink(log));
        for (long now = 0; now < 1_000_000_000; now += TickNs) market.Advance(now);
        long paying = log.Added.Count(a => Pays(market, a));
        long replaced = market.Offers - log.Added.Count;
        Assert.InRange(market.PayingOffers - paying, 0, replaced);
        Assert.InRange(paying / (double)log.Added.Count, 0.010, 0.014);
        Assert.All(log.Added, a => Assert.Equal(0, a.Price % 100));

        static bool Pays(SimulatedMarket<RecordingSink> market, (ulong, int Ticker, Side Side, int, int Price) offer)
        {
            long fair = market.Prices.Price(offer.Ticker);
            return offer.Side == Side.Buy ? offer.Price * 100L >= fair * 101 : offer.Price * 100L <= fair * 99;
        }
    }

    [Fact]
    public void should_execute_in_one_to_five_parts_that_sum_up_and_have_match_numbers_of_their_own()
    {
        MarketLog log = Run(Small with { SplitShare = 0.5 }, seconds: 1);
        var orders = log.Fills.GroupBy(f => (f.Order.Participant, f.Order.Number)).ToList();
        Assert.Contains(orders, o => o.Count() > 1);
        Assert.Contains(orders, o => o.Count() == 5);
        Assert.All(orders, o => Assert.InRange(o.Count(), 1, 5));
        Assert.All(orders, o => Assert.InRange(o.Sum(f => f.Quantity), 1, o.First().Order.Quantity));
        Assert.All(log.Fills, f => Assert.True(f.Quantity > 0));
        Assert.Equal(log.Fills.Count, log.Fills.Select(f => f.Match).Distinct().Count());
    }

    [Fact]
    public void should_break_some_executions_later_and_each_only_once()
    {
        MarketLog log = Run(Small, seconds: 1);
        Assert.NotEmpty(log.Broken);
        Assert.Equal(log.Broken.Count, log.Broken.Select(b => b.Match).Distinct().Count());
        Assert.Subset(log.Fills.ToHashSet(), log.Broken.ToHashSet());
        Assert.InRange(log.Broken.Count / (double)log.Fills.Count, 0.005, 0.015);
    }

    [Fact]
    public void should_take_no_memory_while_it_runs()
    {
        SimulatedMarket<NullMarketSink> market = new(Small, default);
        for (long now = 0; now < 1_000_000_000; now += TickNs) market.Advance(now);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long now = 1_000_000_000; now < 2_000_000_000; now += TickNs) market.Advance(now);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void should_move_fair_prices_by_the_daily_volatility()
    {
        MarketOptions options = Small with { Tickers = 2_000, DailyVolatility = 0.02, JumpsPerDay = 0 };
        FairPrices prices = new(options, SampleTables.Normal(), SampleTables.Exponential());
        int[] opening = [.. Enumerable.Range(0, options.Tickers).Select(prices.Price)];
        prices.Advance(100_000_000_000);
        // 100 s of a day of 23,400 s: 2 % x sqrt(100 / 23,400) = 0.131 %.
        double meanSquare = opening.Select((p, i) => Math.Pow(Math.Log((double)prices.Price(i) / p), 2)).Average();
        Assert.InRange(Math.Sqrt(meanSquare), 0.00125, 0.00137);
    }

    private static MarketLog Run(MarketOptions options, int seconds)
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(options, new RecordingSink(log));
        for (long now = 0; now < seconds * 1_000_000_000L; now += TickNs) market.Advance(now);
        return log;
    }
}
