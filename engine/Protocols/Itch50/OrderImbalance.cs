using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH I: the imbalance ahead of an auction.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="PairedShares">Shares matched at the reference price.</param>
/// <param name="ImbalanceShares">Shares not matched.</param>
/// <param name="Direction">B S N, O insufficient, P paused.</param>
/// <param name="Stock">The stock.</param>
/// <param name="FarPrice">Far price in 1/10,000 dollar.</param>
/// <param name="NearPrice">Near price in 1/10,000 dollar.</param>
/// <param name="ReferencePrice">Reference price in 1/10,000 dollar.</param>
/// <param name="CrossType">O C H A.</param>
/// <param name="PriceVariation">L, 1 to 9, A, B, C or space.</param>
public readonly record struct OrderImbalance(ItchHeader Header, ulong PairedShares, ulong ImbalanceShares, byte Direction, Symbol Stock,
    uint FarPrice, uint NearPrice, uint ReferencePrice, byte CrossType, byte PriceVariation)
    : IItchMessage<OrderImbalance>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.OrderImbalance;

    /// <inheritdoc/>
    public static int Length => 50;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OrderImbalance Read(ReadOnlySpan<byte> message)
    {
        message = message[..50];
        return new(ItchHeader.Read(message), message.U64(11), message.U64(19), message[27], message.Symbol(28), message.U32(36),
            message.U32(40), message.U32(44), message[48], message[49]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..50];
        Header.Write(Type, message);
        message.Put(11, PairedShares);
        message.Put(19, ImbalanceShares);
        message[27] = Direction;
        message.Put(28, Stock);
        message.Put(36, FarPrice);
        message.Put(40, NearPrice);
        message.Put(44, ReferencePrice);
        message[48] = CrossType;
        message[49] = PriceVariation;
    }
}
