using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>What a transaction of the journal is.</summary>
public enum JournalRecordKind : byte
{
    /// <summary>Shares executed.</summary>
    Execution = 1,

    /// <summary>An earlier execution was broken: price, quantity, side and match number are the original's, their effect is undone.</summary>
    Break = 2,

    /// <summary>
    /// What a person booked with <c>mm-ledger adjust</c>: an opening balance, a deposit or withdrawal, a correction. Cash moves by
    /// <see cref="JournalRecord.CashAmount"/>, the position by the quantity on the side; <see cref="JournalRecord.ReasonCode"/> says which.
    /// </summary>
    Adjustment = 3,
}

/// <summary>One transaction as it lies in the journal: 256 bytes, little-endian, format version 1.</summary>
/// <remarks>
/// Offsets never change within a version; unused bytes are zero. Tickers are kept by name, since a ticker's index is only good
/// for a day. Journal writes it, the tools read it.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
public struct JournalRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int SizeBytes = 256;

    /// <summary>The layout this type describes.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>Bytes kept of a node's name.</summary>
    public const int NodeLength = 16;

    /// <summary>XxHash3 (64 bits) of the bytes after this field.</summary>
    [FieldOffset(0)] public ulong Checksum;

    /// <summary>Layout of the record.</summary>
    [FieldOffset(8)] public ushort Version;

    /// <summary>What it is.</summary>
    [FieldOffset(10)] public JournalRecordKind Kind;

    /// <summary>Our side of the execution.</summary>
    [FieldOffset(11)] public Side Side;

    /// <summary>OUCH UserRefNum of the order.</summary>
    [FieldOffset(12)] public uint UserRefNum;

    /// <summary>The transaction's id, and the record's key: block (31 bits) and counter (32 bits).</summary>
    [FieldOffset(16)] public long Id;

    /// <summary>SoupBinTCP sequence number of the venue's message.</summary>
    [FieldOffset(24)] public long VenueSequence;

    /// <summary>The venue's match number; of a Break, the broken execution's.</summary>
    [FieldOffset(32)] public ulong MatchNumber;

    /// <summary>The venue's reference of the offer we went for; 0 when an earlier run sent the order.</summary>
    [FieldOffset(40)] public ulong OfferReference;

    /// <summary>The ticker's name.</summary>
    [FieldOffset(48)] public Symbol Symbol;

    /// <summary>The SoupBinTCP session of <see cref="VenueSequence"/>.</summary>
    [FieldOffset(56)] public SessionId Session;

    /// <summary>Shares executed.</summary>
    [FieldOffset(68)] public int QuantityShares;

    /// <summary>Price of the execution in 1/10,000 dollar.</summary>
    [FieldOffset(72)] public int Price;

    /// <summary>Limit price of the order in 1/10,000 dollar.</summary>
    [FieldOffset(76)] public int LimitPrice;

    /// <summary>Fair price the decision was made with, in 1/10,000 dollar; 0 when an earlier run sent the order.</summary>
    [FieldOffset(80)] public int FairPrice;

    /// <summary>OUCH reason letter of a Break; of an Adjustment, one of <see cref="AdjustmentReason"/>; else 0.</summary>
    [FieldOffset(84)] public byte ReasonCode;

    /// <summary>The venue's time, ns since midnight US Eastern.</summary>
    [FieldOffset(88)] public long VenueTimeNs;

    /// <summary>The venue's time as wall clock: ns since 1970, UTC.</summary>
    [FieldOffset(96)] public long ExecutedAtNs;

    /// <summary>When Journal booked it, wall clock: ns since 1970, UTC.</summary>
    [FieldOffset(104)] public long BookedAtNs;

    /// <summary>When the offer's packet left the socket, monotonic ns; 0 when an earlier run sent the order.</summary>
    [FieldOffset(112)] public long ReceivedNs;

    /// <summary>When the answer was read from the socket, monotonic ns.</summary>
    [FieldOffset(120)] public long AnsweredNs;

    /// <summary>When Journal put it into its commit, monotonic ns. What the disk took comes after.</summary>
    [FieldOffset(128)] public long JournaledNs;

    /// <summary>Hop Feed, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(136)] public uint DecodedDeltaNs;

    /// <summary>Hop Prices, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(140)] public uint PricedDeltaNs;

    /// <summary>Hop Decision, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(144)] public uint DecidedDeltaNs;

    /// <summary>Hop Execution, ns after <see cref="ReceivedNs"/>.</summary>
    [FieldOffset(148)] public uint SentDeltaNs;

    /// <summary>Checksum of the record before this one, 0 for the first: the chain shows a record that was taken out or exchanged.</summary>
    [FieldOffset(152)] public ulong PreviousChecksum;

    /// <summary>The node's name: 16 ASCII bytes, padded with zeros.</summary>
    [FieldOffset(160)] public NodeTag Node;

    /// <summary>Change of cash in 1/10,000 dollar, negative when it goes out. Of an Adjustment alone; else 0.</summary>
    [FieldOffset(176)] public long CashAmount;

    /// <summary>Why an Adjustment was made, in the words of who made it; else empty.</summary>
    [FieldOffset(184)] public RecordNote Note;
}
