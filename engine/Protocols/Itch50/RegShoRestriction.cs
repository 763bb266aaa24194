using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH Y: a short-sale price restriction of a stock.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="Action">0 none, 1 restriction after an intraday drop, 2 restriction continues.</param>
public readonly record struct RegShoRestriction(ItchHeader Header, Symbol Stock, byte Action)
    : IItchMessage<RegShoRestriction>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.RegShoRestriction;

    /// <inheritdoc/>
    public static int Length => 20;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegShoRestriction Read(ReadOnlySpan<byte> message)
    {
        message = message[..20];
        return new(ItchHeader.Read(message), message.Symbol(11), message[19]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..20];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message[19] = Action;
    }
}
