using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>What a slot of the ring <c>captures</c> holds.</summary>
internal enum CaptureSlotKind : byte
{
    /// <summary>An offer as stamped, with what became of it.</summary>
    Offer = 1,

    /// <summary>The order made of the offer before it: only its hash reaches the file.</summary>
    Order,

    /// <summary>A price, tick, verdict or change of the denylist.</summary>
    Price,

    /// <summary>The first part of a response; the rest follows in the next slot.</summary>
    Response,

    /// <summary>The rest of the response before it.</summary>
    ResponseRest,

    /// <summary>What may not be done changed.</summary>
    Stops,
}

/// <summary>
/// One slot of the ring <c>captures</c>: one cache line, so that Decision copies an offer with two moves. The events leave their last two
/// bytes free for what the slot holds; a test watches that.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct CaptureSlot
{
    [FieldOffset(0)] public OfferEvent Offer;

    [FieldOffset(0)] public PriceEvent Price;

    /// <summary>Its intent's number, which lies under the kind, is Journal's to give and 0 here.</summary>
    [FieldOffset(0)] public ExecuteEvent Order;

    [FieldOffset(0)] public CapturedResponse Response;

    [FieldOffset(0)] public CapturedResponseRest ResponseRest;

    [FieldOffset(0)] public TradingStops Stops;

    /// <summary>Of an offer: None when it was taken.</summary>
    [FieldOffset(62)] public RefusalReason Verdict;

    [FieldOffset(63)] public CaptureSlotKind Kind;
}

/// <summary>What a response tells Decision, first part. What only Journal needs (match number, session, sequence numbers) is left out.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct CapturedResponse
{
    [FieldOffset(0)] public ulong OfferReference;
    [FieldOffset(8)] public long ReceivedNs;
    [FieldOffset(16)] public long AnsweredNs;
    [FieldOffset(24)] public uint DecodedDeltaNs;
    [FieldOffset(28)] public uint PricedDeltaNs;
    [FieldOffset(32)] public uint DecidedDeltaNs;
    [FieldOffset(36)] public uint SentDeltaNs;
    [FieldOffset(40)] public uint UserRefNum;
    [FieldOffset(44)] public int QuantityShares;
    [FieldOffset(48)] public int LimitPrice;
    [FieldOffset(52)] public int ExecutionPrice;
    [FieldOffset(56)] public ushort TickerIndex;
    [FieldOffset(58)] public ResponseKind Kind;
    [FieldOffset(59)] public Side OrderSide;
    [FieldOffset(60)] public RefusalReason NotSentReason;
}

/// <summary>What did not fit into the first part.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct CapturedResponseRest
{
    [FieldOffset(0)] public int LeavesShares;
    [FieldOffset(4)] public int FairPrice;
    [FieldOffset(8)] public int ExcessShares;
}
