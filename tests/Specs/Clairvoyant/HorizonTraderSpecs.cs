using MarketMaker.Clairvoyant;

namespace MarketMaker.Tests.Specs.Clairvoyant;

public sealed class HorizonTraderSpecs
{
    private const long SecondNs = 1_000_000_000;

    private static readonly TradingDay Day = SeededDay.Make(seed: 9, offers: 4_000, cashShare: 0.03, volatility: 0.01).WithFloors(10_000, 10_000);

    [Fact]
    public void should_earn_more_the_further_it_sees_and_never_more_than_the_clairvoyant()
    {
        long bound = ClairvoyantTrader.Solve(Day, Accounting.Edge).Bound;
        TradePlan near = HorizonTrader.Solve(Day, Accounting.Edge, 300 * SecondNs);
        TradePlan far = HorizonTrader.Solve(Day, Accounting.Edge, 7_200 * SecondNs);
        Assert.True(near.IsPossible && far.IsPossible);
        Assert.True(near.EdgeProfit < far.EdgeProfit, $"{near.EdgeProfit} with 5 minutes, {far.EdgeProfit} with 2 hours");
        Assert.True(far.EdgeProfit <= bound);
    }

    [Fact]
    public void should_come_close_to_the_clairvoyant_when_it_sees_the_whole_day_at_every_moment()
    {
        ClairvoyantResult whole = ClairvoyantTrader.Solve(Day, Accounting.Edge);
        TradePlan plan = HorizonTrader.Solve(Day, Accounting.Edge, 24 * 3_600 * SecondNs, stepsMax: 400);
        Assert.InRange(plan.EdgeProfit, whole.Bound * 95 / 100, whole.Bound);
    }

    [Fact]
    public void should_not_depend_on_offers_beyond_its_horizon()
    {
        const long HorizonNs = 600 * SecondNs;
        int half = Day.Opportunities.Count / 2;
        long untilNs = Day.Opportunities[half - 1].TimeNs - HorizonNs;
        TradingDay shorter = Day with { Opportunities = [.. Day.Opportunities.Take(half)] };
        TradePlan all = HorizonTrader.Solve(Day, Accounting.Edge, HorizonNs);
        TradePlan some = HorizonTrader.Solve(shorter, Accounting.Edge, HorizonNs);
        int settled = Day.Opportunities.Count(offer => offer.TimeNs <= untilNs);
        Assert.InRange(settled, 50, half);
        Assert.Equal(all.Shares[..settled].ToArray(), some.Shares[..settled].ToArray());
    }

    [Fact]
    public void should_stop_when_told_to()
    {
        CancellationToken stopped = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => HorizonTrader.Solve(Day, Accounting.Edge, 600 * SecondNs, stop: stopped));
        Assert.Throws<OperationCanceledException>(() => ClairvoyantTrader.Solve(Day, Accounting.Edge, stop: stopped));
    }
}
