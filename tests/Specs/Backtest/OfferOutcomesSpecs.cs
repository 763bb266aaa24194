using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Backtest;

public class OfferOutcomesSpecs
{
    [Fact]
    public void should_foresee_which_races_a_run_wins()
    {
        World world = new World().With("seconds", "900").With("competitors", "4").With("capital", "100000000").With("volatility", "0").With("jumps", "0");
        OfferOutcome[] rich = [.. OfferOutcomes.Of(world.Options(6)).Outcomes.Where(o => EdgePpm(o) >= 10_000 && EdgePpm(o) < 45_000)];
        RunResult result = new Job(world, PolicyList.Static(10_000, 10_000).With([("ticker-used-max-ppm", "1000000")]), 6).Run(CancellationToken.None);
        // A run cannot sell what it has not yet: all it wins lies within what could be won, and of the purchases nearly all is won.
        long couldBuy = rich.Where(o => o.OfferSide == Side.Sell).Sum(o => (long)o.Shares * o.Price);
        Assert.True(couldBuy > 0);
        Assert.InRange(result["bought"], couldBuy * 0.97, couldBuy * 1.005);
        Assert.InRange(result["sold"], 1, rich.Where(o => o.OfferSide == Side.Buy).Sum(o => (long)o.Shares * o.Price));
    }

    [Fact]
    public void should_leave_nothing_for_us_when_everybody_is_faster()
    {
        World world = new World().With("seconds", "300").With("competitors", "8").With("competitor-look", "1").With("competitor-edge", "0:0").With("competitor-latency", "1:0").With("latency", "900:0");
        OfferOutcome[] outcomes = [.. OfferOutcomes.Of(world.Options(2)).Outcomes.Where(o => EdgePpm(o) > 100)];
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, o => Assert.Equal(0, o.Shares));
    }

    private static long EdgePpm(OfferOutcome o) => (o.OfferSide == Side.Sell ? (long)o.FairPrice - o.Price : (long)o.Price - o.FairPrice) * 1_000_000 / o.FairPrice;
}
