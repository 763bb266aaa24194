using System.Globalization;

namespace MarketMaker.Market;

/// <summary>A distribution of reaction times as 4,096 equally likely values in ns: drawn with 12 random bits.</summary>
public sealed class LatencyTable
{
    private const int NsPerUs = 1_000;
    private const int MaxUs = 2_000_000;

    private readonly int[] _ns;

    private LatencyTable(int[] ns) => _ns = ns;

    /// <summary>Lognormal around a median, in whole us, from 1 us to 2 s.</summary>
    public static LatencyTable LogNormal(double medianUs, double sigma) =>
        new(Array.ConvertAll(SampleTables.LogNormal(medianUs, sigma, min: 1, MaxUs), us => us * NsPerUs));

    /// <summary>A measured distribution: the percentile lines that HdrHistogram prints (value, percentile from 0 to 1, and more).</summary>
    /// <param name="lines">The file; lines that do not begin with two numbers are passed over.</param>
    /// <param name="nsPerUnit">What a value of 1 means: 1 for ns, 1,000 for us.</param>
    /// <exception cref="FormatException">It holds no percentiles, they fall, or a value is not 0 to 2 s.</exception>
    public static LatencyTable FromPercentiles(IEnumerable<string> lines, double nsPerUnit)
    {
        List<(double Ns, double Percentile)> points = [];
        foreach (string line in lines)
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2 || !TryNumber(fields[0], out double value) || !TryNumber(fields[1], out double percentile)) continue;
            double ns = value * nsPerUnit;
            if (percentile is not (>= 0 and <= 1) || ns is not (>= 0 and <= MaxUs * (double)NsPerUs))
                throw new FormatException($"'{line.Trim()}' is not a percentile of a reaction: the value must be 0 to 2 s, the percentile 0 to 1");
            if (points.Count > 0 && (percentile < points[^1].Percentile || ns < points[^1].Ns))
                throw new FormatException($"'{line.Trim()}' is below the line before it: percentiles only rise");
            points.Add((ns, percentile));
        }

        if (points.Count == 0) throw new FormatException("there is no line with a value and a percentile: export the histogram's percentile distribution");
        int[] table = new int[SampleTables.Length];
        for (int i = 0; i < table.Length; i++) table[i] = (int)At(points, (i + 0.5) / table.Length);
        return new LatencyTable(table);
    }

    /// <summary>Reads what an option says: <c>MEDIAN_US[:SIGMA]</c>, or <c>FILE:ns</c> or <c>FILE:us</c> of HdrHistogram percentiles.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static LatencyTable Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 2 && parts[1] is "ns" or "us" && parts[0].Length > 0)
            return FromPercentiles(File.ReadLines(parts[0]), parts[1] == "us" ? NsPerUs : 1);
        double sigma = 0.6;
        if (parts.Length > 2 || !TryNumber(parts[0], out double median) || median is not (>= 1 and <= 1e6)
            || parts.Length == 2 && !(TryNumber(parts[1], out sigma) && sigma is >= 0 and <= 3))
            throw new FormatException($"'{text}' is no reaction time: write MEDIAN_US[:SIGMA], such as 300:0.6, or FILE:ns or FILE:us of HdrHistogram percentiles");
        return LogNormal(median, sigma);
    }

    /// <summary>A value drawn with the lowest 12 of some random bits, ns.</summary>
    public int Draw(ulong bits) => _ns[(int)bits & SampleTables.IndexMask];

    private static double At(List<(double Ns, double Percentile)> points, double percentile)
    {
        int above = points.FindIndex(p => p.Percentile >= percentile);
        if (above <= 0) return points[above < 0 ? ^1 : 0].Ns;
        (double lowNs, double low) = points[above - 1];
        (double highNs, double high) = points[above];
        return high > low ? lowNs + (highNs - lowNs) * (percentile - low) / (high - low) : highNs;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
