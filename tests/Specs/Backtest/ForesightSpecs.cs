using MarketMaker.Backtest.Foreseeing;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Tests.Specs.Backtest;

public sealed class ForesightSpecs
{
    private const int NoFloorPpm = -1_000_000;

    [Theory]
    [InlineData("tight", "8", 1)]
    [InlineData("ample", "0", 2)]
    public void should_let_no_policy_earn_more_than_the_clairvoyant_in_the_market_of_the_backtest(string capital, string competitors, ulong seed)
    {
        World world = new World().With("seconds", "900").With("offers-per-day", "100000").With("capital", capital).With("competitors", competitors);
        RunResult best = new Foresight(0, NoFloorPpm).Run(world.Options(seed), CancellationToken.None);
        foreach (string name in (string[])["strict", "adaptive", "fixed", "fixed-25bp", "static:0:0"])
        {
            RunResult policy = new Job(world, PolicyList.Parse(name), seed).Run(default);
            Assert.True(policy["orders_won"] > 0, name);
            Assert.True(policy.Profit <= best.Profit, $"{name} earned {policy.Profit} of {best.Profit}");
            Assert.True(policy["edge_profit"] - policy["liquidation_cost"] <= best["edge_profit"], name);
        }
    }

    [Fact]
    public void should_leave_less_to_the_clairvoyant_where_others_are_first()
    {
        World world = new World().With("seconds", "900").With("offers-per-day", "100000").With("capital", "100000");
        long alone = new Foresight(0, 10_000).Run(world.With("competitors", "0").Options(3), CancellationToken.None)["edge_profit"];
        long amongOthers = new Foresight(0, 10_000).Run(world.With("competitors", "8").Options(3), CancellationToken.None)["edge_profit"];
        Assert.InRange(amongOthers, 1, alone / 2);
    }

    [Theory]
    [InlineData("best:0")]
    [InlineData("sees:60:0")]
    public async Task should_end_at_once_when_a_stop_is_asked_for(string name)
    {
        using CancellationTokenSource stop = new();
        // Ample offers: without a look at the token it would run for minutes.
        World world = new World().With("seconds", "7200").With("offers-per-day", "2000000").With("capital", "100000");
        Task<RunResult> run = Task.Run(() => new Job(world, PolicyList.Parse(name), 1).Run(stop.Token));
        await Task.Delay(500);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("best:10000", true)]
    [InlineData("sees:300:2500", true)]
    [InlineData("sees:0:2500", false)]
    [InlineData("best:", false)]
    [InlineData("best:-1", false)]
    [InlineData("strict", false)]
    public void should_know_its_own_names(string name, bool isForesight) => Assert.Equal(isForesight, Foresight.TryParse(name, out _));
}
