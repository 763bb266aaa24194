using HdrHistogram;

namespace MarketMaker.Speed.Records;

/// <summary>A histogram as an .hgrm file: the percentile distribution that HdrHistogram's plotters read, in microseconds.</summary>
internal static class PercentileFile
{
    private const long HighestNs = 3_600_000_000_000;
    private const int SignificantDigits = 3;
    private const int TicksPerHalf = 5;
    private const double NsPerUs = 1_000;

    public static void Write(string path, IEnumerable<long> valuesNs)
    {
        LongHistogram histogram = new(HighestNs, SignificantDigits);
        foreach (long value in valuesNs) histogram.RecordValue(Math.Clamp(value, 0, HighestNs));
        using StreamWriter writer = new(path);
        histogram.OutputPercentileDistribution(writer, TicksPerHalf, NsPerUs);
    }
}
