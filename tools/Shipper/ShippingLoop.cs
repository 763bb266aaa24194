using System.Data.Common;
using System.Globalization;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Files;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>How a run of the shipper ended; the program's exit status.</summary>
internal enum ShippingEnd
{
    /// <summary>Everything that was there at the stop is in the ledger.</summary>
    Complete = 0,

    /// <summary>A setting or the journal is wrong.</summary>
    Refused = 2,

    /// <summary>The database stayed away longer than the stop could wait; the rest is shipped at the next start.</summary>
    Incomplete = 3,

    /// <summary>Another shipper runs for this journal.</summary>
    AnotherShipper = 4,
}

/// <summary>Follows the journal and puts what is new into the ledger, each record once, whatever fails in between.</summary>
/// <remarks>A failure of the database leaves unknown what it took, so the cursor is read again and what follows it is sent again.</remarks>
internal sealed class ShippingLoop(ShipperOptions options, JournalReader reader, ILedgerDatabase database, TextWriter log)
{
    private readonly JournalRecord[] _buffer = new JournalRecord[options.BatchRows];
    private readonly ShippingStatus _status = new(options, reader, database, log);

    /// <summary>Runs until told to stop, then ships the rest that is there at that moment.</summary>
    public ShippingEnd Run(CancellationToken stop)
    {
        long stopAtId = options.Once ? reader.Extent().LastId : long.MaxValue;
        long giveUpAtMs = long.MaxValue;
        int backoffMs = options.BackoffMs;
        while (true)
        {
            try
            {
                database.Connect();
                long cursor = database.ReadCursor(reader.Meta.Node, reader.Meta.Uuid);
                _status.OnConnected(cursor);
                while (true)
                {
                    if (stop.IsCancellationRequested && stopAtId == long.MaxValue) stopAtId = reader.Extent().LastId;
                    long before = cursor;
                    if (cursor < stopAtId) cursor = ShipNext(cursor);
                    backoffMs = options.BackoffMs;
                    if (cursor >= stopAtId)
                    {
                        _status.OnEnd(cursor);
                        return ShippingEnd.Complete;
                    }

                    _status.Tick(cursor, isConnected: true);
                    if (cursor == before) stop.WaitHandle.WaitOne(options.PollMs);
                }
            }
            catch (AnotherShipperException other)
            {
                log.WriteLine($"mm-shipper: {other.Message}");
                return ShippingEnd.AnotherShipper;
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException or System.Net.Sockets.SocketException)
            {
                _status.OnDatabaseDown(failure);
            }

            if ((stop.IsCancellationRequested || options.Once) && giveUpAtMs == long.MaxValue) giveUpAtMs = Environment.TickCount64 + options.StopGraceMs;
            if (Environment.TickCount64 >= giveUpAtMs)
            {
                log.WriteLine("mm-shipper: the database is away; what is not shipped stays in the journal and is shipped at the next start.");
                return ShippingEnd.Incomplete;
            }

            if (stop.IsCancellationRequested) Thread.Sleep(backoffMs);
            else stop.WaitHandle.WaitOne(backoffMs);
            backoffMs = Math.Min(backoffMs * 2, options.BackoffMaxMs);
        }
    }

    /// <summary>Ships the next batch behind the cursor.</summary>
    /// <returns>The cursor afterwards; unchanged when there was nothing.</returns>
    private long ShipNext(long cursor)
    {
        JournalBatch batch = reader.ReadAfter(cursor, _buffer);
        if (batch is { Count: 0, DamagedId: 0 }) return cursor;
        long after = batch.DamagedId != 0 ? batch.DamagedId : _buffer[batch.Count - 1].Id;
        ShipmentOutcome outcome = database.Ship(new Shipment
        {
            Journal = reader.Meta.Uuid,
            Node = reader.Meta.Node,
            CursorBefore = cursor,
            CursorAfter = after,
            Records = _buffer.AsMemory(0, batch.Count),
            DamagedId = batch.DamagedId,
            Damaged = batch.DamagedId != 0 ? _buffer[batch.Count] : default,
        });
        foreach ((long id, string reason) in outcome.Quarantined)
            log.WriteLine($"mm-shipper: ALARM: transaction {id} was quarantined: {reason}. Compare it with the venue's record before anything else.");
        _status.OnShipped(outcome);
        FaultPoint.Hit(FaultPointName.ShipperAfterCommit);
        NoteShipped(after);
        return after;
    }

    // Up to here the journal may forget, after its retention time.
    private void NoteShipped(long id) =>
        DurableFile.Write(
            Path.Combine(options.JournalPath, $"shipped.{reader.Meta.Uuid:D}"),
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}\n")));
}
