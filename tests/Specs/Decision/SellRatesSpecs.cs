using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class SellRatesSpecs
{
    private const long UnitNs = 1L << 30;
    private const double TickSeconds = (1 << 20) / 1e9;
    private static readonly DecisionOptions Options = new();

    [Fact]
    public void should_decay_as_the_exponential_does() => Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[0, 70_000], Gen.Double[10, 50_000]).Sample((amount, steps, tau) =>
    {
        ulong left = new DecayTable(tau).Decay((ulong)amount, steps);
        double expected = steps >= 65_536 ? 0 : amount * Math.Exp(-steps / tau);
        Assert.InRange(left, expected * (1 - 2e-6) - 2 - amount * 1e-9, expected * (1 + 2e-6) + 2 + amount * 1e-9);
    });

    [Fact]
    public void should_cover_stock_in_the_time_the_prior_says_before_anything_is_seen()
    {
        SellRates rates = new(Options with { SellRatePrior = 50 * Money.UnitsPerDollar }, 1, StrategyState.Nothing);
        Assert.InRange(rates.CoverTicks(0, 10_000L * Money.UnitsPerDollar, 0) * TickSeconds, 199, 201);
        Assert.InRange(rates.CoverTicks(0, long.MaxValue, 0) * TickSeconds, 1_999, 2_001);
        Assert.Equal(0, rates.CoverTicks(0, 0, 0));
    }

    [Fact]
    public void should_take_yesterdays_rate_before_the_prior()
    {
        StrategyState yesterday = new(2);
        yesterday.Set(0, sellRate: 500 * Money.UnitsPerDollar, default);
        SellRates rates = new(Options, 2, yesterday);
        Assert.InRange(rates.CoverTicks(0, 10_000L * Money.UnitsPerDollar, 0) * TickSeconds, 19.9, 20.1);
        Assert.InRange(rates.CoverTicks(1, 10_000L * Money.UnitsPerDollar, 0) * TickSeconds, 999, 1_001);
    }

    [Fact]
    public void should_learn_that_nobody_buys_and_reckon_with_the_cap()
    {
        SellRates rates = new(Options with { SellRatePrior = 1_000 * Money.UnitsPerDollar }, 1, StrategyState.Nothing);
        Assert.InRange(rates.CoverTicks(0, 1_000L * Money.UnitsPerDollar, 0) * TickSeconds, 0.99, 1.01);
        Assert.InRange(rates.CoverTicks(0, 1_000L * Money.UnitsPerDollar, 80_000 * UnitNs) * TickSeconds, 1_999, 2_001);
    }

    [Fact]
    public void should_count_only_the_share_of_sales_that_win()
    {
        SellRates rates = new(Options with { SellRatePrior = 0 }, 3, StrategyState.Nothing);
        rates.OnBuyer(0, 1_000_000, 65_536, 0);
        rates.OnBuyer(1, 1_000_000, 16_384, 0);
        rates.OnBuyer(2, 1_000_000, 0, 0);
        Assert.Equal((999_984UL, 250_000UL, 0UL), (rates.Look(0, 0).Sum, rates.Look(1, 0).Sum, rates.Look(2, 0).Sum));
        Assert.InRange(rates.CoverTicks(2, 1, 0) * TickSeconds, 599, 601);
        Assert.InRange(rates.CoverTicks(2, 4, 0) * TickSeconds, 1_999, 2_001);
    }

    [Fact]
    public void should_be_the_weighted_mean_that_a_list_of_all_offers_gives() =>
        Gen.Select(Gen.Int[0, 200], Gen.Long[0, 50_000L * Money.UnitsPerDollar]).Array[1, 200].Sample(buyers =>
        {
            SellRates rates = new(Options, 1, StrategyState.Nothing);
            double tau = 3_600, prior = 10.0 * Money.UnitsPerDollar, sum = prior * 600, weight = 600;
            long atUnits = 1_000;
            rates.OnBuyer(0, 0, 0, atUnits * UnitNs);
            foreach ((int units, long value) in buyers)
            {
                atUnits += units;
                double keep = Math.Exp(-units * (UnitNs / 1e9) / tau);
                (sum, weight) = (sum * keep + value * 0.5, weight * keep + tau * (1 - keep));
                rates.OnBuyer(0, value, 32_768, atUnits * UnitNs);
            }

            (ulong actualSum, ulong actualWeight) = rates.Look(0, atUnits * UnitNs);
            double expected = sum / weight;
            Assert.InRange(SellRates.PerSecond(actualSum, actualWeight), expected * 0.99 - 1, expected * 1.01 + 1);
            double cover = 1e8 / expected;
            Assert.InRange(rates.CoverTicks(0, 100_000_000, atUnits * UnitNs) * TickSeconds, Math.Min(2_000, cover) * 0.99 - 0.01, Math.Min(2_000, cover) * 1.01 + 0.01);
        });

    [Fact]
    public void should_not_be_moved_by_a_look()
    {
        SellRates looked = new(Options, 1, StrategyState.Nothing), left = new(Options, 1, StrategyState.Nothing);
        for (int i = 1; i <= 500; i++)
        {
            looked.OnBuyer(0, 12_345, 32_768, i * UnitNs);
            left.OnBuyer(0, 12_345, 32_768, i * UnitNs);
            looked.Look(0, i * UnitNs + 40 * UnitNs);
        }

        Assert.Equal(left.Look(0, 600 * UnitNs), looked.Look(0, 600 * UnitNs));
    }
}
