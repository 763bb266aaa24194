namespace MarketMaker.Backtest.Results;

/// <summary>A figure and half the width of its 95 % interval.</summary>
internal readonly record struct Estimate(double Value, double HalfWidth)
{
    /// <summary>The mean of independent runs, with Student's interval.</summary>
    public static Estimate OfMean(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        if (values.Count < 2) return new Estimate(mean, double.NaN);
        double variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        return new Estimate(mean, Quantile(values.Count - 1) * Math.Sqrt(variance / values.Count));
    }

    /// <summary>The ratio of two sums over the same seeds: days are paired, and a day counts by its size. Interval by leaving out one day at a time.</summary>
    public static Estimate OfRatio(IReadOnlyList<double> values, IReadOnlyList<double> basis)
    {
        int n = values.Count;
        (double top, double bottom) = (values.Sum(), basis.Sum());
        double ratio = top / bottom;
        if (n < 2) return new Estimate(ratio, double.NaN);
        double[] without = [.. Enumerable.Range(0, n).Select(i => (top - values[i]) / (bottom - basis[i]))];
        double mean = without.Average();
        double variance = without.Sum(w => (w - mean) * (w - mean)) * (n - 1) / n;
        return new Estimate(ratio, Quantile(n - 1) * Math.Sqrt(variance));
    }

    /// <summary>As a table shows it.</summary>
    public string Text(string format) => double.IsNaN(HalfWidth) ? Value.ToString(format, System.Globalization.CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{Value.ToString(format, System.Globalization.CultureInfo.InvariantCulture)} ± {HalfWidth.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}");

    /// <summary>Student's 97.5 % quantile: Cornish and Fisher's series around the normal one. Within 1 % from 4 degrees of freedom on.</summary>
    private static double Quantile(int degrees)
    {
        const double Z = 1.959964;
        double z3 = Z * Z * Z;
        double z5 = z3 * Z * Z;
        double z7 = z5 * Z * Z;
        double n = degrees;
        return Z + (z3 + Z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * n * n) + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * n * n * n);
    }
}
