using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Rings;

/// <summary>A ring that one thread publishes to.</summary>
public sealed class SingleProducerRingBuffer<T>(string name, int capacity) : RingBuffer<T>(name, capacity) where T : unmanaged
{
    private ProducerLine _producer = new() { Claimed = Sequence.Initial, GatingSeen = Sequence.Initial };

    /// <summary>Whether so many slots could be claimed now. Only for the producer's thread.</summary>
    /// <remarks>What was seen last is enough as long as it leaves room: a consumer on another core is looked at only when it does not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasFreeSlots(int count) => _producer.Claimed + count - _producer.GatingSeen <= Capacity || HasRoomAfterLook(_producer.Claimed + count);

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
        lastSequence = _producer.Claimed + count;
        // The gating sequence seen last is enough as long as it leaves room; only then are the consumers' lines touched.
        if (lastSequence - _producer.GatingSeen > Capacity && !HasRoomAfterLook(lastSequence)) return false;
        _producer.Claimed = lastSequence;
        return true;
    }

    /// <summary>Makes everything claimed up to here visible to the consumers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long lastSequence)
    {
        Invariant.Debug(lastSequence <= _producer.Claimed, "only claimed slots are published");
        Cursor.SetOrdered(lastSequence);
        // The consumers' core has the next slot's line from a round ago. Taken back now, its way is over before the next event wants to be written.
        if (lastSequence == _producer.Claimed && lastSequence + 1 - _producer.GatingSeen <= Capacity) Take(lastSequence + 1);
    }

    internal override long HighestPublished(long from) => Cursor.Value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoomAfterLook(long lastSequence)
    {
        _producer.GatingSeen = MinimumGatingSequence(_producer.Claimed);
        return lastSequence - _producer.GatingSeen <= Capacity;
    }

    internal override Sequence? PublishedBy => Cursor;
}
