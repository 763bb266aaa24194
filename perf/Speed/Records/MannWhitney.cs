namespace MarketMaker.Speed.Records;

/// <summary>
/// The chance that two sets of values which come from the same distribution would differ by so much in rank: Mann and Whitney's test, two-sided, exact for
/// small sets without ties, else by the normal approximation with correction for ties. It assumes nothing of the distribution.
/// </summary>
internal static class MannWhitney
{
    private const int ExactMax = 30;

    public static double P(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        (int n, int m) = (a.Count, b.Count);
        if (n == 0 || m == 0) return 1;
        double u = a.Sum(x => b.Sum(y => x > y ? 1 : x == y ? 0.5 : 0));
        double extreme = Math.Min(u, (double)n * m - u);
        bool hasTies = a.Concat(b).Distinct().Count() < n + m;
        return Math.Min(1, hasTies || n + m > ExactMax ? Approximate(a, b, extreme) : 2 * Exact(n, m, (int)extreme));
    }

    // How many of all orders of n and m values have a U of at most so much; counted by the usual recursion, one row of m at a time.
    private static double Exact(int n, int m, int u)
    {
        double[,][] counts = new double[n + 1, m + 1][];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                double[] count = counts[i, j] = new double[(i * j) + 1];
                if (i == 0 || j == 0)
                {
                    count[0] = 1;
                    continue;
                }

                for (int k = 0; k < count.Length; k++)
                    count[k] = (k >= j && k - j < counts[i - 1, j].Length ? counts[i - 1, j][k - j] : 0) + (k < counts[i, j - 1].Length ? counts[i, j - 1][k] : 0);
            }
        }

        return counts[n, m].Take(u + 1).Sum() / counts[n, m].Sum();
    }

    private static double Approximate(IReadOnlyList<double> a, IReadOnlyList<double> b, double u)
    {
        double n = a.Count, m = b.Count, all = n + m;
        double ties = a.Concat(b).GroupBy(value => value).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
        if (variance <= 0) return 1;
        double z = (Math.Abs(u - n * m / 2) - 0.5) / Math.Sqrt(variance);
        return z <= 0 ? 1 : 2 * UpperTail(z);
    }

    // Abramowitz and Stegun 26.2.17: off by less than 1e-7.
    private static double UpperTail(double z)
    {
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
