using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Backtest;

public class BacktestRunSpecs
{
    private static readonly World Short = new World().With("seconds", "900").With("competitors", "2").With("capital", "200000");

    [Fact]
    public void should_give_the_same_figures_whatever_the_number_of_threads()
    {
        Job[] jobs = [.. Enumerable.Range(1, 6).Select(seed => new Job(Short.With("competitors", "changing").With("capital", "tight"), PolicyList.Fixed, (ulong)seed))];
        RunResult?[] one = JobRunner.Run("one", jobs, threads: 1, CancellationToken.None);
        RunResult?[] many = JobRunner.Run("many", jobs, threads: 4, CancellationToken.None);
        for (int i = 0; i < jobs.Length; i++)
        {
            Assert.Equal(one[i]!.Figures, many[i]!.Figures);
            Assert.Equal(one[i]!.Verdicts, many[i]!.Verdicts);
        }

        Assert.Equal(jobs.Length, one.Select(r => r!.Profit).Distinct().Count());
    }

    [Fact]
    public void should_earn_what_the_edges_were_worth_less_the_liquidation_when_prices_stand_still()
    {
        World still = Short.With("volatility", "0").With("jumps", "0").With("liquidation-bp", "35");
        RunResult result = new Job(still, PolicyList.Fixed, 3).Run(CancellationToken.None);
        Assert.True(result["fills"] > 50);
        Assert.Equal(0, result["bad_trades"]);
        // Every cent is accounted for: what stands still is worth the same at the end.
        Assert.Equal(result["edge_profit"] - result["liquidation_cost"], result.Profit);
        Assert.InRange(result["liquidation_cost"], result["leftover_stock"] * 35 / 10_000, result["leftover_stock"] * 35 / 10_000 + 50);
        Assert.True(result["bought"] <= result["start_cash"] + result["sold"]);
    }

    [Fact]
    public void should_judge_every_offer_that_was_heard_and_count_each_once()
    {
        RunResult result = new Job(Short, PolicyList.Fixed, 4).Run(CancellationToken.None);
        Assert.InRange(result["offers"] - result["offers_judged"], 0, 1);
        Assert.Equal(result["orders"], result.Verdicts[(int)RefusalReason.None]);
        Assert.Equal(result["orders"], result.SentByEdge.Sum());
        Assert.Equal(result["orders_won"], result.WonByEdge.Sum());
    }

    [Fact]
    public void should_win_races_among_equals_by_luck()
    {
        // Each of 8 looks with chance 0.8 and is as fast as we are: we win 1 / (1 + K), on the mean (1 - 0.2^9) / (9 x 0.8).
        World even = new World().With("capital", "1000000000").With("seconds", "7200").With("competitors", "8").With("competitor-edge", "0:0").With("volatility", "0").With("jumps", "0");
        RunResult result = new Job(even, PolicyList.Static(5_000, 5_000), 8).Run(CancellationToken.None);
        double n = result["orders"];
        Assert.True(n > 10_000);
        double expected = (1 - Math.Pow(0.2, 9)) / (9 * 0.8);
        double deviation = Math.Sqrt(expected * (1 - expected) / n);
        Assert.InRange(result["orders_won"] / n, expected - 4 * deviation - 0.004, expected + 4 * deviation + 0.004);
    }

    [Fact]
    public void should_win_more_the_faster_we_are()
    {
        long Won(string latency) => new Job(Short.With("latency", latency).With("capital", "100000000"), PolicyList.Fixed, 5).Run(CancellationToken.None)["orders_won"];
        Assert.True(Won("50:0.1") > Won("300:0.6"));
        Assert.True(Won("300:0.6") > Won("5000:0.1"));
    }

    [Fact]
    public void should_lose_on_bad_trades_only_when_prices_are_old()
    {
        World moving = Short.With("volatility", "8").With("jumps", "200").With("capital", "100000000").With("competitors", "8");
        RunResult fresh = new Job(moving.With("requests-per-second", "5000").With("price-latency", "1:0"), PolicyList.Naive, 6).Run(CancellationToken.None);
        RunResult old = new Job(moving.With("poll-seconds", "10").With("priority", "false"), PolicyList.Naive, 6).Run(CancellationToken.None);
        Assert.True(old["bad_trade_loss"] > 10 * fresh["bad_trade_loss"]);
        Assert.True(old["bad_trades"] > 0);
    }

    [Fact]
    public void should_keep_every_rule_while_everything_fails()
    {
        World bad = Short.With("seconds", "3600").With("volatility", "8").With("jumps", "50").With("bad-price-share", "0.05").With("stalls", "20").With("silences", "10")
            .With("verdicts", "1000").With("split-share", "0.3").With("dead-share", "0.01").With("break-share", "0.01");
        RunResult result = new Job(bad, PolicyList.Strict, 7).Run(CancellationToken.None);
        Assert.True(result["orders"] > 100);
        Assert.True(result["price_answers_refused"] > 0);
        Assert.True(result.Verdicts[(int)RefusalReason.Denied] > 0);
        Assert.True(result.Verdicts[(int)RefusalReason.SellOnly] > 0);
        Assert.Empty(result.Violations);
        Assert.Equal(0, result["contradictions"]);
    }

    [Fact]
    public void should_stop_when_told_to()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Job(Short.With("seconds", "23400"), PolicyList.Fixed, 1).Run(stop.Token));
        Assert.All(JobRunner.Run("stopped", [new Job(Short, PolicyList.Fixed, 1)], 1, stop.Token), Assert.Null);
    }

    [Fact]
    public void should_sample_the_series_as_often_as_asked()
    {
        RunResult result = new Job(Short, PolicyList.Fixed, 2).Run(CancellationToken.None, seriesSeconds: 60);
        Assert.Equal(15, result.Series.Count);
        Assert.Equal(result["start_cash"], result.Series[0].Equity);
        Assert.Equal(result.Series.Select(p => p.AtNs).Order(), result.Series.Select(p => p.AtNs));
    }
}
