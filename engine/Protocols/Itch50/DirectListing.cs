using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH O: the price range of a direct listing with capital raise.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="OpenEligibility">Y or N.</param>
/// <param name="MinimumPrice">Lowest allowable price in 1/10,000 dollar.</param>
/// <param name="MaximumPrice">Highest allowable price in 1/10,000 dollar.</param>
/// <param name="NearExecutionPrice">Near execution price in 1/10,000 dollar.</param>
/// <param name="NearExecutionTime">Near execution time in ns since midnight.</param>
/// <param name="LowerCollar">Lower collar in 1/10,000 dollar.</param>
/// <param name="UpperCollar">Upper collar in 1/10,000 dollar.</param>
public readonly record struct DirectListing(ItchHeader Header, Symbol Stock, byte OpenEligibility, uint MinimumPrice, uint MaximumPrice,
    uint NearExecutionPrice, ulong NearExecutionTime, uint LowerCollar, uint UpperCollar)
    : IItchMessage<DirectListing>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.DirectListing;

    /// <inheritdoc/>
    public static int Length => 48;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DirectListing Read(ReadOnlySpan<byte> message)
    {
        message = message[..48];
        return new(ItchHeader.Read(message), message.Symbol(11), message[19], message.U32(20), message.U32(24), message.U32(28),
            message.U64(32), message.U32(40), message.U32(44));
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..48];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message[19] = OpenEligibility;
        message.Put(20, MinimumPrice);
        message.Put(24, MaximumPrice);
        message.Put(28, NearExecutionPrice);
        message.Put(32, NearExecutionTime);
        message.Put(40, LowerCollar);
        message.Put(44, UpperCollar);
    }
}
