using System.Runtime.CompilerServices;

namespace MarketMaker.Decision.Capture;

/// <summary>Numbers in as many bytes as they need: seven bits each, the highest bit says that more follow; signed ones with the sign lowest.</summary>
internal ref struct VarWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length { get; private set; }

    public void Byte(byte value) => _bytes[Length++] = value;

    public void UInt16(ushort value)
    {
        Byte((byte)value);
        Byte((byte)(value >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Signed(long value) => Unsigned((ulong)(value << 1 ^ value >> 63));
}

/// <summary>Reads what <see cref="VarWriter"/> wrote. Running past the end throws, which only a damaged file does.</summary>
internal ref struct VarReader(ReadOnlySpan<byte> bytes)
{
    private const int ShiftMax = 63;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public byte Byte() => _bytes[Position++];

    public ushort UInt16() => (ushort)(Byte() | Byte() << 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Unsigned()
    {
        byte first = Byte();
        return first < 0x80 ? first : Longer(first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Longer(byte first)
    {
        ulong value = first & 0x7Fu;
        for (int shift = 7; ; shift += 7)
        {
            byte next = Byte();
            if (shift > ShiftMax) throw new CaptureException("a number in the capture is longer than any that is written");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
