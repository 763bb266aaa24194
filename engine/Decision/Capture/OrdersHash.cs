using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>A running hash of every order sent: equal for two runs exactly when they sent the same orders in the same sequence.</summary>
/// <remarks>Hop times and the intent's number are left out: they tell how long an order took, not what it is.</remarks>
internal struct OrdersHash
{
    private const ulong Prime = 0x9E37_79B9_7F4A_7C15;
    private const int HalfBits = 32;

    /// <summary>Orders so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their hash.</summary>
    public ulong Value { get; private set; }

    /// <summary>Adds the next order.</summary>
    public void Add(in ExecuteEvent order)
    {
        Count++;
        Mix(order.OfferReference);
        Mix(order.FeedSequence);
        Mix((ulong)order.ReceivedNs);
        Mix((ulong)(uint)order.LimitPrice << HalfBits | (uint)order.QuantityShares);
        Mix((ulong)(uint)order.FairPrice << HalfBits | (uint)order.TickerIndex << 16 | (uint)order.OrderSide << 8 | (order.IsShortSale ? 1u : 0u));
    }

    // Multiply and fold: every bit of the value reaches every bit of the hash, in sequence.
    private void Mix(ulong value)
    {
        UInt128 product = (UInt128)(Value ^ value ^ Prime) * Prime;
        Value = (ulong)product ^ (ulong)(product >> 64) + (Value << 1 | Value >> 63);
    }
}
