using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Shipper.Database;

/// <summary>The ledger's database as the shipper sees it. Every member may throw a <see cref="System.Data.Common.DbException"/>, and
/// then nothing is known of what the call did: connect again, and enter again. A <see cref="RefusedException"/> is one that no wait mends.</summary>
internal interface ILedgerDatabase : IDisposable
{
    /// <summary>Where the ledger is, without any secret.</summary>
    string Description { get; }

    /// <summary>Connects, or connects again, and looks at the tables' version.</summary>
    /// <exception cref="LedgerSchemaException">The tables are missing or of another version.</exception>
    void Connect();

    /// <summary>Takes the journal for this connection, unless another shipper has it.</summary>
    bool TryTakeJournal(Guid journal);

    /// <summary>Who has the journal, and how far it is shipped, for a shipper that waits: a look that changes nothing.</summary>
    JournalElsewhere LookAt(Guid journal);

    /// <summary>
    /// Makes the journal known, and says how far it is shipped. What it says is as durable as the database promises, also when a
    /// commit before was uncertain: it writes, and a commit is never replicated before an earlier one.
    /// </summary>
    /// <param name="journal">Whose rows will follow.</param>
    /// <param name="quarantineSeenThrough">Rows of the journal's own quarantine up to here are not counted: a person has seen to them.</param>
    LedgerPosition Enter(JournalMeta journal, long quarantineSeenThrough);

    /// <summary>The checksum of a transaction; null when the ledger has none under the id, or one that the journal's own was quarantined for.</summary>
    string? ChecksumOf(Guid journal, long id);

    /// <summary>Takes a block of ids that nobody else has or will have.</summary>
    long LeaseBlock(string node, Guid journal);

    /// <summary>Puts a batch and moves the cursor from <see cref="Shipment.CursorBefore"/> to the batch's end, in one commit.</summary>
    /// <exception cref="AnotherShipperException">The cursor was not where it should be; nothing was changed.</exception>
    ShipmentOutcome Ship(Shipment shipment);
}

/// <summary>A journal that another session has.</summary>
/// <param name="Holder">The session; null when it is gone by now, or nothing is known of it.</param>
/// <param name="LastId">The last transaction in the ledger, as far as the server at hand knows; null for a journal it has never seen.</param>
internal readonly record struct JournalElsewhere(JournalHolder? Holder, long? LastId);

/// <summary>How far a journal is shipped.</summary>
/// <param name="LastId">The last transaction in the ledger; 0 for a journal it has never seen.</param>
/// <param name="LastQuarantineId">The last row of the journal's own quarantine in the ledger.</param>
/// <param name="Quarantined">Rows of this journal in the ledger's quarantine that nobody has seen to.</param>
internal readonly record struct LedgerPosition(long LastId, long LastQuarantineId, long Quarantined);

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

    /// <summary>Number of the last row of the journal's own quarantine that was shipped before.</summary>
    public long QuarantineBefore { get; init; }

    /// <summary>Rows of the journal's own quarantine, ascending.</summary>
    public ReadOnlyMemory<QuarantineRecord> Kept { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Inserted">Rows that are new.</param>
/// <param name="AlreadyThere">Rows that were there before, with whatever content.</param>
/// <param name="Quarantined">Ids that were quarantined, each with its reason.</param>
internal sealed record ShipmentOutcome(int Inserted, int AlreadyThere, IReadOnlyList<(long Id, string Reason)> Quarantined);

/// <summary>Somebody else moves this journal's cursor: two shippers run for one journal.</summary>
internal sealed class AnotherShipperException(Guid journal, long expected)
    : Exception($"another shipper moved the cursor of the journal {journal:D} away from {expected}: only one may run. Stop the other, then start this one again.");
