using System.Buffers.Binary;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Writes a message field by field. The room was checked when it was opened; the appendage is written then already.</summary>
internal ref struct OuchWriter
{
    private readonly Span<byte> _message;
    private int _at;

    private OuchWriter(Span<byte> message)
    {
        _message = message;
        _at = 1;
    }

    /// <summary>Bytes of the whole message.</summary>
    public readonly int Total => _message.Length;

    public static bool TryOpen(
        Span<byte> destination,
        byte type,
        int fixedBytes,
        AppendageRule rule,
        ReadOnlySpan<byte> appendageElements,
        out OuchWriter writer)
    {
        writer = default;
        bool hasLength = rule == AppendageRule.Always || (rule == AppendageRule.Optional && !appendageElements.IsEmpty);
        int total = fixedBytes + (hasLength ? Appendage.LengthBytes + appendageElements.Length : 0);
        if (destination.Length < total || appendageElements.Length > ushort.MaxValue) return false;
        destination[0] = type;
        if (hasLength)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[fixedBytes..], (ushort)appendageElements.Length);
            appendageElements.CopyTo(destination[(fixedBytes + Appendage.LengthBytes)..]);
        }

        writer = new OuchWriter(destination[..total]);
        return true;
    }

    public void U8(byte value) => _message[_at++] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(sizeof(ulong)), value);

    public void Time(long valueNs) => U64((ulong)valueNs);

    public void Symbol(Symbol value) => value.Write(Take(Contracts.Symbol.Length));

    public void ClOrdId(ClOrdId value) => value.Write(Take(Ouch50.ClOrdId.Length));

    private Span<byte> Take(int bytes)
    {
        Span<byte> field = _message.Slice(_at, bytes);
        _at += bytes;
        return field;
    }
}
