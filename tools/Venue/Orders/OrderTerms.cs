using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Venue.Orders;

/// <summary>An order's own terms in the answer to it.</summary>
public static class OrderTerms
{
    /// <summary>Accepted as it was asked for, live; time and the venue's number are left to the venue.</summary>
    public static Accepted Accepted(in EnterOrder order) => new()
    {
        UserRefNum = order.UserRefNum,
        Side = order.Side,
        QuantityShares = order.QuantityShares,
        Symbol = order.Symbol,
        Price = order.Price,
        TimeInForce = order.TimeInForce,
        Display = order.Display,
        Capacity = order.Capacity,
        Iso = order.Iso,
        CrossType = order.CrossType,
        OrderState = OuchOrderState.Live,
        ClOrdId = order.ClOrdId,
    };
}
