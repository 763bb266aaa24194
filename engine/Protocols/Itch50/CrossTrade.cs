using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH Q: the result of an auction.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Shares">Shares executed.</param>
/// <param name="Stock">The stock.</param>
/// <param name="CrossPrice">Price in 1/10,000 dollar.</param>
/// <param name="MatchNumber">The match, unique for the day.</param>
/// <param name="CrossType">O open, C close, H halt or initial offering.</param>
public readonly record struct CrossTrade(ItchHeader Header, ulong Shares, Symbol Stock, uint CrossPrice, ulong MatchNumber,
    byte CrossType)
    : IItchMessage<CrossTrade>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.CrossTrade;

    /// <inheritdoc/>
    public static int Length => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CrossTrade Read(ReadOnlySpan<byte> message)
    {
        message = message[..40];
        return new(ItchHeader.Read(message), message.U64(11), message.Symbol(19), message.U32(27), message.U64(31), message[39]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..40];
        Header.Write(Type, message);
        message.Put(11, Shares);
        message.Put(19, Stock);
        message.Put(27, CrossPrice);
        message.Put(31, MatchNumber);
        message[39] = CrossType;
    }
}
