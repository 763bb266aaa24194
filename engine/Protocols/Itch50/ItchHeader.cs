using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>The eleven bytes that open every message; the type is the message's own.</summary>
/// <param name="StockLocate">The day's number of the stock; 0 when the message concerns no single one.</param>
/// <param name="TrackingNumber">The venue's internal number.</param>
/// <param name="TimestampNs">Ns since midnight, US Eastern; 48 bits on the wire.</param>
public readonly record struct ItchHeader(ushort StockLocate, ushort TrackingNumber, long TimestampNs)
{
    /// <summary>Bytes on the wire, the message's type included.</summary>
    public const int Length = 11;

    private const int TimestampBits = 48;
    private const ulong TimestampMask = (1UL << TimestampBits) - 1;

    /// <summary>Reads the header of a message of at least <see cref="Length"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ItchHeader Read(ReadOnlySpan<byte> message)
    {
        // Tracking number (offset 3) and timestamp (offset 5) fill eight bytes together: one load for both.
        ulong trackingAndTime = message.U64(3);
        return new(message.U16(1), (ushort)(trackingAndTime >> TimestampBits), (long)(trackingAndTime & TimestampMask));
    }

    /// <summary>Writes type and header to a message of at least <see cref="Length"/> bytes.</summary>
    public void Write(ItchMessageType type, Span<byte> message)
    {
        message[0] = (byte)type;
        message.Put(1, StockLocate);
        message.Put(3, (ulong)TrackingNumber << TimestampBits | ((ulong)TimestampNs & TimestampMask));
    }

    /// <summary>The locate alone, of a message of at least <see cref="Length"/> bytes.</summary>
    public static ushort LocateOf(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[1..]);
}
