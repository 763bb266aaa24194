using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Rings;

/// <summary>How far a producer or a consumer has come. One thread writes it, others read it; it has two cache lines to itself.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
public sealed class Sequence
{
    /// <summary>Before the first event.</summary>
    public const long Initial = -1;

    // 64 bytes before and at least 64 after: neither this line nor the one the prefetcher pairs with it is shared.
    [FieldOffset(64)] private long _value = Initial;

    /// <summary>The position. Reading acquires: what was written before it was set is seen.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Moves on. Ordered write: who sees the new position also sees the slots behind it.</summary>
    internal void SetOrdered(long value) => Volatile.Write(ref _value, value);

    /// <summary>Moves on if nobody else did; for several producers.</summary>
    internal bool TryAdvance(long expected, long value) => Interlocked.CompareExchange(ref _value, value, expected) == expected;
}
