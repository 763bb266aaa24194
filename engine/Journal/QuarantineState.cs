using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What lies in quarantine when a journal is opened.</summary>
/// <param name="LastNumber">Number of the newest record; 0 when there was never one.</param>
/// <param name="Rows">Records kept.</param>
/// <param name="Unseen">Of them, those no person has seen to.</param>
/// <param name="TradesNotBooked">Of those, trades that are missing in the books.</param>
internal readonly record struct QuarantineState(long LastNumber, long Rows, long Unseen, long TradesNotBooked)
{
    /// <summary>Notes that a person has seen to everything that is there. The records stay, as evidence.</summary>
    internal static void MarkSeen(LmdbTransaction transaction, JournalTables tables)
    {
        long last = Load(transaction, tables).LastNumber;
        JournalException.ThrowUnlessSuccess(
            transaction.Put(tables.Meta, JournalMeta.QuarantineSeenKey, StructBytes.Of(ref last)), "marking the quarantine as seen");
    }

    internal static QuarantineState Load(LmdbTransaction transaction, JournalTables tables)
    {
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.QuarantineSeenKey, out ReadOnlySpan<byte> seenBytes);
        if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "reading how much of the quarantine was seen");
        long seen = status == LmdbStatus.Success ? BitConverter.ToInt64(seenBytes) : 0;
        (long last, long unseen, long trades) = (seen, 0, 0);
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Quarantine, out LmdbCursor cursor), "walking the quarantine");
        using (cursor)
        {
            status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
            {
                last = Math.Max(last, BitConverter.ToInt64(key));
                if (BitConverter.ToInt64(key) <= seen) continue;
                unseen++;
                // A record that is not whole is no reason not to start, but one not to trade.
                bool isWhole = StructBytes.TryRead(value, out QuarantineRecord record) && RecordChecksum.IsIntact(ref record);
                if (!isWhole || record.Reason.IsTradeNotBooked()) trades++;
            }
        }

        return new QuarantineState(last, transaction.Count(tables.Quarantine), unseen, trades);
    }
}
