using System.Runtime.InteropServices;

namespace MarketMaker.Speed.Rings;

/// <summary>A slot of one cache line, as the engine's events are.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RingEvent
{
    /// <summary>The number of the event: all of them are added up at the end.</summary>
    [FieldOffset(0)] public long Value;
}
