using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH N: retail price improvement is to be had in a stock.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="Interest">B S A N.</param>
public readonly record struct RetailInterest(ItchHeader Header, Symbol Stock, byte Interest)
    : IItchMessage<RetailInterest>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.RetailInterest;

    /// <inheritdoc/>
    public static int Length => 20;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RetailInterest Read(ReadOnlySpan<byte> message)
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
        message[19] = Interest;
    }
}
