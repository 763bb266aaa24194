using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>What a slot of the <c>offers</c> ring holds.</summary>
public enum OfferEventKind : byte
{
    /// <summary>An offer: ITCH A, F, or the new order of a U.</summary>
    Offer = 1,

    /// <summary>The ticker's trading state changed; <see cref="OfferEvent.Flags"/> holds Halted or None.</summary>
    TradingState = 2,

    /// <summary>The market opened or closed; <see cref="OfferEvent.Flags"/> holds MarketClosed or None, for every ticker.</summary>
    MarketHours = 3,
}

/// <summary>One slot of the <c>offers</c> ring: one cache line, written by Feed, stamped by Prices, read by Decision.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct OfferEvent
{
    /// <summary>MoldUDP64 sequence number of the message.</summary>
    [FieldOffset(0)] public ulong FeedSequence;

    /// <summary>The venue's order reference of the offer.</summary>
    [FieldOffset(8)] public ulong OrderReference;

    /// <summary>When the packet left the socket, monotonic ns. Later hops are kept as ns after this moment.</summary>
    [FieldOffset(16)] public long ReceivedNs;

    /// <summary>The offer's price in 1/10,000 dollar.</summary>
    [FieldOffset(24)] public int Price;

    /// <summary>The offer's size in shares.</summary>
    [FieldOffset(28)] public int QuantityShares;

    /// <summary>Fair price in 1/10,000 dollar, stamped by Prices; 0 with <see cref="TickerFlags.NoPrice"/>.</summary>
    [FieldOffset(32)] public int FairPrice;

    /// <summary>Age of the fair price in microseconds, stamped by Prices; saturates at 2^32 - 1 (71 minutes).</summary>
    [FieldOffset(36)] public uint PriceAgeUs;

    /// <summary>Published by Feed, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(40)] public uint DecodedDeltaNs;

    /// <summary>Stamped by Prices, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(44)] public uint PricedDeltaNs;

    /// <summary>Index in the <see cref="Universe"/>.</summary>
    [FieldOffset(48)] public ushort TickerIndex;

    /// <summary>What stops the ticker from being traded; stamped by Prices on offers, written by Feed on state changes.</summary>
    [FieldOffset(50)] public TickerFlags Flags;

    /// <summary>What this slot holds.</summary>
    [FieldOffset(52)] public OfferEventKind Kind;

    /// <summary>Buy: a buyer bids, we may sell to him. Sell: a seller asks, we may buy.</summary>
    [FieldOffset(53)] public Side OfferSide;
}
