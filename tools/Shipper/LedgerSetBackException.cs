namespace MarketMaker.Shipper;

/// <summary>The ledger was set back, as by a restored backup, behind records that the journal has purged since: they are in neither.</summary>
internal sealed class LedgerSetBackException(string ledger, Guid journal, long cursor, long purgedThrough) : Exception(
    $"the ledger at {ledger} holds the journal {journal:D} only through {cursor}, and the journal is purged through {purgedThrough}: the ledger was set back. "
    + "Nothing is shipped until it is complete again; the engine goes on and its journal keeps what follows. "
    + $"Restore a backup that reaches {purgedThrough}, or put the missing rows into transactions from another copy and set last_id of this journal in shipping_cursors to {purgedThrough}; "
    + "then the shipping goes on by itself")
{
    public long PurgedThrough => purgedThrough;
}
