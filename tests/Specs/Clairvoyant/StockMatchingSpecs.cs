using CsCheck;
using MarketMaker.Clairvoyant;

namespace MarketMaker.Tests.Specs.Clairvoyant;

public sealed class StockMatchingSpecs
{
    [Fact]
    public void should_give_a_share_to_a_better_sale_later_and_serve_the_earlier_one_from_another()
    {
        // Bought at 5 and sold at 7; the share bought at 6 later serves the sale at 9. Without it the first share waits for the 9.
        Assert.Equal([1, 1, 1, 1], Solve([true, false, true, false], [5, 7, 6, 9], [1, 1, 1, 1], 0, -100));
        Assert.Equal([1, 0, 0, 1], Solve([true, false, true, false], [5, 7, 6, 9], [1, 1, 0, 1], 0, -100));
    }

    [Fact]
    public void should_be_as_good_as_the_best_of_all_choices() =>
        Gen.Select(Gen.Bool, Gen.Int[-3, 12], Gen.Int[0, 2]).Array[1, 7].SelectMany(offers => Gen.Select(Gen.Const(offers), Gen.Int[0, 2], Gen.Int[-4, 8])).Sample(
            (offers, start, left) =>
            {
                bool[] isBuy = [.. offers.Select(offer => offer.Item1)];
                long[] values = [.. offers.Select(offer => (long)offer.Item2)];
                int[] sizes = [.. offers.Select(offer => offer.Item3)];
                long[] taken = Solve(isBuy, values, sizes, start, left);
                Assert.Equal(Best(isBuy, values, sizes, 0, start, left), Worth(isBuy, values, sizes, taken, start, left));
            },
            iter: 2_000);

    private static long[] Solve(bool[] isBuy, long[] values, int[] sizes, long start, long left)
    {
        long[] taken = new long[isBuy.Length];
        new StockMatching(isBuy.Length).Solve([.. Enumerable.Range(0, isBuy.Length)], isBuy, values, sizes, start, left, taken);
        return taken;
    }

    private static long Worth(bool[] isBuy, long[] values, int[] sizes, long[] taken, long stock, long left)
    {
        long worth = 0;
        for (int i = 0; i < taken.Length; i++)
        {
            Assert.InRange(taken[i], 0, sizes[i]);
            stock += isBuy[i] ? taken[i] : -taken[i];
            worth += isBuy[i] ? -values[i] * taken[i] : values[i] * taken[i];
            Assert.True(stock >= 0);
        }

        return worth + stock * left;
    }

    private static long Best(bool[] isBuy, long[] values, int[] sizes, int from, long stock, long left)
    {
        if (from == isBuy.Length) return stock * left;
        long best = long.MinValue;
        for (int shares = 0; shares <= (isBuy[from] ? sizes[from] : Math.Min(sizes[from], stock)); shares++)
        {
            long worth = isBuy[from] ? -values[from] * shares : values[from] * shares;
            best = Math.Max(best, worth + Best(isBuy, values, sizes, from + 1, isBuy[from] ? stock + shares : stock - shares, left));
        }

        return best;
    }
}
