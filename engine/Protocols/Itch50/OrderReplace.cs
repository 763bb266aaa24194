using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH U: an order goes and a new one comes, an offer: side and stock carry over.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OriginalReference">The order that goes.</param>
/// <param name="NewReference">The order that comes.</param>
/// <param name="Shares">Displayed shares of the new order.</param>
/// <param name="Price">Price of the new order in 1/10,000 dollar.</param>
public readonly record struct OrderReplace(ItchHeader Header, ulong OriginalReference, ulong NewReference, uint Shares, uint Price)
    : IItchMessage<OrderReplace>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderReplace;

    /// <inheritdoc/>
    public static int Length => 35;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderReplace Read(ReadOnlySpan<byte> message)
    {
        message = message[..35];
        return new(ItchHeader.Read(message), message.U64(11), message.U64(19), message.U32(27), message.U32(31));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..35];
        Header.Write(Type, message);
        message.Put(11, OriginalReference);
        message.Put(19, NewReference);
        message.Put(27, Shares);
        message.Put(31, Price);
    }
}
