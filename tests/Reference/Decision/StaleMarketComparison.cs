using MarketMaker.Decision.Signals;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Reference.Decision;

public sealed class StaleMarketComparison(ITestOutputHelper output)
{
    private const int SeedFrom = 101;
    private const int Seeds = 4;

    [Fact]
    public void should_lose_little_on_stale_prices_with_collar_and_guard_and_much_without()
    {
        CollarOptions collar = new() { FreshPpm = 30_000, RecentPpm = 30_000, AgeingPpm = 30_000, OldPpm = 30_000 };
        (double _, double badBefore) = Trade("rule alone", null, null);
        (double profit, double bad) = Trade("collar and guard", new OfferFlowOptions(), collar);
        Assert.True(badBefore > 0.12, $"the market is too kind to show anything: {badBefore:P1}");
        Assert.True(profit > 0.97, $"profit {profit:P1} of the all-knowing rule");
        Assert.True(bad < badBefore / 3, $"bad trades lose {bad:P1}, {badBefore:P1} before");
    }

    private (double Profit, double Bad) Trade(string name, OfferFlowOptions? guard, CollarOptions? collar)
    {
        double profit = 0, known = 0, loss = 0, refreshes = 0;
        for (int seed = SeedFrom; seed < SeedFrom + Seeds; seed++)
        {
            StaleMarket market = new StaleMarket(seed, offersPerSecond: 100, percentPerDay: 8, jumpsPerDay: 20, guard, collar).Run();
            profit += market.Profit;
            known += market.AllKnowingProfit;
            loss += market.BadTradeLoss;
            refreshes += market.Refreshes;
        }

        output.WriteLine($"{name}: profit {profit / known:P1}, bad trades {loss / known:P1}, {refreshes / Seeds:F0} refreshes/h; seeds from {SeedFrom}");
        return (profit / known, loss / known);
    }
}
