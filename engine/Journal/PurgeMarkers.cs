using System.IO.Hashing;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Puts and reads the one <see cref="PurgeMarker"/> of a journal.</summary>
internal static class PurgeMarkers
{
    private static ReadOnlySpan<byte> Key => "purged"u8;

    /// <summary>Reads it; all zero when nothing was ever purged, which is where the chain of checksums begins too.</summary>
    /// <exception cref="JournalException">It is damaged.</exception>
    internal static PurgeMarker Read(LmdbTransaction transaction, JournalTables tables)
    {
        LmdbStatus status = transaction.Get(tables.Meta, Key, out ReadOnlySpan<byte> bytes);
        if (status == LmdbStatus.NotFound) return default;
        JournalException.ThrowUnlessSuccess(status, "reading how far the journal is purged");
        if (StructBytes.TryRead(bytes, out PurgeMarker marker) && marker.Checksum == ChecksumOf(ref marker) && marker.Version == PurgeMarker.CurrentVersion) return marker;
        throw new JournalException("the mark of how far the journal is purged is damaged: restore the folder from a copy.");
    }

    internal static LmdbStatus Put(LmdbTransaction transaction, JournalTables tables, ref PurgeMarker marker)
    {
        marker.Version = PurgeMarker.CurrentVersion;
        marker.Checksum = ChecksumOf(ref marker);
        return transaction.Put(tables.Meta, Key, StructBytes.Of(ref marker));
    }

    private static ulong ChecksumOf(ref PurgeMarker marker) => XxHash3.HashToUInt64(StructBytes.Of(ref marker)[sizeof(ulong)..]);
}
