using System.Runtime.InteropServices;

namespace MarketMaker.Tests.Concurrency;

/// <summary>
/// A slot of one cache line that shows a torn or overwritten read: the value stands at both ends, and the second one is
/// written last.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct Slot
{
    [FieldOffset(0)] public long Value;
    [FieldOffset(8)] public int Producer;
    [FieldOffset(12)] public int Stamp;
    [FieldOffset(56)] public long Echo;

    public void Write(long value, int producer = 0)
    {
        Value = value;
        Producer = producer;
        Stamp = 0;
        Echo = ~value;
    }

    public readonly bool IsWhole => Echo == ~Value;
}
