using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH C: shares of an order executed at another price than its display price.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">The order.</param>
/// <param name="ExecutedShares">Shares taken off the order.</param>
/// <param name="MatchNumber">The match, unique for the day.</param>
/// <param name="Printable">Y, or N when a later cross prints it.</param>
/// <param name="ExecutionPrice">Price in 1/10,000 dollar.</param>
public readonly record struct OrderExecutedWithPrice(ItchHeader Header, ulong OrderReference, uint ExecutedShares, ulong MatchNumber,
    byte Printable, uint ExecutionPrice)
    : IItchMessage<OrderExecutedWithPrice>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderExecutedWithPrice;

    /// <inheritdoc/>
    public static int Length => 36;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderExecutedWithPrice Read(ReadOnlySpan<byte> message)
    {
        message = message[..36];
        return new(ItchHeader.Read(message), message.U64(11), message.U32(19), message.U64(23), message[31], message.U32(32));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..36];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message.Put(19, ExecutedShares);
        message.Put(23, MatchNumber);
        message[31] = Printable;
        message.Put(32, ExecutionPrice);
    }
}
