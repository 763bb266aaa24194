namespace MarketMaker.Market;

/// <summary>Quantiles of the distributions the market draws from, as integers: a draw is one array load with a random index.</summary>
public static class SampleTables
{
    /// <summary>Entries of a table; an index is 12 random bits.</summary>
    public const int Length = 4096;

    /// <summary>Mask of an index.</summary>
    public const int IndexMask = Length - 1;

    /// <summary>What one unit (a standard deviation, a mean) is in <see cref="Normal"/> and <see cref="Exponential"/>.</summary>
    public const int One = 1 << 16;

    private static readonly double[] NormalQuantiles = Enumerable.Range(0, Length).Select(i => InverseNormal(Place(i))).ToArray();

    /// <summary>The standard normal distribution, 65,536 = one standard deviation.</summary>
    public static int[] Normal() => Build(i => NormalQuantiles[i] * One);

    /// <summary>The exponential distribution, 65,536 = its mean.</summary>
    public static int[] Exponential() => Build(i => -Math.Log(1 - Place(i)) * One);

    /// <summary>The lognormal distribution with a median, a spread (standard deviation of the logarithm) and bounds.</summary>
    public static int[] LogNormal(double median, double sigma, int min, int max) =>
        Build(i => Math.Clamp(median * Math.Exp(sigma * NormalQuantiles[i]), min, max));

    private static int[] Build(Func<int, double> quantile)
    {
        int[] table = new int[Length];
        for (int i = 0; i < Length; i++) table[i] = (int)Math.Round(quantile(i));
        return table;
    }

    /// <summary>The middle of an entry's share of the distribution, 0 to 1.</summary>
    private static double Place(int entry) => (entry + 0.5) / Length;

    /// <summary>The inverse of the normal distribution function, by bisection: it is built once, so slow and obvious will do.</summary>
    private static double InverseNormal(double u)
    {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 48; i++)
        {
            double middle = (low + high) / 2;
            if (NormalDistribution(middle) < u) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The distribution function as the series of its density around zero (converges quickly for |x| below 8).</summary>
    private static double NormalDistribution(double x)
    {
        double term = x;
        double sum = x;
        for (int i = 1; i < 200 && Math.Abs(term) > 1e-17; i++)
        {
            term *= x * x / (2 * i + 1);
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
