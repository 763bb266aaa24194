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
    /// <summary>Notes what a person has seen to: all that comes before the first unbooked trade of another session.</summary>
    /// <returns>That session, none when there is no such trade; and the trades that stay unseen.</returns>
    internal static (SessionId Next, long TradesNotBooked) MarkSeen(LmdbTransaction transaction, JournalTables tables, SessionId session)
    {
        QuarantineState state = Load(transaction, tables);
        (SessionId next, long seen) = FirstOfAnother(transaction, tables, session, state.LastNumber);
        JournalException.ThrowUnlessSuccess(
            transaction.Put(tables.Meta, JournalMeta.QuarantineSeenKey, StructBytes.Of(ref seen)), "marking the quarantine as seen");
        return (next, Load(transaction, tables).TradesNotBooked);
    }

    /// <returns>The session of the first unseen trade that is not in the books and not of a session, and the number before that.</returns>
    private static (SessionId Session, long Before) FirstOfAnother(LmdbTransaction transaction, JournalTables tables, SessionId session, long lastNumber)
    {
        long seen = SeenThrough(transaction, tables);
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Quarantine, out LmdbCursor opened), "walking the quarantine");
        using LmdbCursor cursor = opened;
        LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
        {
            long number = BitConverter.ToInt64(key);
            // One that is not whole names no session: whoever looks at any session is told of it.
            if (number <= seen || !StructBytes.TryRead(value, out QuarantineRecord record) || !RecordChecksum.IsIntact(ref record)) continue;
            if (record.Reason.IsTradeNotBooked() && record.Session != session) return (record.Session, number - 1);
        }

        return (default, lastNumber);
    }

    private static long SeenThrough(LmdbTransaction transaction, JournalTables tables)
    {
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.QuarantineSeenKey, out ReadOnlySpan<byte> seenBytes);
        if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "reading how much of the quarantine was seen");
        return status == LmdbStatus.Success ? BitConverter.ToInt64(seenBytes) : 0;
    }

    internal static QuarantineState Load(LmdbTransaction transaction, JournalTables tables)
    {
        long seen = SeenThrough(transaction, tables);
        (long last, long unseen, long trades) = (seen, 0, 0);
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Quarantine, out LmdbCursor cursor), "walking the quarantine");
        using (cursor)
        {
            LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
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
