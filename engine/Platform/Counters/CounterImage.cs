using MarketMaker.Contracts;

namespace MarketMaker.Platform.Counters;

/// <summary>A counter file as it was at one moment, copied, so that what is shown together was read together. Each value is whole; together they are some us apart.</summary>
public sealed class CounterImage
{
    /// <summary>Counters and histograms, in longs.</summary>
    public const int SlotCount = (int)Counter.SlotCount + (int)HopHistogram.Count * Histogram.SlotCount;

    private readonly long[] _slots = new long[SlotCount];
    private TickerRow[] _tickers = [];
    private int _tickerCount;

    /// <summary>What the file said of itself and its writer.</summary>
    public CounterHeader Header { get; set; }

    /// <summary>When it was copied, monotonic ns.</summary>
    public long TakenNs { get; set; }

    /// <summary>When it was copied, ns since 1970.</summary>
    public long TakenWallNs { get; set; }

    /// <summary>Counters, then histograms, as in the file.</summary>
    public Span<long> Slots => _slots;

    /// <summary>A row for each ticker; none before the engine knew its universe.</summary>
    public Span<TickerRow> Tickers => _tickers.AsSpan(0, _tickerCount);

    /// <summary>A histogram.</summary>
    public HistogramImage this[HopHistogram histogram] =>
        new(_slots.AsSpan((int)Counter.SlotCount + (int)histogram * Histogram.SlotCount, Histogram.SlotCount), default);

    /// <summary>A counter.</summary>
    public long Read(Counter counter) => counter < Counter.SlotCount ? _slots[(int)counter] : throw new ArgumentOutOfRangeException(nameof(counter));

    /// <summary>How often a stage refused for a reason.</summary>
    public long ReadRefused(Counter stageRefused, RefusalReason reason) => Read(stageRefused + (int)reason);

    /// <summary>What a histogram recorded between an earlier image of the same engine and this one.</summary>
    public HistogramImage Since(CounterImage earlier, HopHistogram histogram) =>
        new(this[histogram].Slots, earlier[histogram].Slots);

    /// <summary>Replaces the rows.</summary>
    public void SetTickers(ReadOnlySpan<TickerRow> rows)
    {
        if (_tickers.Length < rows.Length) _tickers = new TickerRow[rows.Length];
        rows.CopyTo(_tickers);
        _tickerCount = rows.Length;
    }
}

/// <summary>A histogram of an image, or what came to it since an earlier one.</summary>
public readonly ref struct HistogramImage
{
    private readonly ReadOnlySpan<long> _before;

    internal HistogramImage(ReadOnlySpan<long> slots, ReadOnlySpan<long> before)
    {
        Slots = slots;
        _before = before;
    }

    internal ReadOnlySpan<long> Slots { get; }

    /// <summary>How many values.</summary>
    public long Count => Slots[Histogram.CountSlot] - (_before.IsEmpty ? 0 : _before[Histogram.CountSlot]);

    /// <summary>Their sum, ns.</summary>
    public long SumNs => Slots[Histogram.SumSlot] - (_before.IsEmpty ? 0 : _before[Histogram.SumSlot]);

    /// <summary>The largest value since the engine began, ns; also of what came since an earlier image.</summary>
    public long MaxNs => Slots[Histogram.MaxSlot];

    /// <summary>The value that <paramref name="percentile"/> % of all are at or below, to 0.8 %; 0 when there are none.</summary>
    public long ValueAtPercentile(double percentile)
    {
        // Counted from the buckets: the count of a histogram that is being written may be one ahead.
        long count = CountAtMost(long.MaxValue), seen = 0;
        if (count == 0) return 0;
        long wanted = Math.Max(1, (long)Math.Ceiling(count * percentile / 100));
        for (int i = 0; i < Histogram.BucketCount; i++)
        {
            seen += InBucket(i);
            if (seen >= wanted) return Math.Min(Histogram.HighestValueIn(i), MaxNs);
        }

        return MaxNs;
    }

    /// <summary>How many values were at most so large, to the width of a bucket.</summary>
    public long CountAtMost(long valueNs)
    {
        long count = 0;
        for (int i = 0; i < Histogram.BucketCount && Histogram.HighestValueIn(i) <= valueNs; i++) count += InBucket(i);
        return count;
    }

    private long InBucket(int index) => Slots[Histogram.BucketsAt + index] - (_before.IsEmpty ? 0 : _before[Histogram.BucketsAt + index]);
}
