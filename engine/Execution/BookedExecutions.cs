using System.Numerics;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Execution;

/// <summary>
/// The latest executions by match number: tells duplicates, and what a broken trade undoes. Bounded: when it is full, the oldest
/// is forgotten. Its memory is touched only as it fills, and lies off the heap, where no collection copies it.
/// </summary>
internal sealed class BookedExecutions(int executionsMax)
{
    private struct Entry
    {
        public RecoveredExecution Execution;
        public int NextInBucket; // index + 1; 0 ends the chain
    }

    private readonly NativeArray<Entry> _entries = new(executionsMax, "executions of the day", prefault: false);
    private readonly NativeArray<int> _buckets = new((int)BitOperations.RoundUpToPowerOf2((uint)executionsMax), "executions by match number", prefault: false);
    private int _next;
    private int _used;

    /// <summary>Keeps an execution.</summary>
    /// <returns>False when its match number is known already.</returns>
    public bool TryAdd(in RecoveredExecution execution)
    {
        if (Find(execution.MatchNumber) >= 0) return false;
        bool isOccupied = _entries[_next].Execution.QuantityShares != 0;
        if (isOccupied) Remove(_entries[_next].Execution.MatchNumber);
        ref int bucket = ref _buckets[BucketOf(execution.MatchNumber)];
        _entries[_next] = new Entry { Execution = execution, NextInBucket = bucket };
        bucket = _next + 1;
        _used = Math.Max(_used, _next + 1);
        _next = _next + 1 == _entries.Length ? 0 : _next + 1;
        return true;
    }

    /// <summary>Takes an execution out: it is broken and cannot be broken again.</summary>
    public bool TryTake(ulong matchNumber, out RecoveredExecution execution)
    {
        int index = Find(matchNumber);
        execution = index < 0 ? default : _entries[index].Execution;
        if (index >= 0) Remove(matchNumber);
        return index >= 0;
    }

    /// <summary>Forgets everything: a new session counts its matches anew.</summary>
    public void Clear()
    {
        if (_used == 0) return;
        _entries.Span[.._used].Clear();
        _buckets.Span.Clear();
        (_next, _used) = (0, 0);
    }

    private int Find(ulong matchNumber)
    {
        int link = _buckets[BucketOf(matchNumber)];
        while (link != 0 && _entries[link - 1].Execution.MatchNumber != matchNumber) link = _entries[link - 1].NextInBucket;
        return link - 1;
    }

    private void Remove(ulong matchNumber)
    {
        ref int link = ref _buckets[BucketOf(matchNumber)];
        while (link != 0 && _entries[link - 1].Execution.MatchNumber != matchNumber) link = ref _entries[link - 1].NextInBucket;
        if (link == 0) return;
        ref Entry entry = ref _entries[link - 1];
        link = entry.NextInBucket;
        entry = default;
    }

    // Match numbers count up, often in steps: the multiplication spreads them over the high bits.
    private int BucketOf(ulong matchNumber) =>
        (int)(matchNumber * 0x9E3779B97F4A7C15 >> 33) & (_buckets.Length - 1);
}
