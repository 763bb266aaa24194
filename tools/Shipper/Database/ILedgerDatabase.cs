using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>The ledger's database as the shipper sees it. Every member may throw a <see cref="System.Data.Common.DbException"/>, and
/// then nothing is known of what the call did: connect again and read the cursor.</summary>
internal interface ILedgerDatabase : IDisposable
{
    /// <summary>Where the ledger is, without any secret.</summary>
    string Description { get; }

    /// <summary>Connects, or connects again, and makes missing tables.</summary>
    void Connect();

    /// <summary>Takes a block of ids that nobody else has or will have.</summary>
    long LeaseBlock(string node, Guid journal);

    /// <summary>The last id of this journal that is in the ledger; 0 for a journal it has never seen.</summary>
    long ReadCursor(string node, Guid journal);

    /// <summary>Puts a batch and moves the cursor from <see cref="Shipment.CursorBefore"/> to the batch's end, in one commit.</summary>
    /// <exception cref="AnotherShipperException">The cursor was not where it should be; nothing was changed.</exception>
    ShipmentOutcome Ship(Shipment shipment);
}

/// <summary>A batch on its way.</summary>
internal sealed class Shipment
{
    public required Guid Journal { get; init; }

    public required string Node { get; init; }

    public required long CursorBefore { get; init; }

    public required long CursorAfter { get; init; }

    /// <summary>Whole records, ascending.</summary>
    public required ReadOnlyMemory<JournalRecord> Records { get; init; }

    /// <summary>The id of a damaged record behind them, to be quarantined; 0: none.</summary>
    public long DamagedId { get; init; }

    /// <summary>The damaged record as far as it could be read.</summary>
    public JournalRecord Damaged { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Inserted">Rows that are new.</param>
/// <param name="AlreadyThere">Rows that were there with the same content: sent before.</param>
/// <param name="Quarantined">Ids that were quarantined, each with its reason.</param>
internal sealed record ShipmentOutcome(int Inserted, int AlreadyThere, IReadOnlyList<(long Id, string Reason)> Quarantined);

/// <summary>Somebody else moves this journal's cursor: two shippers run for one journal.</summary>
internal sealed class AnotherShipperException(Guid journal, long expected)
    : Exception($"another shipper moved the cursor of the journal {journal:D} away from {expected}: only one may run. Stop the other, then start this one again.");
