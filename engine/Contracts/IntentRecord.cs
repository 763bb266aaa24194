using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>An order that is about to be sent, as it lies in the journal until its end is booked: 96 bytes, little-endian, version 1.</summary>
/// <remarks>Only where intents are durable. Offsets never change within a version; unused bytes are zero.</remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
public struct IntentRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int SizeBytes = 96;

    /// <summary>The layout this type describes.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>XxHash3 (64 bits) of the bytes after this field.</summary>
    [FieldOffset(0)] public ulong Checksum;

    /// <summary>Layout of the record.</summary>
    [FieldOffset(8)] public ushort Version;

    /// <summary>What the order does.</summary>
    [FieldOffset(10)] public Side Side;

    /// <summary>1 for a sale of shares we do not have; else 0.</summary>
    [FieldOffset(11)] public byte IsShortSale;

    /// <summary>Shares.</summary>
    [FieldOffset(12)] public int QuantityShares;

    /// <summary>The intent's number and key; the order's ClOrdID carries it behind the node's name.</summary>
    [FieldOffset(16)] public long Number;

    /// <summary>The venue's reference of the offer we go for.</summary>
    [FieldOffset(24)] public ulong OfferReference;

    /// <summary>The ticker's name.</summary>
    [FieldOffset(32)] public Symbol Symbol;

    /// <summary>Limit price in 1/10,000 dollar.</summary>
    [FieldOffset(40)] public int LimitPrice;

    /// <summary>Fair price the decision was made with, in 1/10,000 dollar.</summary>
    [FieldOffset(44)] public int FairPrice;

    /// <summary>When Journal put it into its commit, wall clock: ns since 1970, UTC.</summary>
    [FieldOffset(48)] public long WrittenAtNs;

    /// <summary>The SoupBinTCP session that was joined then; none when the journal knew of none yet.</summary>
    [FieldOffset(56)] public SessionId Session;

    /// <summary>The node's name: 16 ASCII bytes, padded with zeros.</summary>
    [FieldOffset(72)] public NodeTag Node;
}
