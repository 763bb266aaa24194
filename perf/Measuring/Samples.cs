namespace MarketMaker.Measuring;

/// <summary>A median and the interval that holds it with 95 % confidence, by order statistics: nothing is assumed of the distribution.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Median">Their median.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">What the interval really has; with fewer than six values less than 95 %.</param>
internal sealed record Samples(int Count, double Median, double Low, double High, double Confidence)
{
    private const double Wanted = 0.95;

    internal static Samples Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int count = sorted.Length;
        if (count == 0) throw new MeasureException("nothing was measured");
        double median = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        // The median lies outside the k-th values from both ends when fewer than k of n fair coins show heads, or tails.
        int cut = 0;
        while (cut + 1 < (count + 1) / 2 && Inside(count, cut + 1) >= Wanted) cut++;
        return new Samples(count, median, sorted[cut], sorted[count - 1 - cut], Inside(count, cut));
    }

    public override string ToString() => FormattableString.Invariant($"{Median:0.###} [{Low:0.###} .. {High:0.###}]");

    private static double Inside(int count, int cut)
    {
        double tail = 0, term = Math.Pow(0.5, count);
        for (int i = 0; i <= cut; i++)
        {
            tail += term;
            term = term * (count - i) / (i + 1);
        }

        return Math.Max(0, 1 - 2 * tail);
    }
}
