using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>Head of a checkpoint as it lies in the journal: 128 bytes, followed by its positions.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
internal struct CheckpointHeader
{
    internal const int SizeBytes = 128;

    internal const ushort CurrentVersion = 1;

    /// <summary>XxHash3 (64 bits) of everything behind this field, the positions included.</summary>
    [FieldOffset(0)] internal ulong Checksum;

    [FieldOffset(8)] internal ushort Version;

    /// <summary>Rows of <see cref="CheckpointPosition"/> that follow.</summary>
    [FieldOffset(12)] internal int Positions;

    /// <summary>The last record it sums up; 0 for none.</summary>
    [FieldOffset(16)] internal long LastId;

    /// <summary>That record's checksum: the head of the chain.</summary>
    [FieldOffset(24)] internal ulong LastChecksum;

    /// <summary>In 1/10,000 dollar.</summary>
    [FieldOffset(32)] internal long Cash;

    [FieldOffset(40)] internal long Transactions;

    [FieldOffset(48)] internal long Buys;

    [FieldOffset(56)] internal long Sells;

    [FieldOffset(64)] internal long SharesBought;

    [FieldOffset(72)] internal long SharesSold;

    /// <summary>Wall clock, ns since 1970, UTC.</summary>
    [FieldOffset(80)] internal long WrittenAtNs;

    /// <summary>The venue session at hand, and how far it was booked.</summary>
    [FieldOffset(88)] internal SessionId Session;

    [FieldOffset(104)] internal long BookedThrough;

    [FieldOffset(112)] internal long ReplayFrom;
}

/// <summary>One position of a checkpoint: 16 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
internal struct CheckpointPosition
{
    internal const int SizeBytes = 16;

    [FieldOffset(0)] internal Symbol Symbol;

    [FieldOffset(8)] internal long Shares;
}

/// <summary>How far a journal has forgotten its records: 48 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct PurgeMarker
{
    internal const ushort CurrentVersion = 1;

    /// <summary>XxHash3 (64 bits) of what is behind this field.</summary>
    [FieldOffset(0)] internal ulong Checksum;

    [FieldOffset(8)] internal ushort Version;

    /// <summary>The last record that was purged.</summary>
    [FieldOffset(16)] internal long LastId;

    /// <summary>That record's checksum: the first record left must name it.</summary>
    [FieldOffset(24)] internal ulong LastChecksum;

    /// <summary>Records purged since the journal was made.</summary>
    [FieldOffset(32)] internal long Records;

    /// <summary>Wall clock of the last time, ns since 1970, UTC.</summary>
    [FieldOffset(40)] internal long PurgedAtNs;
}

/// <summary>An execution of a journal that was lost: 40 bytes, for broken trades only.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct RestoredRow
{
    [FieldOffset(0)] internal ulong MatchNumber;

    [FieldOffset(8)] internal Symbol Symbol;

    [FieldOffset(16)] internal int Price;

    [FieldOffset(20)] internal int QuantityShares;

    [FieldOffset(24)] internal uint UserRefNum;

    [FieldOffset(28)] internal Side Side;
}
