using System.Numerics;

namespace MarketMaker.Platform.Counters;

/// <summary>
/// Counts durations in log-linear buckets (128 per power of two: 0.8 % wide), in memory that other processes may read.
/// Recording costs a few ns and allocates nothing; one thread records.
/// </summary>
public sealed unsafe class Histogram
{
    /// <summary>Longs of memory one histogram takes: count, sum, maximum, then the buckets.</summary>
    public const int SlotCount = BucketsAt + BucketCount;

    internal const int CountSlot = 0;
    internal const int SumSlot = 1;
    internal const int MaxSlot = 2;
    internal const int BucketsAt = 3;

    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int ValueBits = 40;
    internal const int BucketCount = (ValueBits - SubBucketBits + 1) * SubBuckets;
    private const long ValueMax = (1L << ValueBits) - 1;

    private readonly long* _slots;

    // SAFETY: the maker hands over SlotCount zeroed longs that outlive this object.
    internal Histogram(long* slots) => _slots = slots;

    /// <summary>How many values were recorded.</summary>
    public long Count => Volatile.Read(ref _slots[CountSlot]);

    /// <summary>The largest value recorded, exact.</summary>
    public long Max => _slots[MaxSlot];

    /// <summary>The mean of all values.</summary>
    public double Mean => Count == 0 ? 0 : (double)_slots[SumSlot] / Count;

    /// <summary>Counts one value; negative ones count as 0, those beyond 2^40 ns (18 minutes) as that.</summary>
    public void Record(long valueNs)
    {
        long value = Math.Clamp(valueNs, 0, ValueMax);
        // SAFETY: a value within the clamp maps below BucketCount.
        _slots[BucketsAt + IndexOf(value)]++;
        _slots[SumSlot] += value;
        if (value > _slots[MaxSlot]) _slots[MaxSlot] = value;
        Volatile.Write(ref _slots[CountSlot], _slots[CountSlot] + 1);
    }

    /// <summary>The value that <paramref name="percentile"/> % of all are at or below, to 0.8 %; 0 when empty.</summary>
    public long ValueAtPercentile(double percentile)
    {
        long count = Count;
        if (count == 0) return 0;
        long wanted = Math.Max(1, (long)Math.Ceiling(count * percentile / 100));
        long seen = 0;
        for (int index = 0; index < BucketCount; index++)
        {
            seen += _slots[BucketsAt + index];
            if (seen >= wanted) return Math.Min(HighestValueIn(index), Max);
        }

        return Max;
    }

    /// <summary>Forgets everything; for the end of warm-up, by the recording thread.</summary>
    public void Reset() => new Span<long>(_slots, SlotCount).Clear();

    private static int IndexOf(long value)
    {
        if (value < SubBuckets) return (int)value;
        int shift = BitOperations.Log2((ulong)value) - SubBucketBits;
        return (shift + 1) * SubBuckets + (int)(value >> shift) - SubBuckets;
    }

    /// <summary>Copies how often each bucket was hit, from any thread or process; not at one instant.</summary>
    internal void CopyBuckets(Span<long> into) =>
        // SAFETY: the buckets follow the header in the SlotCount longs of this histogram.
        new ReadOnlySpan<long>(_slots + BucketsAt, BucketCount).CopyTo(into);

    internal static long HighestValueIn(int index)
    {
        if (index < 2 * SubBuckets) return index;
        int shift = index / SubBuckets - 1;
        long lowest = (long)(index % SubBuckets + SubBuckets) << shift;
        return lowest + (1L << shift) - 1;
    }
}
