using System.Buffers.Binary;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Ouch50;

/// <summary>
/// An Enter Order written once; each order is a copy of its bytes with the five fields that differ. This is what the hot path
/// writes, instead of twelve fields.
/// </summary>
public sealed class EnterOrderTemplate
{
    private const int UserRefNumOffset = 1;
    private const int SideOffset = 5;
    private const int QuantityOffset = 6;
    private const int SymbolOffset = 10;
    private const int PriceOffset = 18;
    private const int ClOrdIdOffset = 31;

    private readonly byte[] _bytes = new byte[EnterOrder.Length];

    /// <summary>Keeps what all orders have in common.</summary>
    public EnterOrderTemplate(in EnterOrder common) => common.Write(_bytes);

    /// <summary>
    /// Writes one order to the start of <paramref name="destination"/>, at least <see cref="EnterOrder.Length"/> long. The side is a
    /// letter of <see cref="OuchSide"/>.
    /// </summary>
    public void Write(Span<byte> destination, uint userRefNum, byte side, int quantityShares, Symbol symbol, int price)
    {
        _bytes.CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[UserRefNumOffset..], userRefNum);
        destination[SideOffset] = side;
        BinaryPrimitives.WriteInt32BigEndian(destination[QuantityOffset..], quantityShares);
        symbol.Write(destination[SymbolOffset..]);
        BinaryPrimitives.WriteInt64BigEndian(destination[PriceOffset..], price);
    }

    /// <summary>The ClOrdID of an order that was written.</summary>
    public static Span<byte> ClOrdIdOf(Span<byte> order) => order.Slice(ClOrdIdOffset, ClOrdId.Length);
}
