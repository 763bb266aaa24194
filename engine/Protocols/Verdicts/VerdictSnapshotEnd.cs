using System.Buffers.Binary;

namespace MarketMaker.Protocols.Verdicts;

/// <summary>E: the snapshot is complete.</summary>
/// <param name="Snapshot">Its number.</param>
/// <param name="Tickers">Verdicts in it, as its begin said.</param>
public readonly record struct VerdictSnapshotEnd(ushort Snapshot, ushort Tickers)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 6;

    /// <summary>Reads a message; false when it is none of this kind and version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out VerdictSnapshotEnd end)
    {
        end = default;
        if (!VerdictWire.Is(message, VerdictMessageType.SnapshotEnd, Length)) return false;
        end = new(BinaryPrimitives.ReadUInt16BigEndian(message[2..]), BinaryPrimitives.ReadUInt16BigEndian(message[4..]));
        return end.Snapshot != VerdictWire.NoSnapshot;
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="message"/>, which must be long enough.</summary>
    public void Write(Span<byte> message)
    {
        message = message[..Length];
        message[0] = (byte)VerdictMessageType.SnapshotEnd;
        message[1] = VerdictWire.Version;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Snapshot);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Tickers);
    }
}
