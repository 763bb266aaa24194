using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Itch50;

/// <summary>ITCH R: names the stock behind a locate; sent for every stock before the day begins.</summary>
/// <param name="Header">Locate, tracking number and time.</param>
/// <param name="Stock">The stock.</param>
/// <param name="MarketCategory">Q G S are tiers of this market, N A P M Z V other listing markets, space is none.</param>
/// <param name="FinancialStatus">D E Q S G H J K C N or space.</param>
/// <param name="RoundLotSize">Shares in a round lot.</param>
/// <param name="RoundLotsOnly">Y or N.</param>
/// <param name="IssueClassification">Class of the security.</param>
/// <param name="IssueSubType">Two letters, the first in the high byte.</param>
/// <param name="Authenticity">P live, T test.</param>
/// <param name="ShortSaleThreshold">Y N or space.</param>
/// <param name="IpoFlag">Y N Z or space.</param>
/// <param name="LuldTier">1 2 or space.</param>
/// <param name="EtpFlag">Y N or space.</param>
/// <param name="EtpLeverageFactor">Leverage of an exchange-traded product.</param>
/// <param name="InverseIndicator">Y or N.</param>
public readonly record struct StockDirectory(ItchHeader Header, Symbol Stock, byte MarketCategory, byte FinancialStatus,
    uint RoundLotSize, byte RoundLotsOnly, byte IssueClassification, ushort IssueSubType, byte Authenticity, byte ShortSaleThreshold,
    byte IpoFlag, byte LuldTier, byte EtpFlag, uint EtpLeverageFactor, byte InverseIndicator)
    : IItchMessage<StockDirectory>
{
    /// <inheritdoc/>
    public static ItchMessageType Type => ItchMessageType.StockDirectory;

    /// <inheritdoc/>
    public static int Length => 39;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StockDirectory Read(ReadOnlySpan<byte> message)
    {
        message = message[..39];
        return new(ItchHeader.Read(message), message.Symbol(11), message[19], message[20], message.U32(21), message[25], message[26],
            message.U16(27), message[29], message[30], message[31], message[32], message[33], message.U32(34), message[38]);
    }

    /// <inheritdoc/>
    public void Write(Span<byte> message)
    {
        message = message[..39];
        Header.Write(Type, message);
        message.Put(11, Stock);
        message[19] = MarketCategory;
        message[20] = FinancialStatus;
        message.Put(21, RoundLotSize);
        message[25] = RoundLotsOnly;
        message[26] = IssueClassification;
        message.Put(27, IssueSubType);
        message[29] = Authenticity;
        message[30] = ShortSaleThreshold;
        message[31] = IpoFlag;
        message[32] = LuldTier;
        message[33] = EtpFlag;
        message.Put(34, EtpLeverageFactor);
        message[38] = InverseIndicator;
    }
}
