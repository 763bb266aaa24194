using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Tests.Golden.Itch50;

/// <summary>Takes any message apart into its fields and puts it together again.</summary>
internal static class ItchReencoder
{
    /// <returns>Bytes written; 0 when the message is none.</returns>
    public static int Reencode(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        if (!ItchLengths.IsWellFormed(message)) return 0;
        return (ItchMessageType)message[0] switch
        {
            ItchMessageType.SystemEvent => Through<SystemEvent>(message, destination),
            ItchMessageType.StockDirectory => Through<StockDirectory>(message, destination),
            ItchMessageType.TradingAction => Through<TradingAction>(message, destination),
            ItchMessageType.RegShoRestriction => Through<RegShoRestriction>(message, destination),
            ItchMessageType.ParticipantPosition => Through<ParticipantPosition>(message, destination),
            ItchMessageType.MwcbDeclineLevel => Through<MwcbDeclineLevel>(message, destination),
            ItchMessageType.MwcbStatus => Through<MwcbStatus>(message, destination),
            ItchMessageType.QuotingPeriodUpdate => Through<QuotingPeriodUpdate>(message, destination),
            ItchMessageType.LuldCollar => Through<LuldCollar>(message, destination),
            ItchMessageType.OperationalHalt => Through<OperationalHalt>(message, destination),
            ItchMessageType.AddOrder => Through<AddOrder>(message, destination),
            ItchMessageType.AddOrderAttributed => Through<AddOrderAttributed>(message, destination),
            ItchMessageType.OrderExecuted => Through<OrderExecuted>(message, destination),
            ItchMessageType.OrderExecutedWithPrice => Through<OrderExecutedWithPrice>(message, destination),
            ItchMessageType.OrderCancel => Through<OrderCancel>(message, destination),
            ItchMessageType.OrderDelete => Through<OrderDelete>(message, destination),
            ItchMessageType.OrderReplace => Through<OrderReplace>(message, destination),
            ItchMessageType.Trade => Through<Trade>(message, destination),
            ItchMessageType.CrossTrade => Through<CrossTrade>(message, destination),
            ItchMessageType.BrokenTrade => Through<BrokenTrade>(message, destination),
            ItchMessageType.OrderImbalance => Through<OrderImbalance>(message, destination),
            ItchMessageType.RetailInterest => Through<RetailInterest>(message, destination),
            ItchMessageType.DirectListing => Through<DirectListing>(message, destination),
            _ => 0,
        };
    }

    private static int Through<T>(ReadOnlySpan<byte> message, Span<byte> destination)
        where T : struct, IItchMessage<T> =>
        ItchCodec.TryRead(message, out T value) ? ItchCodec.TryWrite(value, destination) : 0;
}
