using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Rings;

/// <summary>
/// What the one producer of a ring alone reads and writes, with a cache line before and behind it: consumers read the ring's other fields at every event,
/// and would lose their line to each claim.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct ProducerLine
{
    /// <summary>The last sequence claimed.</summary>
    [FieldOffset(64)] public long Claimed;

    /// <summary>Where the slowest consumer was at the last look.</summary>
    [FieldOffset(72)] public long GatingSeen;
}
