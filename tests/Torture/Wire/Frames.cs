using System.Buffers.Binary;

namespace MarketMaker.Tests.Torture.Wire;

/// <summary>Cuts a TCP stream into SoupBinTCP packets: two bytes of length, then so many bytes, the first of which is the type.</summary>
internal sealed class Frames
{
    private const int LengthBytes = 2;

    private byte[] _buffer = new byte[1 << 16];
    private int _count;

    /// <summary>Bytes that have no whole packet yet.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(0, _count);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Takes the next whole packet, its length included; empty: there is none yet.</summary>
    public byte[] Next()
    {
        if (_count < LengthBytes) return [];
        int length = LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(_buffer);
        if (_count < length) return [];
        byte[] packet = _buffer[..length];
        _buffer.AsSpan(length, _count - length).CopyTo(_buffer);
        _count -= length;
        return packet;
    }
}
