using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

/// <summary>What Decision hears, with as few words as a test needs.</summary>
internal static class Events
{
    public const int Fair = 100_0000;
    public const long SecondNs = 1_000_000_000;

    /// <summary>Without the signals, so that an offer may be as rich as a test likes.</summary>
    public static DecisionOptions Plain { get; } = new() { Collar = null, OfferFlow = null, Markout = null, DayMove = null };

    public static OfferEvent Offer(Side side, int price, int quantity = 100, ushort ticker = 0, int fair = Fair, long atNs = 0) => new()
    {
        Kind = OfferEventKind.Offer,
        OfferSide = side,
        Price = price,
        QuantityShares = quantity,
        TickerIndex = ticker,
        FairPrice = fair,
        ReceivedNs = atNs,
    };

    public static PriceEvent Price(ushort ticker, int price, long atNs = 0) => new() { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = price, NowNs = atNs };

    public static PriceEvent Tick(long atNs) => new() { Kind = PriceEventKind.Tick, NowNs = atNs };

    public static PriceEvent NewDay(int date) => new() { Kind = PriceEventKind.NewDay, TradingDate = date };

    /// <summary>The whole order's end.</summary>
    public static ResponseEvent End(in ExecuteEvent order, ResponseKind kind, long atNs = 0) => new()
    {
        Kind = kind,
        TickerIndex = order.TickerIndex,
        OrderSide = order.OrderSide,
        QuantityShares = order.QuantityShares,
        LimitPrice = order.LimitPrice,
        ExecutionPrice = order.LimitPrice,
        AnsweredNs = atNs,
    };

    /// <summary>Judges an offer and takes what it may.</summary>
    public static RefusalReason Send(this DecisionCore core, in OfferEvent offer, out ExecuteEvent order)
    {
        order = default;
        RefusalReason verdict = core.Judge(offer, TradingStops.None, out int quantity, out bool isShort);
        if (verdict == RefusalReason.None) core.Take(offer, quantity, isShort, out order);
        return verdict;
    }

    /// <summary>Buys at once what an offer holds.</summary>
    public static void Win(this DecisionCore core, in OfferEvent offer)
    {
        Assert.Equal(RefusalReason.None, core.Send(offer, out ExecuteEvent order));
        core.OnResponse(End(order, ResponseKind.Executed, offer.ReceivedNs));
    }
}
