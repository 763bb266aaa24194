using CsCheck;
using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Clairvoyant;

public sealed class ClairvoyantTraderSpecs
{
    [Theory]
    [InlineData(Accounting.Edge)]
    [InlineData(Accounting.Money)]
    public void should_enclose_the_best_of_all_plans_between_its_plan_and_its_bound(Accounting accounting) =>
        TinyMarkets.Days(offersMax: 7, sharesMax: 2).Sample(
            day =>
            {
                ClairvoyantResult result = ClairvoyantTrader.Solve(day, accounting, stepsMax: 200, gapPpm: 0);
                long best = TinyMarkets.BestOfAll(day, accounting);
                Assert.True(result.Plan.IsPossible);
                Assert.InRange(best, result.Reached, result.Bound);
            },
            iter: 400);

    [Theory]
    [InlineData(Accounting.Edge)]
    [InlineData(Accounting.Money)]
    public void should_find_the_best_of_all_plans_exactly_where_cash_is_ample(Accounting accounting) =>
        TinyMarkets.Days(offersMax: 7, sharesMax: 2).Sample(
            day =>
            {
                TradingDay rich = day with { Cash = 1_000_000 };
                ClairvoyantResult result = ClairvoyantTrader.Solve(rich, accounting);
                long best = TinyMarkets.BestOfAll(rich, accounting);
                Assert.Equal(best, result.Bound);
                Assert.Equal(best, result.Reached);
            },
            iter: 400);

    [Fact]
    public void should_let_no_policy_whatever_earn_more_than_its_bound()
    {
        Gen.Select(TinyMarkets.Days(offersMax: 60, sharesMax: 9), Gen.Int[0, 9].Array[60]).Sample(
            (day, whims) =>
            {
                // A policy takes what it likes, as far as cash and stock allow.
                long[] wishes = [.. day.Opportunities.Select((offer, i) => (long)whims[i])];
                TradePlan policy = new CashRepair(day).Repair(wishes);
                Assert.True(policy.IsPossible);
                Assert.True(policy.EdgeProfit <= ClairvoyantTrader.Solve(day, Accounting.Edge, stepsMax: 40).Bound);
                Assert.True(policy.MoneyProfit <= ClairvoyantTrader.Solve(day, Accounting.Money, stepsMax: 40).Bound);
            },
            iter: 500);
    }

    [Theory]
    [InlineData(0.02, 0.0)]
    [InlineData(0.05, 0.02)]
    [InlineData(0.3, 0.02)]
    public void should_leave_little_room_between_plan_and_bound_on_a_day_with_scarce_cash(double cashShare, double volatility)
    {
        TradingDay day = SeededDay.Make(seed: 5, offers: 4_000, cashShare, volatility).WithFloors(10_000, 10_000);
        ClairvoyantResult free = ClairvoyantTrader.Solve(day with { Cash = long.MaxValue / 1_000_000_000 }, Accounting.Edge);
        ClairvoyantResult result = ClairvoyantTrader.Solve(day, Accounting.Edge);
        Assert.True(result.Plan.IsPossible);
        Assert.InRange(result.GapPpm, 0, 30_000);
        Assert.True(result.Bound < free.Bound, "the cash of this day is not scarce");
    }

    [Fact]
    public void should_count_the_same_by_edge_and_by_money_where_prices_stand_still()
    {
        TradingDay day = SeededDay.Make(seed: 6, offers: 2_000, cashShare: 0.05, volatility: 0);
        ClairvoyantResult byEdge = ClairvoyantTrader.Solve(day, Accounting.Edge);
        ClairvoyantResult byMoney = ClairvoyantTrader.Solve(day, Accounting.Money);
        Assert.Equal(byEdge.Plan.EdgeProfit, byEdge.Plan.MoneyProfit);
        Assert.Equal(byEdge.Bound, byMoney.Bound);
    }

    [Fact]
    public void should_take_exactly_what_pays_the_floor_and_could_be_won()
    {
        TradingDay day = new()
        {
            Cash = 1,
            StartFairPrices = [100_0000],
            EndFairPrices = [100_0000],
            Opportunities =
            [
                new Opportunity(1, 0, Side.Sell, 99_0000, 100_0000, 10),
                new Opportunity(2, 0, Side.Sell, 99_0001, 100_0000, 10),
                new Opportunity(3, 0, Side.Buy, 101_0000, 100_0000, 10),
                new Opportunity(4, 0, Side.Buy, 100_9999, 100_0000, 10),
                new Opportunity(5, 0, Side.Buy, 102_0000, 100_0000, 0),
            ],
        };
        Assert.Equal([1, 3], day.WithFloors(10_000, 10_000).Opportunities.Select(offer => offer.TimeNs));
    }

    [Fact]
    public void should_have_nothing_to_earn_on_a_day_without_offers()
    {
        TradingDay day = new() { Cash = 100, StartFairPrices = [100, 50], EndFairPrices = [110, 40], Opportunities = [] };
        Assert.Equal(0, ClairvoyantTrader.Solve(day, Accounting.Money).Bound);
    }

    [Fact]
    public void should_refuse_offers_out_of_order()
    {
        Opportunity late = new(2, 0, Side.Sell, 90, 100, 1);
        TradingDay day = new() { Cash = 100, StartFairPrices = [100], EndFairPrices = [100], Opportunities = [late, late with { TimeNs = 1 }] };
        Assert.Throws<ArgumentException>(() => ClairvoyantTrader.Solve(day, Accounting.Edge));
    }
}
