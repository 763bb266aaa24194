using System.IO.Hashing;
using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What proves a record whole: XxHash3 over all its bytes but the checksum itself.</summary>
public static class RecordChecksum
{
    /// <summary>Writes the checksum; the record may not change afterwards.</summary>
    public static void Seal(ref JournalRecord record) => record.Checksum = Of(ref record);

    /// <summary>Whether the record is exactly what was sealed, and of the version this program knows.</summary>
    public static bool IsIntact(ref JournalRecord record) =>
        record.Checksum == Of(ref record) && record.Version == JournalRecord.CurrentVersion;

    /// <inheritdoc cref="Seal(ref JournalRecord)"/>
    public static void Seal(ref QuarantineRecord record) => record.Checksum = Of(ref record);

    /// <inheritdoc cref="IsIntact(ref JournalRecord)"/>
    public static bool IsIntact(ref QuarantineRecord record) =>
        record.Checksum == Of(ref record) && record.Version == QuarantineRecord.CurrentVersion;

    /// <inheritdoc cref="Seal(ref JournalRecord)"/>
    public static void Seal(ref IntentRecord record) => record.Checksum = Of(ref record);

    /// <inheritdoc cref="IsIntact(ref JournalRecord)"/>
    public static bool IsIntact(ref IntentRecord record) =>
        record.Checksum == Of(ref record) && record.Version == IntentRecord.CurrentVersion;

    private static ulong Of<T>(ref T record) where T : unmanaged => XxHash3.HashToUInt64(StructBytes.Of(ref record)[sizeof(ulong)..]);
}
