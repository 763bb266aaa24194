using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What a journal says at start: its newest checkpoint and the records behind it, each proven whole and chained to the one before.</summary>
internal static class RecoveryScan
{
    internal static RecoveredState Run(LmdbTransaction transaction, JournalTables tables, JournalMeta meta, int executionsMax)
    {
        RecoveredState state = new() { Cash = meta.OpeningCash };
        PurgeMarker purged = PurgeMarkers.Read(transaction, tables);
        Checkpoint? checkpoint = Checkpoint.Read(transaction, tables, Checkpoint.NewestKey);
        checkpoint?.CopyTo(state);
        state.CheckpointId = state.LastId;
        if (purged.LastId > state.LastId) throw Checkpoint.Damaged($"ends at record {state.LastId}, and the journal is purged up to {purged.LastId}");
        long afterId = ReadSession(transaction, tables, state, checkpoint);
        using LmdbCursor cursor = OpenCursor(transaction, tables.Executions);
        CheckFirst(cursor, purged);
        if (checkpoint is not null) CheckAnchor(transaction, tables, checkpoint, purged);
        ReadBehind(cursor, state);
        state.Executions = SessionExecutions.Read(transaction, tables, cursor, state, afterId, executionsMax);
        return state;
    }

    private static void ReadBehind(LmdbCursor cursor, RecoveredState state)
    {
        Span<byte> from = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(from, state.LastId + 1);
        LmdbStatus status = cursor.MoveTo(from, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
        {
            RecordCheck.Whole(BitConverter.ToInt64(key), value, out JournalRecord record);
            RecordCheck.Follows(record, state.LastChecksum);
            state.Add(record);
        }

        if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "reading the journal's records");
    }

    // The oldest record must follow what was purged, or nothing: else the journal lost its beginning.
    private static void CheckFirst(LmdbCursor cursor, in PurgeMarker purged)
    {
        LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        if (status == LmdbStatus.NotFound) return;
        JournalException.ThrowUnlessSuccess(status, "reading the journal's records");
        RecordCheck.Whole(BitConverter.ToInt64(key), value, out JournalRecord first);
        RecordCheck.Follows(first, purged.LastChecksum);
    }

    // A checkpoint belongs to this chain only if its last record is in it, or is what was purged last.
    private static void CheckAnchor(LmdbTransaction transaction, JournalTables tables, Checkpoint checkpoint, in PurgeMarker purged)
    {
        ulong checksum = purged.LastChecksum;
        if (checkpoint.LastId != purged.LastId)
        {
            LmdbStatus status = transaction.Get(tables.Executions, checkpoint.LastId, out ReadOnlySpan<byte> value);
            if (status == LmdbStatus.NotFound) throw Checkpoint.Damaged($"ends at record {checkpoint.LastId}, which is not there");
            JournalException.ThrowUnlessSuccess(status, "reading the journal's records");
            RecordCheck.Whole(checkpoint.LastId, value, out JournalRecord last);
            checksum = last.Checksum;
        }

        if (checksum != checkpoint.LastChecksum) throw Checkpoint.Damaged($"names another checksum for record {checkpoint.LastId}");
    }

    /// <returns>Records of the session at hand have greater ids than this.</returns>
    private static long ReadSession(LmdbTransaction transaction, JournalTables tables, RecoveredState state, Checkpoint? checkpoint)
    {
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.LastSessionKey, out ReadOnlySpan<byte> name);
        if (status == LmdbStatus.NotFound) return 0;
        JournalException.ThrowUnlessSuccess(status, "reading the journal's last session");
        SessionId session = default;
        name.CopyTo(session);
        JournalException.ThrowUnlessSuccess(transaction.Get(tables.Sessions, session, out ReadOnlySpan<byte> bytes), "reading the journal's last session");
        if (!StructBytes.TryRead(bytes, out SessionRow row)) throw new JournalException("the row of the journal's last session has a wrong length");
        state.Session = session;
        state.BookedThrough = row.BookedThrough;
        state.ReplayFrom = row.ReplayFrom;
        state.TradingDate = row.TradingDate;
        if (checkpoint?.Session == session && row.BookedThrough < checkpoint.BookedThrough)
            throw Checkpoint.Damaged($"knows session {session} booked through {checkpoint.BookedThrough}, and its row says {row.BookedThrough}");
        return row.AfterId;
    }

    private static LmdbCursor OpenCursor(LmdbTransaction transaction, LmdbDatabase table)
    {
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, table, out LmdbCursor cursor), "walking the journal");
        return cursor;
    }
}
