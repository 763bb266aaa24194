using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Rings;

/// <summary>A consumer of a ring that never waits: it asks how far it may read, reads, and moves on at the end of a batch.</summary>
/// <remarks>Belongs to one thread. Made by <see cref="RingBuffer{T}.NewPoller"/>.</remarks>
public sealed class EventPoller<T> : IWatchedConsumer where T : unmanaged
{
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _dependsOn;

    // The usual case, one producer or one consumer ahead: no loop and no virtual call stands between a publish and its event.
    private readonly Sequence? _follows;
    private ConsumerLine _consumer = new() { Available = Sequence.Initial };

    internal EventPoller(RingBuffer<T> ring, Sequence[] dependsOn)
    {
        _ring = ring;
        _dependsOn = dependsOn;
        _follows = dependsOn.Length switch { 0 => ring.PublishedBy, 1 => dependsOn[0], _ => null };
    }

    /// <summary>How far this consumer has come.</summary>
    public Sequence Sequence { get; } = new();

    /// <summary>The first sequence not yet consumed.</summary>
    public long Next => _consumer.Next;

    /// <summary>
    /// Polls that pass without a look at the other side after a look that found several events. Default 0; for a consumer whose producer runs on another core.
    /// </summary>
    /// <remarks>
    /// A look takes the line that the producer writes at each publish, so a consumer that is faster than its producer slows it down. One event at a time is
    /// no stream: after it the next poll looks at once, and a single event never waits.
    /// </remarks>
    public int PollsBetweenLooks { get; set; }

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
        if (_consumer.Available < _consumer.Next) Look();
        return Math.Min(_consumer.Available, _consumer.Next + maxBatch - 1);
    }

    /// <summary>Gives everything up to here back to the producer and on to the consumers behind. Ends the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(long lastConsumed)
    {
        Invariant.Debug(lastConsumed >= Next - 1 && lastConsumed <= _consumer.Available, "only available events are consumed");
        _consumer.Next = lastConsumed + 1;
        Sequence.SetOrdered(lastConsumed);
    }

    /// <summary>The most events it found waiting at one look since the last call of this; for the thread that shows counters.</summary>
    /// <remarks>A look at the very moment may be told twice or not at all.</remarks>
    internal long TakeMostWaiting()
    {
        long most = Volatile.Read(ref _consumer.MostWaiting);
        if (most > 0) Volatile.Write(ref _consumer.MostWaiting, 0);
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look()
    {
        if (_consumer.PollsToPass > 0)
        {
            _consumer.PollsToPass--;
            return;
        }

        _consumer.Available = _follows is not null ? _follows.Value : LookAtSeveral();
        long waiting = _consumer.Available - _consumer.Next + 1;
        if (waiting > _consumer.MostWaiting) _consumer.MostWaiting = waiting;
        if (waiting > 1) _consumer.PollsToPass = PollsBetweenLooks;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long LookAtSeveral()
    {
        if (_dependsOn.Length == 0) return _ring.HighestPublished(_consumer.Next);
        long available = long.MaxValue;
        foreach (Sequence sequence in _dependsOn) available = Math.Min(available, sequence.Value);
        return available;
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
