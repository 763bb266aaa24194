using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Backtest;

public class VerdictServiceSpecs
{
    private static readonly World Market = new World().With("seconds", "2400").With("capital", "1000000").With("competitors", "0").With("jumps", "0")
        .With("offers-per-day", "20000").With("verdict-requests", "20");

    [Fact]
    public void should_tell_the_engine_of_the_tickers_that_turn_wild_and_of_hardly_any_others()
    {
        World wild = Market.With("wild-share", "0.2").With("wild-factor", "6").With("wild-from", "1200");
        RunResult result = new Job(wild, PolicyList.Strict, 7).Run(CancellationToken.None);
        Assert.InRange(result["wild_tickers"], 3, 20);
        Assert.Equal(result["wild_tickers"], result["wild_found"]);
        Assert.InRange(result["wild_found_ms_max"], 1, 120_000);
        // Less than one in ten ticker-days on the mean: five of them may see one.
        Assert.InRange(result["false_verdicts"], 0, 1);
        // Who is told of them buys no more of them.
        Assert.True(result.Verdicts[(int)RefusalReason.SellOnly] > 0);
        Assert.Equal(0, result["violations"]);
    }

    [Fact]
    public void should_hardly_refuse_anything_in_a_calm_market()
    {
        RunResult result = new Job(Market, PolicyList.Strict, 7).Run(CancellationToken.None);
        // Before its first price each ticker is only sold: two and a half seconds for 50 of them.
        Assert.InRange(result.Verdicts[(int)RefusalReason.SellOnly], 0, result["offers"] / 50);
        Assert.Equal(0, result["wild_tickers"]);
    }

    [Fact]
    public void should_lose_less_of_held_stock_with_a_sell_off_than_by_doing_nothing()
    {
        World wild = Market.With("offers-per-day", "500000").With("capital", "ample").With("wild-share", "0.4").With("wild-factor", "8").With("wild-from", "1200");
        RunResult result = new Job(wild, PolicyList.Strict, 11).Run(CancellationToken.None);
        Assert.True(result["held_positions"] > 3);
        Assert.True(result["held_loss"] * 2 < result["idle_loss"]);
    }

    [Fact]
    public void should_keep_what_kind_of_measurement_a_job_is_when_its_seed_is_set()
    {
        Job job = new DetectionJob(4, 1_000);
        RunResult found = (job with { Seed = 3 }).Run(CancellationToken.None);
        Assert.Equal(1, found["wild_found"]);
        Assert.NotEqual(found["wild_found_ms"], (job with { Seed = 4 }).Run(CancellationToken.None)["wild_found_ms"]);
        Assert.Equal(0, found["profit"]);
    }
}
