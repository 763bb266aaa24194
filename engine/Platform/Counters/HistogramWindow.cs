namespace MarketMaker.Platform.Counters;

/// <summary>What a histogram recorded between two looks at it, while its thread goes on recording.</summary>
public sealed class HistogramWindow
{
    private readonly Histogram _histogram;
    private readonly long[] _before;
    private readonly long[] _now;

    /// <summary>A window that opens now.</summary>
    public HistogramWindow(Histogram histogram)
    {
        _histogram = histogram;
        (_before, _now) = (new long[Histogram.BucketCount], new long[Histogram.BucketCount]);
        Open();
    }

    /// <summary>Values in the window that was closed last.</summary>
    public long Count { get; private set; }

    /// <summary>Forgets what came before.</summary>
    public void Open() => _histogram.CopyBuckets(_before);

    /// <summary>Closes the window: from now on it can be asked, until it is opened again.</summary>
    public void Close()
    {
        _histogram.CopyBuckets(_now);
        Count = 0;
        for (int i = 0; i < _now.Length; i++) Count += _now[i] - _before[i];
    }

    /// <summary>The value that <paramref name="percentile"/> % of those in the window are at or below, to 0.8 %; 0 when there were none.</summary>
    public long ValueAtPercentile(double percentile)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(Count * percentile / 100)), seen = 0;
        for (int i = 0; i < _now.Length; i++)
        {
            seen += _now[i] - _before[i];
            if (seen >= wanted) return Histogram.HighestValueIn(i);
        }

        return 0;
    }
}
