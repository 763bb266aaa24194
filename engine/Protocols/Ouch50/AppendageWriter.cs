using System.Buffers.Binary;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Puts tagged elements one after another into the caller's memory; hand <see cref="Elements"/> to a message's Write.</summary>
public ref struct AppendageWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _bytes;

    /// <summary>What was written so far.</summary>
    public readonly ReadOnlySpan<byte> Elements => _destination[.._bytes];

    /// <summary>Adds one byte: a letter or a small number.</summary>
    /// <returns>False, and nothing is written, when it does not fit; so do the others.</returns>
    public bool TryAdd(AppendageTag tag, byte value) => TryAdd(tag, [value]);

    /// <summary>Adds a two-byte number.</summary>
    public bool TryAdd(AppendageTag tag, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return TryAdd(tag, bytes);
    }

    /// <summary>Adds a four-byte number.</summary>
    public bool TryAdd(AppendageTag tag, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return TryAdd(tag, bytes);
    }

    /// <summary>Adds an eight-byte number or price.</summary>
    public bool TryAdd(AppendageTag tag, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return TryAdd(tag, bytes);
    }

    /// <summary>Adds the bytes of a value.</summary>
    public bool TryAdd(AppendageTag tag, scoped ReadOnlySpan<byte> value)
    {
        int length = 1 + value.Length;
        if (length > byte.MaxValue || _bytes + 1 + length > _destination.Length) return false;
        _destination[_bytes] = (byte)length;
        _destination[_bytes + 1] = (byte)tag;
        value.CopyTo(_destination[(_bytes + 2)..]);
        _bytes += 1 + length;
        return true;
    }
}
