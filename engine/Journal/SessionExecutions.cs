using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Finds the newest executions of the session at hand, walking back from the end: a broken trade may name them.</summary>
internal static class SessionExecutions
{
    /// <returns>At most <paramref name="max"/>, oldest first, without those that were broken.</returns>
    internal static BookedExecution[] Read(LmdbTransaction transaction, JournalTables tables, LmdbCursor records, RecoveredState state, long afterId, int max)
    {
        if (state.Session.IsNone || max == 0) return [];
        List<BookedExecution> newestFirst = [];
        HashSet<ulong> broken = [];
        WalkBack(records, state, afterId, max, newestFirst, broken);
        if (newestFirst.Count < max && IsRestored(transaction, tables, state.Session)) AddRestored(transaction, tables, max, newestFirst, broken);
        newestFirst.Reverse();
        return [.. newestFirst];
    }

    /// <summary>Whether the executions of a lost journal that lie in this one are of a session.</summary>
    internal static bool IsRestored(LmdbTransaction transaction, JournalTables tables, SessionId session) =>
        transaction.Get(tables.Meta, JournalMeta.RestoredSessionKey, out ReadOnlySpan<byte> name) == LmdbStatus.Success && name.SequenceEqual(session);

    private static void WalkBack(LmdbCursor records, RecoveredState state, long afterId, int max, List<BookedExecution> found, HashSet<ulong> broken)
    {
        ulong expected = state.LastChecksum;
        LmdbStatus status = records.MoveLast(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        for (; status == LmdbStatus.Success && found.Count < max; status = records.MovePrevious(out key, out value))
        {
            long id = BitConverter.ToInt64(key);
            if (id <= afterId) return;
            RecordCheck.Whole(id, value, out JournalRecord record);
            if (record.Checksum != expected) throw new JournalException($"the record behind {id} does not follow it: one was taken out or exchanged. Restore the folder from a copy.");
            expected = record.PreviousChecksum;
            if (record.Kind == JournalRecordKind.Adjustment || record.Session != state.Session) continue;
            if (record.Kind == JournalRecordKind.Break) broken.Add(record.MatchNumber);
            else if (!broken.Contains(record.MatchNumber)) found.Add(new(record.MatchNumber, record.Symbol, record.Side, record.Price, record.QuantityShares, record.UserRefNum));
        }

        if (status is not (LmdbStatus.Success or LmdbStatus.NotFound)) JournalException.ThrowUnlessSuccess(status, "walking the journal");
    }

    private static void AddRestored(LmdbTransaction transaction, JournalTables tables, int max, List<BookedExecution> found, HashSet<ulong> broken)
    {
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Restored, out LmdbCursor cursor), "walking the restored executions");
        using (cursor)
        {
            LmdbStatus status = cursor.MoveLast(out _, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success && found.Count < max; status = cursor.MovePrevious(out _, out value))
            {
                if (!StructBytes.TryRead(value, out RestoredRow row)) throw new JournalException("a restored execution has a wrong length");
                if (!broken.Contains(row.MatchNumber)) found.Add(new(row.MatchNumber, row.Symbol, row.Side, row.Price, row.QuantityShares, row.UserRefNum));
            }
        }
    }
}
