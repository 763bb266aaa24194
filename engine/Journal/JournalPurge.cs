using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>
/// Deletes records that are shipped, old, covered by a checkpoint and not of the session at hand; a few in each commit, so that a
/// booking never waits long for it. Belongs to the journal's thread and allocates nothing after its construction.
/// </summary>
internal sealed class JournalPurge(JournalOptions options, JournalStore store, CounterFile counters, LogWriter log)
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerDay = 86_400_000 * NsPerMs;

    /// <summary>How often the shipper's mark is looked at.</summary>
    internal const long LookPeriodNs = 60_000 * NsPerMs;

    /// <summary>Pauses between two commits, with nothing to book and with much.</summary>
    internal const long IdlePauseNs = 20 * NsPerMs;

    private const long BusyPauseNs = 200 * NsPerMs;

    /// <summary>Records of one commit: some 150 pages, a few milliseconds.</summary>
    internal const int RecordsPerCommit = 2_000;

    private readonly ShippedMark _shipped = new(options.Path, store.Meta.Uuid);
    private readonly long _retentionNs = options.RetentionDays * NsPerDay;
    private PurgeMarker _marker = store.Purged;
    private long _shippedId;
    private long _nextLookNs = long.MinValue;
    private long _nextBiteNs = long.MinValue;
    private bool _hasWork;
    private bool _wasUnusable;

    /// <summary>Whether a record could go if a checkpoint covered it.</summary>
    internal bool NeedsCheckpoint { get; private set; }

    /// <summary>Deletes what may go now, if it is time.</summary>
    /// <param name="isIdle">Nothing is to be booked.</param>
    /// <param name="nowNs">Monotonic.</param>
    /// <param name="wallClockNs">For the age of records.</param>
    /// <param name="lastId">The last record of the journal.</param>
    /// <param name="checkpointId">The last record under a durable checkpoint.</param>
    /// <param name="session">Its records stay, however old: a broken trade may name them.</param>
    /// <exception cref="LmdbException">A page among the old records is damaged, and nothing was purged.</exception>
    internal LmdbStatus DoWork(bool isIdle, long nowNs, long wallClockNs, long lastId, long checkpointId, SessionId session)
    {
        bool isTime = nowNs >= (isIdle ? _nextBiteNs : _nextBiteNs + (BusyPauseNs - IdlePauseNs));
        // Before each bite too: a ledger that was set back takes its mark back, and what it lost must stay here.
        if (nowNs >= _nextLookNs || (_hasWork && isTime)) Look(nowNs, lastId);
        if (!_hasWork || !isTime) return LmdbStatus.Success;
        _nextBiteNs = nowNs + IdlePauseNs;
        if (!store.OldPages.AreProven) return Prove(wallClockNs, session);
        LmdbStatus status = LmdbTransaction.BeginWrite(store.Environment, out LmdbTransaction transaction);
        if (status != LmdbStatus.Success) return status;
        status = Bite(transaction, wallClockNs, checkpointId, session, out PurgeMarker marker);
        long purged = marker.Records - _marker.Records;
        _hasWork = purged == RecordsPerCommit || NeedsCheckpoint;
        if (status != LmdbStatus.Success || purged == 0)
        {
            transaction.Abort();
            return status;
        }

        marker.PurgedAtNs = wallClockNs;
        status = PurgeMarkers.Put(transaction, store.Tables, ref marker);
        if (status != LmdbStatus.Success)
        {
            transaction.Abort();
            return status;
        }

        status = transaction.Commit();
        if (status != LmdbStatus.Success) return status;
        _marker = marker;
        counters.Add(Counter.JournalPurged, purged);
        return status;
    }

    /// <summary>
    /// Proves a stretch of what a start passed over, if the oldest record may go: then the first bite waits until all of it is proven, since
    /// LMDB mends its tree with pages far from those it deletes from.
    /// </summary>
    private LmdbStatus Prove(long wallClockNs, SessionId session)
    {
        LmdbStatus status = store.OldPages.TakeSnapshot(out LmdbTransaction snapshot);
        if (status != LmdbStatus.Success) return status;
        try
        {
            status = LmdbCursor.Open(snapshot, store.Tables.Executions, out LmdbCursor cursor);
            if (status != LmdbStatus.Success) return status;
            using LmdbCursor closed = cursor;
            status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            if (status is not (LmdbStatus.Success or LmdbStatus.NotFound)) return status;
            // The oldest record's page was proven at the start.
            _hasWork = status == LmdbStatus.Success && StructBytes.TryRead(value, out JournalRecord oldest)
                && MayGo(BitConverter.ToInt64(key), ref oldest, wallClockNs, session, _marker);
            if (_hasWork) store.OldPages.ProveMore(snapshot, RecordsPerCommit);
            return LmdbStatus.Success;
        }
        finally
        {
            snapshot.Reset();
        }
    }

    private LmdbStatus Bite(LmdbTransaction transaction, long wallClockNs, long checkpointId, SessionId session, out PurgeMarker marker)
    {
        marker = _marker;
        NeedsCheckpoint = false;
        // A mark that names no record of this journal was not made from it.
        if (_shippedId != marker.LastId && transaction.Get(store.Tables.Executions, _shippedId, out _) != LmdbStatus.Success) return Refuse();
        _wasUnusable = false;
        LmdbStatus status = LmdbCursor.Open(transaction, store.Tables.Executions, out LmdbCursor cursor);
        if (status != LmdbStatus.Success) return status;
        using (cursor)
        {
            for (int i = 0; i < RecordsPerCommit; i++)
            {
                status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
                if (status != LmdbStatus.Success) return status == LmdbStatus.NotFound ? LmdbStatus.Success : status;
                long id = BitConverter.ToInt64(key);
                if (!StructBytes.TryRead(value, out JournalRecord record) || !MayGo(id, ref record, wallClockNs, session, marker)) return status;
                if (id > checkpointId)
                {
                    NeedsCheckpoint = true;
                    return status;
                }

                status = cursor.Delete();
                if (status != LmdbStatus.Success) return status;
                (marker.LastId, marker.LastChecksum) = (id, record.Checksum);
                marker.Records++;
            }
        }

        return LmdbStatus.Success;
    }

    // A damaged record, or one that does not follow, is evidence and stays; so does all that comes after it.
    private bool MayGo(long id, ref JournalRecord record, long wallClockNs, SessionId session, in PurgeMarker marker) =>
        id <= _shippedId
        && wallClockNs - record.BookedAtNs >= _retentionNs
        && (record.Kind == JournalRecordKind.Adjustment || record.Session != session)
        && record.Id == id
        && record.PreviousChecksum == marker.LastChecksum
        && RecordChecksum.IsIntact(ref record);

    private void Look(long nowNs, long lastId)
    {
        _nextLookNs = nowNs + LookPeriodNs;
        ShippedMarkState state = _shipped.Read(out long id);
        if (state == ShippedMarkState.Missing)
        {
            // Never there, or taken back.
            (_shippedId, _hasWork) = (0, false);
            return;
        }

        if (state == ShippedMarkState.Garbage || id > lastId)
        {
            Refuse();
            return;
        }

        (_shippedId, _hasWork) = (id, id > _marker.LastId);
    }

    private LmdbStatus Refuse()
    {
        _hasWork = false;
        counters.Add(Counter.JournalShippedMarksUnusable);
        if (!_wasUnusable) log.Write(LogMessage.ShippedMarkRefused);
        _wasUnusable = true;
        return LmdbStatus.Success;
    }
}
