namespace MarketMaker.Speed.Latency;

/// <summary>Percentiles of a set of values, exact: the value that so many percent are at or below.</summary>
internal sealed record Percentiles(int Count, long P50, long P90, long P99, long P999, long Max)
{
    public static Percentiles Of(IEnumerable<long> values)
    {
        long[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted.Length == 0
            ? new Percentiles(0, 0, 0, 0, 0, 0)
            : new Percentiles(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), At(sorted, 0.999), sorted[^1]);
    }

    private static long At(long[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];
}
