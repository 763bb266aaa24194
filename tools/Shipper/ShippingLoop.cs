using System.Data.Common;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Faults;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>Follows the journal and puts what is new into the ledger, each record once, whatever fails in between.</summary>
/// <remarks>A failure of the database leaves unknown what it took, so the cursor is read again and what follows it is sent again.</remarks>
internal sealed class ShippingLoop(ShipperOptions options, JournalReader reader, ILedgerDatabase database, TextWriter log)
{
    // Of one commit; the engine halts long before there are so many.
    private const int KeptMax = 100;

    private readonly JournalRecord[] _buffer = new JournalRecord[options.BatchRows];
    private readonly QuarantineRecord[] _kept = new QuarantineRecord[KeptMax];
    private readonly ShippingProgress _progress = new();
    private readonly LeaseAhead _lease = new(options, reader, database, log);
    private readonly ShippedNote _note = new(options, reader.Meta.Uuid, log);
    private readonly WaitForTurn _turn = new(options, log);
    private readonly BatchSize _batch = new(options, log);
    private long _stopAtId = options.Once ? reader.Extent().LastId : long.MaxValue;
    private long _keptThrough;
    private long _reconnectAtMs;
    private bool _hasEntered;

    /// <summary>Runs until told to stop, then ships the rest that is there at that moment.</summary>
    public ShippingEnd Run(CancellationToken stop)
    {
        // What the ledger had at last is known before it is asked.
        _progress.OnSeen(_note.Read());
        using ShippingStatus status = new(options, reader, _progress, log);
        ShipperLock? mine = null;
        if (_turn.Wait(() => (mine = ShipperLock.TryTake(options.JournalPath)) is not null, LookAtHost, stop) != Turn.Ours) return ShippingEnd.AnotherShipper;
        using ShipperLock held = mine!;
        long giveUpAtMs = long.MaxValue;
        Pause pause = new(options);
        while (true)
        {
            try
            {
                _progress.OnAttempt();
                database.Connect();
                _reconnectAtMs = Environment.TickCount64 + options.AnswerTimeoutMs;
                return Follow(pause, stop);
            }
            catch (AnotherShipperException other)
            {
                log.WriteLine($"mm-shipper: {other.Message}");
                return ShippingEnd.AnotherShipper;
            }
            catch (SetBackException hole)
            {
                if (_progress.Read().SetBack is null) log.WriteLine($"mm-shipper: ALARM: {hole.Message}.");
                _progress.OnSetBack(hole.Alarm);
                // No wait mends it: a person must.
                if (stop.IsCancellationRequested || options.Once) return ShippingEnd.SetBack;
            }
            catch (Exception refusal) when (refusal is RefusedException || (refusal is LedgerSchemaException && _hasEntered))
            {
                // Nor this; but once it is mended, the shipping goes on by itself.
                _progress.OnRefused(refusal.Message);
                if (stop.IsCancellationRequested || options.Once) return EndRefused(refusal);
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException or System.Net.Sockets.SocketException)
            {
                string cause = Causes.Of(failure);
                if (_progress.Read().State != ShippingState.DatabaseAway && pause.IsFirst)
                    log.WriteLine($"mm-shipper: the database {database.Description} is away: {cause}. Trying again; nothing is lost.");
                _progress.OnAway(cause);
            }

            if ((stop.IsCancellationRequested || options.Once) && giveUpAtMs == long.MaxValue) giveUpAtMs = Environment.TickCount64 + options.StopGraceMs;
            if (Environment.TickCount64 >= giveUpAtMs)
            {
                log.WriteLine("mm-shipper: the database is away; what is not shipped stays in the journal and is shipped at the next start.");
                return ShippingEnd.Incomplete;
            }

            pause.Wait(stop);
        }
    }

    private ShippingEnd EndRefused(Exception refusal)
    {
        log.WriteLine($"mm-shipper: {refusal.Message}.");
        return ShippingEnd.Refused;
    }

    private ShippingEnd Follow(Pause pause, CancellationToken stop)
    {
        Turn turn = _turn.Wait(TryTakeJournal, LookAtLedger, stop);
        if (turn != Turn.Ours) return turn == Turn.FormerHasIt ? ShippingEnd.Incomplete : ShippingEnd.AnotherShipper;
        LedgerPosition position = database.Enter(reader.Meta, reader.QuarantineSeenThrough());
        long cursor = position.LastId;
        _keptThrough = position.LastQuarantineId;
        // First the mark, which the engine purges by; then the look at what it has purged.
        _note.Lower(cursor);
        ThrowIfPurgedAfter(cursor);
        ThrowIfJournalSetBack(cursor);
        _progress.OnEntered(position);
        _hasEntered = true;
        log.WriteLine($"mm-shipper: connected to {database.Description}; the journal {reader.Meta.Uuid:D} of node {reader.Meta.Node} is shipped through {cursor}");
        if (cursor > 0) _note.Write(cursor);
        while (true)
        {
            if (stop.IsCancellationRequested && _stopAtId == long.MaxValue) _stopAtId = reader.Extent().LastId;
            long before = cursor;
            cursor = ShipNext(cursor);
            _progress.OnFollowing();
            pause.Reset();
            if (cursor >= _stopAtId)
            {
                ProgressFigures all = _progress.Read();
                log.WriteLine($"mm-shipper: done; shipped through {cursor}: {all.ShippedRows} rows new, {all.ResentRows} there already, {all.Quarantined} quarantined");
                return ShippingEnd.Complete;
            }

            _lease.Tick();
            _note.Tick();
            if (cursor == before) stop.WaitHandle.WaitOne(options.PollMs);
        }
    }

    /// <summary>Ships the next batch behind the cursor.</summary>
    /// <returns>The cursor afterwards; unchanged when there was nothing.</returns>
    private long ShipNext(long cursor)
    {
        JournalBatch batch = reader.ReadAfter(cursor, _buffer.AsSpan(0, _batch.Rows));
        JournalBatch kept = reader.ReadQuarantineAfter(_keptThrough, _kept);
        // A damaged one is shipped as it is: its number and its bytes tell a person more than nothing.
        int keptCount = kept.Count + (kept.DamagedId != 0 ? 1 : 0);
        if (kept.DamagedId != 0) _kept[kept.Count].Number = kept.DamagedId;
        if (batch is { Count: 0, DamagedId: 0 } && keptCount == 0) return cursor;
        ThrowIfPurgedAfter(cursor);
        long after = batch.DamagedId != 0 ? batch.DamagedId : batch.Count > 0 ? _buffer[batch.Count - 1].Id : cursor;
        ShipmentOutcome outcome = Ship(new Shipment
        {
            Journal = reader.Meta.Uuid,
            Node = reader.Meta.Node,
            CursorBefore = cursor,
            CursorAfter = after,
            Records = _buffer.AsMemory(0, batch.Count),
            DamagedId = batch.DamagedId,
            Damaged = batch.DamagedId != 0 ? _buffer[batch.Count] : default,
            QuarantineBefore = _keptThrough,
            Kept = _kept.AsMemory(0, keptCount),
        });
        if (keptCount > 0) _keptThrough = _kept[keptCount - 1].Number;
        foreach ((long id, string reason) in outcome.Quarantined)
            log.WriteLine($"mm-shipper: ALARM: {id} was quarantined: {reason}. Compare it with the venue's record before anything else.");
        _progress.OnShipped(after, outcome);
        FaultPoint.Hit(FaultPointName.ShipperAfterCommit);
        // 0 with nothing but quarantine shipped: it is no id, and the engine would take it for a damaged mark.
        if (after > 0) _note.Write(after);
        return after;
    }

    private ShipmentOutcome Ship(Shipment shipment)
    {
        long startedMs = Environment.TickCount64;
        try
        {
            ShipmentOutcome outcome = database.Ship(shipment);
            _batch.OnAnswered(shipment.Records.Length, Environment.TickCount64 - startedMs);
            return outcome;
        }
        catch (NoAnswerException)
        {
            _batch.OnGivenUp(shipment.Records.Length);
            throw;
        }
    }

    private Holder? LookAtHost()
    {
        _progress.OnSeen(_note.Read());
        return Waiting(new Holder($"another shipper has the journal {options.JournalPath} on this host", IsFormer: false));
    }

    private Holder? LookAtLedger()
    {
        JournalElsewhere elsewhere = database.LookAt(reader.Meta.Uuid);
        if (elsewhere.LastId is { } lastId) _progress.OnSeen(lastId);
        if (elsewhere.Holder is not { } holder) return null;
        return Waiting(new Holder($"{holder.Describe()}: it has the journal {reader.Meta.Uuid:D} at {database.Description}", holder.IsFormer));
    }

    private Holder? Waiting(Holder holder)
    {
        _progress.OnWaiting(holder);
        return holder;
    }

    private bool TryTakeJournal()
    {
        if (Environment.TickCount64 >= _reconnectAtMs)
        {
            // The lock may be held by a connection given up at a server that leads no more: another host may take writes by now.
            database.Connect();
            _reconnectAtMs = Environment.TickCount64 + options.AnswerTimeoutMs;
        }

        return database.TryTakeJournal(reader.Meta.Uuid);
    }

    private void ThrowIfPurgedAfter(long cursor)
    {
        long purgedThrough = reader.Purged().LastId;
        if (purgedThrough <= cursor) return;
        // A copy that was adopted is a new journal to the ledger, and has what the original had purged: that is there under the original's name.
        if (cursor == 0 && database.ChecksumOf(reader.Meta.Uuid, purgedThrough) is not null) return;
        throw new LedgerSetBackException(database.Description, reader.Meta.Uuid, cursor, purgedThrough);
    }

    /// <summary>
    /// What is not behind the cursor is never shipped. So a journal that was restored from an older copy, and gives its ids a second time, must not
    /// go on: other executions would hide under the ids that the ledger knows.
    /// </summary>
    private void ThrowIfJournalSetBack(long cursor)
    {
        if (cursor == 0 || reader.Purged().LastId >= cursor) return;
        JournalBatch found = reader.ReadAfter(cursor - 1, _buffer.AsSpan(0, 1));
        if (found.DamagedId != 0) return;
        if (found.Count == 0) throw new JournalSetBackException(database.Description, reader.Meta, cursor);
        // Null where the ledger keeps another's row under the id, of which its quarantine tells.
        string? shipped = database.ChecksumOf(reader.Meta.Uuid, cursor);
        if (_buffer[0].Id == cursor && shipped is not null && shipped != TransactionRow.ChecksumText(_buffer[0]))
            throw new JournalSetBackException(database.Description, reader.Meta, cursor);
    }
}
