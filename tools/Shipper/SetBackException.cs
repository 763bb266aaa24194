using MarketMaker.Journal;

namespace MarketMaker.Shipper;

/// <summary>Ledger and journal are not of one history any more: nothing is shipped until a person has seen to it.</summary>
internal abstract class SetBackException(string message, string alarm) : Exception(message)
{
    /// <summary>In few words.</summary>
    public string Alarm => alarm;
}

/// <summary>The ledger was set back, as by a restored backup, behind records that the journal has purged since: they are in neither.</summary>
internal sealed class LedgerSetBackException(string ledger, Guid journal, long cursor, long purgedThrough) : SetBackException(
    $"the ledger at {ledger} holds the journal {journal:D} only through {cursor}, and the journal is purged through {purgedThrough}: the ledger was set back. "
    + "Nothing is shipped until it is complete again; the engine goes on and its journal keeps what follows. "
    + $"Restore a backup that reaches {purgedThrough}, or put the missing rows into transactions from another copy and set last_id of this journal in shipping_cursors to {purgedThrough}; "
    + "then the shipping goes on by itself",
    $"the ledger lacks transactions before {purgedThrough}, which the journal has purged");

/// <summary>The journal was set back, as by a folder restored from an older copy: ids that are in the ledger are not in it, or hold something else.</summary>
internal sealed class JournalSetBackException(string ledger, JournalMeta journal, long cursor) : SetBackException(
    $"the ledger at {ledger} holds the journal {journal.Uuid:D} through {cursor}, and the journal does not hold what was shipped under that id: its folder was restored from an older copy. "
    + "Nothing is shipped, since it gives ids a second time. "
    + $"Stop the engine, move the folder away, make the journal anew with 'mm-shipper restore --node {journal.Node}' and 'marketmaker init --from', and compare with 'mm-ledger reconcile'",
    $"the journal lacks what was shipped through {cursor}: it was restored from an older copy");
