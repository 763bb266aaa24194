using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Rings;

/// <summary>A consumer of a ring that never waits: it asks how far it may read, reads, and moves on at the end of a batch.</summary>
/// <remarks>Belongs to one thread. Made by <see cref="RingBuffer{T}.NewPoller"/>.</remarks>
public sealed class EventPoller<T> : IWatchedConsumer where T : unmanaged
{
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _dependsOn;
    private long _available = Sequence.Initial;
    private long _mostWaiting;

    internal EventPoller(RingBuffer<T> ring, Sequence[] dependsOn)
    {
        _ring = ring;
        _dependsOn = dependsOn;
    }

    /// <summary>How far this consumer has come.</summary>
    public Sequence Sequence { get; } = new();

    /// <summary>The first sequence not yet consumed.</summary>
    public long Next { get; private set; }

    /// <summary>The slot of an available sequence.</summary>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _ring[sequence];
    }

    /// <summary>Whether something waits that this consumer may read and has not passed. Any thread may ask.</summary>
    public bool HasInput
    {
        get
        {
            long input = _dependsOn.Length == 0 ? _ring.Cursor.Value : long.MaxValue;
            foreach (Sequence sequence in _dependsOn) input = Math.Min(input, sequence.Value);
            return input > Sequence.Value;
        }
    }

    /// <summary>The last sequence that may be read now, at most <paramref name="maxBatch"/> of them; below <see cref="Next"/> when none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long AvailableThrough(int maxBatch)
    {
        // What was seen published before is read first; only then is the other side's cache line touched.
        if (_available < Next) Look();
        return Math.Min(_available, Next + maxBatch - 1);
    }

    /// <summary>Gives everything up to here back to the producer and on to the consumers behind. Ends the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(long lastConsumed)
    {
        Invariant.Debug(lastConsumed >= Next - 1 && lastConsumed <= _available, "only available events are consumed");
        Next = lastConsumed + 1;
        Sequence.SetOrdered(lastConsumed);
    }

    /// <summary>The most events it found waiting at one look since the last call of this; for the thread that shows counters.</summary>
    /// <remarks>A look at the very moment may be told twice or not at all.</remarks>
    internal long TakeMostWaiting()
    {
        long most = Volatile.Read(ref _mostWaiting);
        if (most > 0) Volatile.Write(ref _mostWaiting, 0);
        return most;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look()
    {
        long available = _dependsOn.Length == 0 ? _ring.HighestPublished(Next) : long.MaxValue;
        foreach (Sequence sequence in _dependsOn) available = Math.Min(available, sequence.Value);
        _available = available;
        if (available - Next >= _mostWaiting) _mostWaiting = available - Next + 1;
    }
}

/// <summary>What a watchdog sees of a consumer. Any thread may ask.</summary>
public interface IWatchedConsumer
{
    /// <summary>How far it has come.</summary>
    Sequence Sequence { get; }

    /// <summary>Whether something waits that it may read and has not passed.</summary>
    bool HasInput { get; }
}
