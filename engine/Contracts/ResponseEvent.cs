using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>What a slot of the <c>responses</c> ring says of an order.</summary>
public enum ResponseKind : byte
{
    /// <summary>The venue accepted the order. Nothing is released.</summary>
    Accepted = 1,

    /// <summary>
    /// A live order of an earlier run, found again in the replay: Decision reserves
    /// <see cref="ResponseEvent.QuantityShares"/> at <see cref="ResponseEvent.LimitPrice"/> for it. Journal books nothing for it.
    /// </summary>
    Restored = 2,

    /// <summary>
    /// Some shares executed: <see cref="ResponseEvent.QuantityShares"/> at <see cref="ResponseEvent.ExecutionPrice"/>.
    /// This is the transaction that is booked.
    /// </summary>
    Executed = 3,

    /// <summary>
    /// Shares are over without execution (Canceled, dead on arrival, AIQ): <see cref="ResponseEvent.QuantityShares"/> of them.
    /// </summary>
    Canceled = 4,

    /// <summary>The venue refused the order; <see cref="ResponseEvent.RejectCode"/> says why. All its shares are over.</summary>
    Rejected = 5,

    /// <summary>An earlier execution was broken: undo <see cref="ResponseEvent.MatchNumber"/>. Booked as a reversing transaction.</summary>
    Broken = 6,

    /// <summary>The fence proved that the order never reached the venue; its open shares are released.</summary>
    NeverArrived = 7,

    /// <summary>Execution sent nothing; <see cref="ResponseEvent.NotSentReason"/> says why. All its shares are released.</summary>
    NotSent = 8,

    /// <summary>
    /// A sequenced message that concerns no order of ours (system event, mass cancel response and the like): only moves the
    /// session's sequence numbers on.
    /// </summary>
    Progress = 9,

    /// <summary>
    /// A message that contradicts what we know and changes nothing: no order, money or share moves by it. Journal keeps what it says in
    /// quarantine. <see cref="ResponseEvent.QuantityShares"/> are the bits of the venue's 32-bit number.
    /// </summary>
    Unbookable = 10,

    /// <summary>The fence stands: orders of an earlier run that nothing was heard of never reached the venue. Moves the numbers on as Progress does.</summary>
    Fenced = 11,
}

/// <summary>One slot of the <c>responses</c> ring: two cache lines, written by Execution, read by Decision and Journal.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct ResponseEvent
{
    /// <summary>SoupBinTCP sequence number of the venue's message; 0 when no message is behind the event.</summary>
    [FieldOffset(0)] public long VenueSequence;

    /// <summary>
    /// Where a restart has to log in once this event is booked: the sequence number of the Accepted of the oldest unfinished
    /// order, else <see cref="VenueSequence"/> + 1. 0 when no message is behind the event.
    /// </summary>
    [FieldOffset(8)] public long ReplayFrom;

    /// <summary>The venue's match number of an Executed or Broken.</summary>
    [FieldOffset(16)] public ulong MatchNumber;

    /// <summary>
    /// The venue's reference of the offer we went for; 0 for an order of an earlier run. Of an Unbookable, the price as the venue
    /// gave it, which may not fit our own.
    /// </summary>
    [FieldOffset(24)] public ulong OfferReference;

    /// <summary>The venue's time of the message, ns since midnight US Eastern.</summary>
    [FieldOffset(32)] public long VenueTimeNs;

    /// <summary>When the offer's packet left the socket, monotonic ns; 0 for an order of an earlier run.</summary>
    [FieldOffset(40)] public long ReceivedNs;

    /// <summary>When the answer was read from the socket, monotonic ns.</summary>
    [FieldOffset(48)] public long AnsweredNs;

    /// <summary>Hop Feed, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(56)] public uint DecodedDeltaNs;

    /// <summary>Hop Prices, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(60)] public uint PricedDeltaNs;

    /// <summary>Hop Decision, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(64)] public uint DecidedDeltaNs;

    /// <summary>Hop Execution (the socket took the order), ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(68)] public uint SentDeltaNs;

    /// <summary>OUCH UserRefNum of the order; 0 for NotSent.</summary>
    [FieldOffset(72)] public uint UserRefNum;

    /// <summary>Shares this event concerns: executed, canceled, rejected, never arrived, not sent, restored or broken.</summary>
    [FieldOffset(76)] public int QuantityShares;

    /// <summary>The order's limit price in 1/10,000 dollar: its reservation was made at this price.</summary>
    [FieldOffset(80)] public int LimitPrice;

    /// <summary>Price of an Executed, or of the execution a Broken undoes, in 1/10,000 dollar.</summary>
    [FieldOffset(84)] public int ExecutionPrice;

    /// <summary>Shares of the order that are still open after this event.</summary>
    [FieldOffset(88)] public int LeavesShares;

    /// <summary>Fair price the decision was made with, in 1/10,000 dollar; 0 for an order of an earlier run.</summary>
    [FieldOffset(92)] public int FairPrice;

    /// <summary>OUCH reject reason of a Rejected.</summary>
    [FieldOffset(96)] public ushort RejectCode;

    /// <summary>Index in the <see cref="Universe"/>.</summary>
    [FieldOffset(98)] public ushort TickerIndex;

    /// <summary>What happened.</summary>
    [FieldOffset(100)] public ResponseKind Kind;

    /// <summary>What the order does.</summary>
    [FieldOffset(101)] public Side OrderSide;

    /// <summary>Why nothing was sent, when <see cref="Kind"/> is NotSent.</summary>
    [FieldOffset(102)] public RefusalReason NotSentReason;

    /// <summary>OUCH cancel or break reason letter.</summary>
    [FieldOffset(103)] public byte ReasonCode;

    /// <summary>The SoupBinTCP session <see cref="VenueSequence"/> counts in.</summary>
    [FieldOffset(104)] public SessionId Session;

    /// <summary>What is wrong with the message; Journal then keeps it in quarantine too, in the commit that books or passes over it.</summary>
    [FieldOffset(114)] public QuarantineReason Contradiction;

    /// <summary>
    /// Shares of an Executed beyond what was open: booked like the others, but nothing was reserved for them. 0 unless the venue
    /// contradicts the order.
    /// </summary>
    [FieldOffset(116)] public int ExcessShares;

    /// <summary>Number of the order's intent, where intents are durable; else 0.</summary>
    [FieldOffset(120)] public long IntentNumber;
}
