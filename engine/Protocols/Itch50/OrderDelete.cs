using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH D: whatever is left of an order is gone.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">The order.</param>
public readonly record struct OrderDelete(ItchHeader Header, ulong OrderReference)
    : IItchMessage<OrderDelete>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderDelete;

    /// <inheritdoc/>
    public static int Length => 19;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderDelete Read(ReadOnlySpan<byte> message)
    {
        message = message[..19];
        return new(ItchHeader.Read(message), message.U64(11));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..19];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
    }
}
