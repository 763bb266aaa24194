using System.Runtime.InteropServices;

namespace MarketMaker.Contracts;

/// <summary>A message of the venue that contradicts what we know, as it lies in the journal's quarantine: 128 bytes, little-endian, version 1.</summary>
/// <remarks>
/// Evidence for a person, not a booking: nothing adds these up. A message that is booked all the same has its transaction beside it, with
/// the same session and sequence number. Offsets never change within a version; unused bytes are zero.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
public struct QuarantineRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int SizeBytes = 128;

    /// <summary>The layout this type describes.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>XxHash3 (64 bits) of the bytes after this field.</summary>
    [FieldOffset(0)] public ulong Checksum;

    /// <summary>Layout of the record.</summary>
    [FieldOffset(8)] public ushort Version;

    /// <summary>What is wrong.</summary>
    [FieldOffset(10)] public QuarantineReason Reason;

    /// <summary>Our side, where the order is known; else 0.</summary>
    [FieldOffset(11)] public Side Side;

    /// <summary>OUCH UserRefNum that the message names; 0 when none.</summary>
    [FieldOffset(12)] public uint UserRefNum;

    /// <summary>The record's number and key, counted from 1 in this journal.</summary>
    [FieldOffset(16)] public long Number;

    /// <summary>SoupBinTCP sequence number of the message.</summary>
    [FieldOffset(24)] public long VenueSequence;

    /// <summary>The venue's match number; 0 when the message has none.</summary>
    [FieldOffset(32)] public ulong MatchNumber;

    /// <summary>Price as the venue gave it, in 1/10,000 dollar; 0 when the message has none.</summary>
    [FieldOffset(40)] public ulong Price;

    /// <summary>The ticker's name, where the order is known; else empty (eight zero bytes).</summary>
    [FieldOffset(48)] public Symbol Symbol;

    /// <summary>The SoupBinTCP session of <see cref="VenueSequence"/>.</summary>
    [FieldOffset(56)] public SessionId Session;

    /// <summary>1 when the message is booked all the same, as a transaction of its own; else 0.</summary>
    [FieldOffset(66)] public byte IsBooked;

    /// <summary>Shares as the venue gave them; 0 when the message has none.</summary>
    [FieldOffset(68)] public uint QuantityShares;

    /// <summary>The venue's time, ns since midnight US Eastern; 0 when the message could not be read.</summary>
    [FieldOffset(72)] public long VenueTimeNs;

    /// <summary>When Journal kept it, wall clock: ns since 1970, UTC.</summary>
    [FieldOffset(80)] public long KeptAtNs;

    /// <summary>The node's name: 16 ASCII bytes, padded with zeros.</summary>
    [FieldOffset(88)] public NodeTag Node;
}
