using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH J: the price band of a reopening auction.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="ReferencePrice">Reference price in 1/10,000 dollar.</param>
/// <param name="UpperPrice">Upper bound in 1/10,000 dollar.</param>
/// <param name="LowerPrice">Lower bound in 1/10,000 dollar.</param>
/// <param name="Extension">How many times the collar was extended.</param>
public readonly record struct LuldCollar(ItchHeader Header, Symbol Stock, uint ReferencePrice, uint UpperPrice, uint LowerPrice,
    uint Extension)
    : IItchMessage<LuldCollar>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.LuldCollar;

    /// <inheritdoc/>
    public static int Length => 35;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuldCollar Read(ReadOnlySpan<byte> message)
    {
        message = message[..35];
        return new(ItchHeader.Read(message), message.Symbol(11), message.U32(19), message.U32(23), message.U32(27), message.U32(31));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..35];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message.Put(19, ReferencePrice);
        message.Put(23, UpperPrice);
        message.Put(27, LowerPrice);
        message.Put(31, Extension);
    }
}
