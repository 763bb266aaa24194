using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Rings;

/// <summary>What a consumer writes and hardly anyone else touches, with a cache line before and behind it: two pollers may lie side by side on the heap.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct ConsumerLine
{
    /// <summary>The last sequence seen published.</summary>
    [FieldOffset(64)] public long Available;

    /// <summary>The first sequence not yet consumed.</summary>
    [FieldOffset(72)] public long Next;

    /// <summary>Polls that pass without a look.</summary>
    [FieldOffset(80)] public int PollsToPass;

    /// <summary>The most events found waiting at one look since the thread that shows counters last took it; that thread sets it back.</summary>
    [FieldOffset(88)] public long MostWaiting;
}
