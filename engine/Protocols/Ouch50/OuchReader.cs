using System.Buffers.Binary;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>Whether a message ends with an appendage.</summary>
internal enum AppendageRule
{
    /// <summary>The length field is always there, 0 when no element follows.</summary>
    Always,

    /// <summary>The message may end after its last fixed field.</summary>
    Optional,

    /// <summary>The message has none.</summary>
    Never,
}

/// <summary>Reads a message field by field. Every length was checked when it was opened.</summary>
internal ref struct OuchReader
{
    private readonly ReadOnlySpan<byte> _message;
    private int _at;

    private OuchReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _at = 1;
    }

    public static bool TryOpen(
        ReadOnlySpan<byte> message, byte type, int fixedBytes, AppendageRule rule, out OuchReader reader, out Appendage appendage)
    {
        reader = default;
        appendage = default;
        if (message.Length < fixedBytes || message[0] != type) return false;
        ReadOnlySpan<byte> tail = message[fixedBytes..];
        bool endsAfterFields = tail.IsEmpty && rule != AppendageRule.Always;
        bool mayFollow = rule != AppendageRule.Never;
        if (!endsAfterFields && !(mayFollow && Appendage.TryOpen(tail, out appendage))) return false;
        reader = new OuchReader(message[..fixedBytes]);
        return true;
    }

    public byte U8() => _message[_at++];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)));

    public long Time() => (long)U64();

    public Symbol Symbol() => Contracts.Symbol.Read(Take(Contracts.Symbol.Length));

    public ClOrdId ClOrdId() => Ouch50.ClOrdId.Read(Take(Ouch50.ClOrdId.Length));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        ReadOnlySpan<byte> field = _message.Slice(_at, bytes);
        _at += bytes;
        return field;
    }
}
