using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What else a reader finds beside the transactions.</summary>
public sealed partial class JournalReader
{
    /// <summary>Copies the records in quarantine that follow a number, as many as there are and fit; stops at a damaged one.</summary>
    /// <param name="number">The last number the caller has; 0 for the beginning.</param>
    /// <param name="into">At least one record long.</param>
    public JournalBatch ReadQuarantineAfter(long number, Span<QuarantineRecord> into) =>
        _tables.HasFormat2 ? ReadNumbered(_tables.Quarantine, number, into, IsIntact) : default;

    /// <summary>Copies the open intents that follow a number, as many as there are and fit; stops at a damaged one.</summary>
    /// <param name="number">The last number the caller has; 0 for the beginning.</param>
    /// <param name="into">At least one record long.</param>
    public JournalBatch ReadIntentsAfter(long number, Span<IntentRecord> into) =>
        _tables.HasFormat2 ? ReadNumbered(_tables.Intents, number, into, IsIntact) : default;

    /// <summary>Number of the last record in quarantine that a person has seen to; 0 when none.</summary>
    public long QuarantineSeenThrough()
    {
        Renew();
        try
        {
            LmdbStatus status = _snapshot.Get(_tables.Meta, JournalMeta.QuarantineSeenKey, out ReadOnlySpan<byte> value);
            return status == LmdbStatus.Success ? BitConverter.ToInt64(value) : 0;
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    /// <summary>Every session the journal knows, in the order in which they began.</summary>
    public IReadOnlyList<SessionProgress> Sessions()
    {
        Renew();
        try
        {
            JournalException.ThrowUnlessSuccess(LmdbCursor.Open(_snapshot, _tables.Sessions, out LmdbCursor cursor), "walking the sessions");
            using LmdbCursor closed = cursor;
            List<SessionProgress> sessions = [];
            LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
            {
                SessionId session = default;
                key.CopyTo(session);
                if (!StructBytes.TryRead(value, out SessionRow row)) throw new JournalException($"the row of session {session} has a wrong length");
                sessions.Add(new SessionProgress(session, row.BookedThrough, row.ReplayFrom, row.TradingDate, row.AfterId));
            }

            if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "walking the sessions");
            return [.. sessions.OrderBy(session => session.AfterId).ThenBy(session => session.TradingDate)];
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    private delegate bool Check<T>(ref T record, long number);

    private static bool IsIntact(ref QuarantineRecord record, long number) => record.Number == number && RecordChecksum.IsIntact(ref record);

    private static bool IsIntact(ref IntentRecord record, long number) => record.Number == number && RecordChecksum.IsIntact(ref record);

    private JournalBatch ReadNumbered<T>(LmdbDatabase table, long number, Span<T> into, Check<T> isIntact) where T : unmanaged
    {
        Renew();
        try
        {
            JournalException.ThrowUnlessSuccess(LmdbCursor.Open(_snapshot, table, out LmdbCursor cursor), "walking the journal");
            using LmdbCursor closed = cursor;
            Span<byte> from = stackalloc byte[sizeof(long)];
            BitConverter.TryWriteBytes(from, number + 1);
            LmdbStatus status = cursor.MoveTo(from, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            int count = 0;
            for (; status == LmdbStatus.Success && count < into.Length; status = cursor.MoveNext(out key, out value))
            {
                long found = BitConverter.ToInt64(key);
                ref T record = ref into[count];
                if (!StructBytes.TryRead(value, out record) || !isIntact(ref record, found)) return new JournalBatch(count, found);
                count++;
            }

            if (status is not (LmdbStatus.Success or LmdbStatus.NotFound)) JournalException.ThrowUnlessSuccess(status, "walking the journal");
            return new JournalBatch(count, 0);
        }
        finally
        {
            _snapshot.Reset();
        }
    }
}
