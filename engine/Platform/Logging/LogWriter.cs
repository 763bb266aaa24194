using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Platform.Logging;

/// <summary>How a pinned thread speaks: a fixed-size record into a ring that a cold thread turns into text. Never waits, never allocates.</summary>
/// <remarks>Any thread may write. When the ring is full the line is dropped and counted.</remarks>
public sealed class LogWriter(MultiProducerRingBuffer<LogEvent> ring)
{
    private long _dropped;

    /// <summary>Lines dropped so far.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The ring, for counters.</summary>
    public IRingGauge Ring => ring;

    /// <summary>A writer with a ring of its own, and the poller that reads it.</summary>
    /// <param name="capacity">Lines that may wait, a power of two.</param>
    /// <param name="poller">For the one thread that turns lines into text.</param>
    public static LogWriter Create(int capacity, out EventPoller<LogEvent> poller)
    {
        MultiProducerRingBuffer<LogEvent> ring = new("log", capacity);
        poller = ring.NewPoller();
        return new LogWriter(ring);
    }

    /// <summary>Says one thing.</summary>
    /// <param name="message">Which sentence.</param>
    /// <param name="a">Its first argument.</param>
    /// <param name="b">Its second argument.</param>
    /// <param name="text">At most ten ASCII bytes; what is longer is cut.</param>
    public void Write(LogMessage message, long a = 0, long b = 0, ReadOnlySpan<byte> text = default)
    {
        if (!ring.TryNext(out long sequence))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        ref LogEvent line = ref ring[sequence];
        line = default;
        line.WallClockNs = new SystemClock().WallClockNs;
        line.Message = message;
        line.A = a;
        line.B = b;
        text[..Math.Min(text.Length, SessionId.Length)].CopyTo(line.Text);
        ring.Publish(sequence);
    }
}
