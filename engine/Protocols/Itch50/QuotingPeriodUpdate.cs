using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH K: when an initial offering may be quoted.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="ReleaseTimeSeconds">Seconds since midnight.</param>
/// <param name="Qualifier">A anticipated, C cancelled or postponed.</param>
/// <param name="IpoPrice">Price in 1/10,000 dollar.</param>
public readonly record struct QuotingPeriodUpdate(ItchHeader Header, Symbol Stock, uint ReleaseTimeSeconds, byte Qualifier,
    uint IpoPrice)
    : IItchMessage<QuotingPeriodUpdate>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.QuotingPeriodUpdate;

    /// <inheritdoc/>
    public static int Length => 28;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuotingPeriodUpdate Read(ReadOnlySpan<byte> message)
    {
        message = message[..28];
        return new(ItchHeader.Read(message), message.Symbol(11), message.U32(19), message[23], message.U32(24));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..28];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message.Put(19, ReleaseTimeSeconds);
        message[23] = Qualifier;
        message.Put(24, IpoPrice);
    }
}
