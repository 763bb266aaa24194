using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH X: a part of an order is canceled.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">The order.</param>
/// <param name="CanceledShares">Shares taken off the order.</param>
public readonly record struct OrderCancel(ItchHeader Header, ulong OrderReference, uint CanceledShares)
    : IItchMessage<OrderCancel>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderCancel;

    /// <inheritdoc/>
    public static int Length => 23;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderCancel Read(ReadOnlySpan<byte> message)
    {
        message = message[..23];
        return new(ItchHeader.Read(message), message.U64(11), message.U32(19));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..23];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message.Put(19, CanceledShares);
    }
}
