using CsCheck;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class RentTableSpecs
{
    private const long Capital = 1_000_000_0000;

    [Fact]
    public void should_cost_nothing_while_half_of_the_capital_is_idle_and_402_bp_per_1000_s_when_all_is_used()
    {
        RentTable rents = new(new DecisionOptions());
        rents.SetCapital(Capital);
        Assert.Equal(0, rents.PpmPer1000S(0));
        Assert.Equal(0, rents.PpmPer1000S(-5));
        Assert.Equal(0, rents.PpmPer1000S(Capital / 2));
        Assert.True(rents.PpmPer1000S(Capital / 2 + Capital / 200) > 0);
        // exp(6) - 1 = 402.43 times a of 1 bp.
        Assert.Equal(40_243, rents.PpmPer1000S(Capital));
        Assert.Equal(40_243, rents.PpmPer1000S(3 * Capital));
    }

    [Fact]
    public void should_be_dearest_when_there_is_no_capital()
    {
        RentTable rents = new(new DecisionOptions());
        rents.SetCapital(0);
        Assert.Equal(40_243, rents.PpmPer1000S(1));
        rents.SetCapital(-Capital);
        Assert.Equal(40_243, rents.PpmPer1000S(1));
    }

    [Fact]
    public void should_be_the_formula_at_every_share_and_any_capital() =>
        Gen.Select(Gen.Long[1_024, 1_000_000_000_000_000_000], Gen.Double[0, 1.2], Gen.Int[0, 10_000], Gen.Int[0, 900], Gen.Int[0, 99]).Sample((capital, share, a, b, z0) =>
        {
            RentTable rents = new(new DecisionOptions { RentAPpm = a, RentBPercent = b, RentZ0Percent = z0 });
            rents.SetCapital(capital);
            long used = (long)(capital * share);
            int actual = rents.PpmPer1000S(used);
            // The entry for the share rounded down, or the next one where the reciprocal, rounded up, comes to it.
            int step = (int)UInt128.Min(256, (UInt128)used * 256 / (ulong)capital);
            Assert.InRange(actual, Formula(step), Formula(Math.Min(256, step + 1)));

            int Formula(int at)
            {
                double above = Math.Max(0, (at / 256.0 - z0 / 100.0) / (1 - z0 / 100.0));
                return (int)Math.Min(1_000_000, Math.Round(a * (Math.Exp(b / 100.0 * above) - 1)));
            }
        });
}
