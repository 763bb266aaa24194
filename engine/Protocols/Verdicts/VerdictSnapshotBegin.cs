using System.Buffers.Binary;

namespace MarketMaker.Protocols.Verdicts;

/// <summary>B: a snapshot of all tickers begins. A receiver that has heard all of it knows as much as one that was there all day.</summary>
/// <param name="Snapshot">Its number, which its verdicts carry; never <see cref="VerdictWire.NoSnapshot"/>.</param>
/// <param name="Tickers">Verdicts in it.</param>
/// <param name="TradingDate">The publisher's trading date, YYYYMMDD.</param>
/// <param name="ValidUntilNs">Wall clock after which the snapshot counts no longer, ns since 1970.</param>
/// <param name="PublishedNs">Wall clock of the publisher, ns since 1970.</param>
public readonly record struct VerdictSnapshotBegin(ushort Snapshot, ushort Tickers, int TradingDate, long ValidUntilNs, long PublishedNs)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 26;

    /// <summary>Reads a message; false when it is none of this kind and version, or a value is out of range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out VerdictSnapshotBegin begin)
    {
        begin = default;
        if (!VerdictWire.Is(message, VerdictMessageType.SnapshotBegin, Length)) return false;
        begin = new(
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadInt32BigEndian(message[6..]),
            BinaryPrimitives.ReadInt64BigEndian(message[10..]),
            BinaryPrimitives.ReadInt64BigEndian(message[18..]));
        return begin.Snapshot != VerdictWire.NoSnapshot;
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="message"/>, which must be long enough.</summary>
    public void Write(Span<byte> message)
    {
        message = message[..Length];
        message[0] = (byte)VerdictMessageType.SnapshotBegin;
        message[1] = VerdictWire.Version;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Snapshot);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Tickers);
        BinaryPrimitives.WriteInt32BigEndian(message[6..], TradingDate);
        BinaryPrimitives.WriteInt64BigEndian(message[10..], ValidUntilNs);
        BinaryPrimitives.WriteInt64BigEndian(message[18..], PublishedNs);
    }
}
