using System.Numerics;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Platform.Rings;

/// <summary>A ring that several threads publish to. A claim takes a compare-and-swap; each slot says itself which round it holds.</summary>
public sealed unsafe class MultiProducerRingBuffer<T> : RingBuffer<T> where T : unmanaged
{
    private readonly NativeBuffer _roundMemory;
    private readonly int* _rounds;
    private readonly long _mask;
    private readonly int _roundShift;

    /// <summary>Takes the memory of the ring.</summary>
    public MultiProducerRingBuffer(string name, int capacity)
        : base(name, capacity)
    {
        _mask = capacity - 1;
        _roundShift = BitOperations.Log2((uint)capacity);
        _roundMemory = new NativeBuffer((long)capacity * sizeof(int), $"rounds of ring '{name}'");
        // SAFETY: one int per slot; the mask keeps every index inside. The ring keeps the buffer alive.
        _rounds = (int*)_roundMemory.Pointer;
        new Span<int>(_rounds, capacity).Fill(-1);
    }

    /// <summary>Claims one slot.</summary>
    /// <returns>False when the ring is full.</returns>
    public bool TryNext(out long sequence)
    {
        while (true)
        {
            long claimed = Cursor.Value;
            sequence = claimed + 1;
            if (sequence - MinimumGatingSequence(claimed) > Capacity) return false;
            if (Cursor.TryAdvance(claimed, sequence)) return true;
        }
    }

    /// <summary>Makes one claimed slot visible; consumers see it once all before it are visible too.</summary>
    public void Publish(long sequence) =>
        // SAFETY: masked index. Ordered write: who sees the round also sees the slot filled.
        Volatile.Write(ref _rounds[sequence & _mask], (int)(sequence >> _roundShift));

    internal override long HighestPublished(long from)
    {
        long claimed = Cursor.Value;
        for (long sequence = from; sequence <= claimed; sequence++)
        {
            // SAFETY: masked index.
            if (Volatile.Read(ref _rounds[sequence & _mask]) != (int)(sequence >> _roundShift)) return sequence - 1;
        }

        return claimed;
    }
}
