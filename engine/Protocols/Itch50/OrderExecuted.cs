using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH E: shares of an order executed at its own price.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">The order.</param>
/// <param name="ExecutedShares">Shares taken off the order.</param>
/// <param name="MatchNumber">The match, unique for the day.</param>
public readonly record struct OrderExecuted(ItchHeader Header, ulong OrderReference, uint ExecutedShares, ulong MatchNumber)
    : IItchMessage<OrderExecuted>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderExecuted;

    /// <inheritdoc/>
    public static int Length => 31;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderExecuted Read(ReadOnlySpan<byte> message)
    {
        message = message[..31];
        return new(ItchHeader.Read(message), message.U64(11), message.U32(19), message.U64(23));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..31];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message.Put(19, ExecutedShares);
        message.Put(23, MatchNumber);
    }
}
