using System.Numerics;
using System.Runtime.CompilerServices;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Platform.Rings;

/// <summary>
/// A ring of preallocated slots off the heap, with the semantics and words of the LMAX Disruptor: a producer claims, fills and
/// publishes; consumers follow by their own sequences; the slowest consumer gates the producer.
/// </summary>
/// <typeparam name="T">The slot, a struct of fixed layout.</typeparam>
/// <remarks>All pollers are made before the first event is claimed.</remarks>
public abstract unsafe class RingBuffer<T> : IRingGauge where T : unmanaged
{
    private readonly NativeBuffer _memory;
    private readonly T* _slots;
    private readonly long _mask;
    private Sequence[] _gating = [];
    private EventPoller<T>[] _pollers = [];

    private protected RingBuffer(string name, int capacity)
    {
        if (!BitOperations.IsPow2(capacity) || capacity < 2)
            throw new ArgumentException($"Ring '{name}' has {capacity} slots; it needs a power of two, at least 2.", nameof(capacity));
        Name = name;
        Capacity = capacity;
        _mask = capacity - 1;
        _memory = new NativeBuffer((long)capacity * sizeof(T), $"ring '{name}'");
        _slots = (T*)_memory.Pointer;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <summary>Bytes of memory the slots take.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>The last sequence claimed (several producers) or published (one producer).</summary>
    public Sequence Cursor { get; } = new();

    /// <summary>The slot of a sequence, to be touched only between claim and publish, or between availability and advance.</summary>
    public ref T this[long sequence]
    {
        // SAFETY: the mask keeps the index inside the memory taken by the constructor, which lives as long as this ring.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _slots[sequence & _mask];
    }

    /// <summary>Brings the line of a free slot to this core, by writing to it.</summary>
    // SAFETY: as above; the producer, who alone calls this, may write to a slot that nobody has claimed or still reads.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Take(long freeSequence) => *(byte*)(_slots + (freeSequence & _mask)) = 0;

    /// <summary>Adds a consumer; it gates the producer from now on.</summary>
    /// <param name="after">Consumers whose work must be done first; none: it follows the producer.</param>
    public EventPoller<T> NewPoller(params ReadOnlySpan<EventPoller<T>> after)
    {
        Invariant.Check(Cursor.Value == Sequence.Initial, $"the consumers of ring '{Name}' are added before its first event");
        Sequence[] dependsOn = new Sequence[after.Length];
        for (int i = 0; i < after.Length; i++) dependsOn[i] = after[i].Sequence;
        EventPoller<T> poller = new(this, dependsOn);
        // A consumer that others wait for is gated through them; only the ends of the chains gate the producer.
        _gating = [.. _gating.Except(dependsOn), poller.Sequence];
        _pollers = [.. _pollers, poller];
        return poller;
    }

    /// <inheritdoc/>
    public long Backlog => Cursor.Value - MinimumGatingSequence(Cursor.Value);

    /// <inheritdoc/>
    public long TakeMostWaiting()
    {
        long most = 0;
        foreach (EventPoller<T> poller in _pollers) most = Math.Max(most, poller.TakeMostWaiting());
        return most;
    }

    /// <summary>The highest sequence such that it and all from <paramref name="from"/> on are published; may be below.</summary>
    internal abstract long HighestPublished(long from);

    /// <summary>The sequence that alone says what is published; null where several producers publish out of turn.</summary>
    internal virtual Sequence? PublishedBy => null;

    private protected long MinimumGatingSequence(long whenNone)
    {
        long minimum = whenNone;
        foreach (Sequence sequence in _gating) minimum = Math.Min(minimum, sequence.Value);
        return minimum;
    }
}
