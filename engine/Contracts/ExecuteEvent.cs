using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>One slot of the <c>executes</c> ring: an order that Decision wants sent. Its money or stock is reserved already.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct ExecuteEvent
{
    /// <summary>The venue's order reference of the offer we go for.</summary>
    [FieldOffset(0)] public ulong OfferReference;

    /// <summary>MoldUDP64 sequence number of the offer.</summary>
    [FieldOffset(8)] public ulong FeedSequence;

    /// <summary>When the offer's packet left the socket, monotonic ns.</summary>
    [FieldOffset(16)] public long ReceivedNs;

    /// <summary>Hop Feed, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(24)] public uint DecodedDeltaNs;

    /// <summary>Hop Prices, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(28)] public uint PricedDeltaNs;

    /// <summary>Hop Decision, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(32)] public uint DecidedDeltaNs;

    /// <summary>Limit price in 1/10,000 dollar: the offer's own price.</summary>
    [FieldOffset(36)] public int LimitPrice;

    /// <summary>Shares to buy or sell.</summary>
    [FieldOffset(40)] public int QuantityShares;

    /// <summary>Fair price the decision was made with, in 1/10,000 dollar.</summary>
    [FieldOffset(44)] public int FairPrice;

    /// <summary>Index in the <see cref="Universe"/>.</summary>
    [FieldOffset(48)] public ushort TickerIndex;

    /// <summary>What we do: the opposite of the offer's side.</summary>
    [FieldOffset(50)] public Side OrderSide;

    /// <summary>A sale of shares we do not have: goes out as a short sale. Only where the configuration allows it.</summary>
    [FieldOffset(51)] public bool IsShortSale;

    /// <summary>Number of the intent that Journal made durable before Execution may see the order; 0 where intents are not durable.</summary>
    [FieldOffset(56)] public long IntentNumber;
}
