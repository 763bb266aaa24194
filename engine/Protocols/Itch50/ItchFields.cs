using System.Buffers.Binary;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>Big-endian fields at an offset. Every message is cut to its exact length first, so the checks inside fold away.</summary>
internal static class ItchFields
{
    public static ushort U16(this ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);

    public static uint U32(this ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt32BigEndian(message[offset..]);

    public static ulong U64(this ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt64BigEndian(message[offset..]);

    public static Symbol Symbol(this ReadOnlySpan<byte> message, int offset) => new(message.U64(offset));

    public static Alpha4 Alpha4(this ReadOnlySpan<byte> message, int offset) => new(message.U32(offset));

    public static void Put(this Span<byte> message, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(message[offset..], value);

    public static void Put(this Span<byte> message, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(message[offset..], value);

    public static void Put(this Span<byte> message, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(message[offset..], value);

    public static void Put(this Span<byte> message, int offset, Symbol value) => message.Put(offset, value.Packed);

    public static void Put(this Span<byte> message, int offset, Alpha4 value) => message.Put(offset, value.Packed);
}
