using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH H: the trading state of a stock on all markets.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="State">H halted, P paused, Q quotation only, T trading.</param>
/// <param name="Reserved">Reserved.</param>
/// <param name="Reason">Why.</param>
public readonly record struct TradingAction(ItchHeader Header, Symbol Stock, byte State, byte Reserved, Alpha4 Reason)
    : IItchMessage<TradingAction>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.TradingAction;

    /// <inheritdoc/>
    public static int Length => 25;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TradingAction Read(ReadOnlySpan<byte> message)
    {
        message = message[..25];
        return new(ItchHeader.Read(message), message.Symbol(11), message[19], message[20], message.Alpha4(21));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..25];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message[19] = State;
        message[20] = Reserved;
        message.Put(21, Reason);
    }
}
