using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class FairPricesSpecs
{
    private const int Tickers = 7;

    // 250 ms are not a whole number of sevenths.
    private static readonly MarketOptions Options = MarketOptions.Strategy(3, competitors: 0) with { Tickers = Tickers, PriceStepMs = 250, DailyVolatility = 0.08 };

    [Fact]
    public void should_take_each_step_at_its_own_time_and_not_a_nanosecond_earlier()
    {
        FairPrices prices = New();
        int moved = 0;
        for (int step = 1; step <= 100; step++)
        {
            int ticker = (step - 1) % Tickers;
            long dueNs = (step * 250_000_000L + Tickers - 1) / Tickers;
            int[] before = All(prices);
            prices.Advance(dueNs - 1);
            Assert.Equal(before, All(prices));
            prices.Advance(dueNs);
            int[] after = All(prices);
            // A step may be too small to be seen.
            if (before[ticker] != after[ticker]) moved++;
            after[ticker] = before[ticker];
            Assert.Equal(before, after);
        }

        Assert.InRange(moved, 90, 100);
    }

    [Fact]
    public void should_walk_the_same_way_however_often_it_is_looked_at()
    {
        (FairPrices often, FairPrices seldom) = (New(), New());
        for (long nowNs = 0; nowNs <= 60_000_000_000; nowNs += 1_234_567) often.Advance(nowNs);
        often.Advance(60_000_000_000);
        seldom.Advance(60_000_000_000);
        Assert.Equal(All(seldom), All(often));
    }

    private static FairPrices New() => new(Options, SampleTables.Normal(), SampleTables.Exponential());

    private static int[] All(FairPrices prices) => [.. Enumerable.Range(0, Tickers).Select(prices.Price)];
}
