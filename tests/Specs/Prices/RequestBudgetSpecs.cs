using CsCheck;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class RequestBudgetSpecs
{
    [Fact]
    public void should_never_let_more_than_the_budget_through_in_any_second()
    {
        Gen<long> pauseNs = Gen.OneOf(Gen.Long[0, 1_000], Gen.Long[0, 1_000_000], Gen.Long[0, 20_000_000], Gen.Long[0, 2_000_000_000]);
        Gen.Select(Gen.Int[1, 400], pauseNs.Array[1, 100]).Sample(
            (budgetPerSecond, pausesNs) =>
            {
                RequestBudget budget = new(budgetPerSecond);
                List<long> takenNs = [];
                long nowNs = 0;
                for (int i = 0; i < 2_000; i++)
                {
                    nowNs += pausesNs[i % pausesNs.Length];
                    for (int tries = 0; tries < 50 && budget.IsOpen(nowNs); tries++)
                    {
                        budget.Take(nowNs);
                        takenNs.Add(nowNs);
                    }
                }

                for (int i = budgetPerSecond; i < takenNs.Count; i++)
                    Assert.True(takenNs[i] - takenNs[i - budgetPerSecond] >= 1_000_000_000, $"more than {budgetPerSecond} in a second at {takenNs[i]}");
            },
            iter: 300,
            seed: "0000000000006");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(250)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void should_let_99_percent_of_the_budget_through_when_asked_often(int budgetPerSecond)
    {
        RequestBudget budget = new(budgetPerSecond);
        int taken = 0;
        for (long nowNs = 0; nowNs < 10_000_000_000; nowNs += 1_000_000)
        {
            for (; budget.IsOpen(nowNs); taken++) budget.Take(nowNs);
        }

        Assert.InRange(taken, (int)(10L * budgetPerSecond * 985 / 1_000), 10 * budgetPerSecond);
    }
}
