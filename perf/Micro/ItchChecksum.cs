using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Micro;

/// <summary>
/// Adds up every field of a message as a number, so that no load of a benchmark is dead. <c>ItchFieldTable</c> does the same from
/// the document's offsets.
/// </summary>
internal static class ItchChecksum
{
    public static ulong Of(ReadOnlySpan<byte> message)
    {
        if (!ItchLengths.IsWellFormed(message)) return 0;
        return (ItchMessageType)message[0] switch
        {
            ItchMessageType.SystemEvent => SystemEvent(message),
            ItchMessageType.StockDirectory => StockDirectory(message),
            ItchMessageType.TradingAction => TradingAction(message),
            ItchMessageType.RegShoRestriction => RegShoRestriction(message),
            ItchMessageType.ParticipantPosition => ParticipantPosition(message),
            ItchMessageType.MwcbDeclineLevel => MwcbDeclineLevel(message),
            ItchMessageType.MwcbStatus => MwcbStatus(message),
            ItchMessageType.QuotingPeriodUpdate => QuotingPeriodUpdate(message),
            ItchMessageType.LuldCollar => LuldCollar(message),
            ItchMessageType.OperationalHalt => OperationalHalt(message),
            ItchMessageType.AddOrder => AddOrder(message),
            ItchMessageType.AddOrderAttributed => AddOrderAttributed(message),
            ItchMessageType.OrderExecuted => OrderExecuted(message),
            ItchMessageType.OrderExecutedWithPrice => OrderExecutedWithPrice(message),
            ItchMessageType.OrderCancel => OrderCancel(message),
            ItchMessageType.OrderDelete => OrderDelete(message),
            ItchMessageType.OrderReplace => OrderReplace(message),
            ItchMessageType.Trade => Trade(message),
            ItchMessageType.CrossTrade => CrossTrade(message),
            ItchMessageType.BrokenTrade => BrokenTrade(message),
            ItchMessageType.OrderImbalance => OrderImbalance(message),
            ItchMessageType.RetailInterest => RetailInterest(message),
            ItchMessageType.DirectListing => DirectListing(message),
            _ => 0,
        };
    }

    private static ulong Header(ItchHeader header) => header.StockLocate + (ulong)header.TrackingNumber + (ulong)header.TimestampNs;

    private static ulong SystemEvent(ReadOnlySpan<byte> message)
    {
        SystemEvent m = Protocols.Itch50.SystemEvent.Read(message);
        return Header(m.Header) + m.EventCode;
    }

    private static ulong StockDirectory(ReadOnlySpan<byte> message)
    {
        StockDirectory m = Protocols.Itch50.StockDirectory.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.MarketCategory + m.FinancialStatus + m.RoundLotSize + m.RoundLotsOnly
            + m.IssueClassification + m.IssueSubType + m.Authenticity + m.ShortSaleThreshold + m.IpoFlag + m.LuldTier + m.EtpFlag
            + m.EtpLeverageFactor + m.InverseIndicator;
    }

    private static ulong TradingAction(ReadOnlySpan<byte> message)
    {
        TradingAction m = Protocols.Itch50.TradingAction.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.State + m.Reserved + m.Reason.Packed;
    }

    private static ulong RegShoRestriction(ReadOnlySpan<byte> message)
    {
        RegShoRestriction m = Protocols.Itch50.RegShoRestriction.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.Action;
    }

    private static ulong ParticipantPosition(ReadOnlySpan<byte> message)
    {
        ParticipantPosition m = Protocols.Itch50.ParticipantPosition.Read(message);
        return Header(m.Header) + m.Mpid.Packed + m.Stock.Packed + m.PrimaryMarketMaker + m.Mode + m.State;
    }

    private static ulong MwcbDeclineLevel(ReadOnlySpan<byte> message)
    {
        MwcbDeclineLevel m = Protocols.Itch50.MwcbDeclineLevel.Read(message);
        return Header(m.Header) + m.Level1 + m.Level2 + m.Level3;
    }

    private static ulong MwcbStatus(ReadOnlySpan<byte> message)
    {
        MwcbStatus m = Protocols.Itch50.MwcbStatus.Read(message);
        return Header(m.Header) + m.BreachedLevel;
    }

    private static ulong QuotingPeriodUpdate(ReadOnlySpan<byte> message)
    {
        QuotingPeriodUpdate m = Protocols.Itch50.QuotingPeriodUpdate.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.ReleaseTimeSeconds + m.Qualifier + m.IpoPrice;
    }

    private static ulong LuldCollar(ReadOnlySpan<byte> message)
    {
        LuldCollar m = Protocols.Itch50.LuldCollar.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.ReferencePrice + m.UpperPrice + m.LowerPrice + m.Extension;
    }

    private static ulong OperationalHalt(ReadOnlySpan<byte> message)
    {
        OperationalHalt m = Protocols.Itch50.OperationalHalt.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.MarketCode + m.Action;
    }

    private static ulong AddOrder(ReadOnlySpan<byte> message)
    {
        AddOrder m = Protocols.Itch50.AddOrder.Read(message);
        return Header(m.Header) + m.OrderReference + (ulong)m.Side + m.Shares + m.Stock.Packed + m.Price;
    }

    private static ulong AddOrderAttributed(ReadOnlySpan<byte> message)
    {
        AddOrderAttributed m = Protocols.Itch50.AddOrderAttributed.Read(message);
        return Header(m.Header) + m.OrderReference + (ulong)m.Side + m.Shares + m.Stock.Packed + m.Price + m.Attribution.Packed;
    }

    private static ulong OrderExecuted(ReadOnlySpan<byte> message)
    {
        OrderExecuted m = Protocols.Itch50.OrderExecuted.Read(message);
        return Header(m.Header) + m.OrderReference + m.ExecutedShares + m.MatchNumber;
    }

    private static ulong OrderExecutedWithPrice(ReadOnlySpan<byte> message)
    {
        OrderExecutedWithPrice m = Protocols.Itch50.OrderExecutedWithPrice.Read(message);
        return Header(m.Header) + m.OrderReference + m.ExecutedShares + m.MatchNumber + m.Printable + m.ExecutionPrice;
    }

    private static ulong OrderCancel(ReadOnlySpan<byte> message)
    {
        OrderCancel m = Protocols.Itch50.OrderCancel.Read(message);
        return Header(m.Header) + m.OrderReference + m.CanceledShares;
    }

    private static ulong OrderDelete(ReadOnlySpan<byte> message)
    {
        OrderDelete m = Protocols.Itch50.OrderDelete.Read(message);
        return Header(m.Header) + m.OrderReference;
    }

    private static ulong OrderReplace(ReadOnlySpan<byte> message)
    {
        OrderReplace m = Protocols.Itch50.OrderReplace.Read(message);
        return Header(m.Header) + m.OriginalReference + m.NewReference + m.Shares + m.Price;
    }

    private static ulong Trade(ReadOnlySpan<byte> message)
    {
        Trade m = Protocols.Itch50.Trade.Read(message);
        return Header(m.Header) + m.OrderReference + (ulong)m.Side + m.Shares + m.Stock.Packed + m.Price + m.MatchNumber;
    }

    private static ulong CrossTrade(ReadOnlySpan<byte> message)
    {
        CrossTrade m = Protocols.Itch50.CrossTrade.Read(message);
        return Header(m.Header) + m.Shares + m.Stock.Packed + m.CrossPrice + m.MatchNumber + m.CrossType;
    }

    private static ulong BrokenTrade(ReadOnlySpan<byte> message)
    {
        BrokenTrade m = Protocols.Itch50.BrokenTrade.Read(message);
        return Header(m.Header) + m.MatchNumber;
    }

    private static ulong OrderImbalance(ReadOnlySpan<byte> message)
    {
        OrderImbalance m = Protocols.Itch50.OrderImbalance.Read(message);
        return Header(m.Header) + m.PairedShares + m.ImbalanceShares + m.Direction + m.Stock.Packed + m.FarPrice + m.NearPrice
            + m.ReferencePrice + m.CrossType + m.PriceVariation;
    }

    private static ulong RetailInterest(ReadOnlySpan<byte> message)
    {
        RetailInterest m = Protocols.Itch50.RetailInterest.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.Interest;
    }

    private static ulong DirectListing(ReadOnlySpan<byte> message)
    {
        DirectListing m = Protocols.Itch50.DirectListing.Read(message);
        return Header(m.Header) + m.Stock.Packed + m.OpenEligibility + m.MinimumPrice + m.MaximumPrice + m.NearExecutionPrice
            + m.NearExecutionTime + m.LowerCollar + m.UpperCollar;
    }
}
