using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH P: an execution against an order that was not displayed; no effect on the book.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="OrderReference">0 since 2010.</param>
/// <param name="Side">Always B since 2014-07-14.</param>
/// <param name="Shares">Shares executed.</param>
/// <param name="Stock">The stock.</param>
/// <param name="Price">Price in 1/10,000 dollar.</param>
/// <param name="MatchNumber">The match, unique for the day.</param>
public readonly record struct Trade(ItchHeader Header, ulong OrderReference, Side Side, uint Shares, Symbol Stock, uint Price,
    ulong MatchNumber)
    : IItchMessage<Trade>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.Trade;

    /// <inheritdoc/>
    public static int Length => 44;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trade Read(ReadOnlySpan<byte> message)
    {
        message = message[..44];
        return new(ItchHeader.Read(message), message.U64(11), (Side)message[19], message.U32(20), message.Symbol(24), message.U32(32),
            message.U64(36));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..44];
        Header.Write(Type, message);
        message.Put(11, OrderReference);
        message[19] = (byte)Side;
        message.Put(20, Shares);
        message.Put(24, Stock);
        message.Put(32, Price);
        message.Put(36, MatchNumber);
    }
}
