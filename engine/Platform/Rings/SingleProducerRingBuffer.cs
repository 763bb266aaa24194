using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Rings;

/// <summary>A ring that one thread publishes to.</summary>
public sealed class SingleProducerRingBuffer<T>(string name, int capacity) : RingBuffer<T>(name, capacity) where T : unmanaged
{
    private long _claimed = Sequence.Initial;
    private long _gatingSeen = Sequence.Initial;

    /// <summary>Slots that could be claimed now. Only for the producer's thread.</summary>
    public int FreeSlots
    {
        get
        {
            _gatingSeen = MinimumGatingSequence(_claimed);
            return (int)(Capacity - (_claimed - _gatingSeen));
        }
    }

    /// <summary>Claims one slot.</summary>
    /// <returns>False when the ring is full: the slowest consumer is a whole round behind.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out long sequence) => TryNext(1, out sequence);

    /// <summary>Claims several slots in a row, or none.</summary>
    /// <param name="count">How many, 1 to <see cref="RingBuffer{T}.Capacity"/>.</param>
    /// <param name="lastSequence">The last claimed; the first is <c>lastSequence - count + 1</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int count, out long lastSequence)
    {
        Invariant.Debug(count >= 1 && count <= Capacity, "a claim fits the ring");
        lastSequence = _claimed + count;
        // The gating sequence seen last is enough as long as it leaves room; only then are the consumers' lines touched.
        if (lastSequence - _gatingSeen > Capacity && !HasRoomAfterLook(lastSequence)) return false;
        _claimed = lastSequence;
        return true;
    }

    /// <summary>Makes everything claimed up to here visible to the consumers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long lastSequence)
    {
        Invariant.Debug(lastSequence <= _claimed, "only claimed slots are published");
        Cursor.SetOrdered(lastSequence);
    }

    internal override long HighestPublished(long from) => Cursor.Value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoomAfterLook(long lastSequence)
    {
        _gatingSeen = MinimumGatingSequence(_claimed);
        return lastSequence - _gatingSeen <= Capacity;
    }
}
