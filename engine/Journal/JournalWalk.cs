using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>What is wrong with a record.</summary>
public enum JournalFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not what was written: length, checksum, version or key.</summary>
    Damaged,

    /// <summary>It is whole, but does not follow the record before it: one was taken out, put in or exchanged.</summary>
    ChainBroken,
}

/// <summary>What one step of a walk brought.</summary>
/// <param name="Count">Good records at the start of the buffer; 0 without a fault: the end.</param>
/// <param name="Fault">What is wrong with the record behind them, whose bytes lie behind them in the buffer.</param>
/// <param name="FaultId">Its id; 0 without a fault.</param>
public readonly record struct JournalWalkBatch(int Count, JournalFault Fault, long FaultId);

/// <summary>
/// A walk through a journal that checks the chain of checksums over all batches, from its beginning or from what was purged, and
/// goes on behind each fault, so that a caller can list them all. Belongs to one thread; its engine may be writing.
/// </summary>
/// <param name="reader">Stays the caller's to dispose.</param>
/// <param name="lastId">The last record the caller has; 0 for the beginning.</param>
/// <param name="lastChecksum">That record's checksum; 0 for the beginning.</param>
public sealed class JournalWalk(JournalReader reader, long lastId = 0, ulong lastChecksum = 0)
{
    private bool _isChainKnown = true;

    /// <summary>The last record seen, good or not.</summary>
    public long LastId { get; private set; } = lastId;

    /// <summary>Checksum of the last good record.</summary>
    public ulong LastChecksum { get; private set; } = lastChecksum;

    /// <summary>Reads on; stops behind the first fault it meets.</summary>
    /// <param name="into">At least one record long, at most some 10,000, to keep the snapshot short.</param>
    public JournalWalkBatch Next(Span<JournalRecord> into)
    {
        JournalBatch batch = reader.ReadAfter(LastId, into, out PurgeMarker purged);
        // The beginning of the walk, or the engine purged what lay ahead of it.
        if (purged.LastId > LastId) (LastId, LastChecksum, _isChainKnown) = (purged.LastId, purged.LastChecksum, true);
        for (int i = 0; i < batch.Count; i++)
        {
            ref readonly JournalRecord record = ref into[i];
            bool follows = !_isChainKnown || record.PreviousChecksum == LastChecksum;
            (LastId, LastChecksum, _isChainKnown) = (record.Id, record.Checksum, true);
            if (!follows) return new JournalWalkBatch(i, JournalFault.ChainBroken, record.Id);
        }

        if (batch.DamagedId == 0) return new JournalWalkBatch(batch.Count, JournalFault.None, 0);
        // What a damaged record's successor must name is not known.
        (LastId, _isChainKnown) = (batch.DamagedId, false);
        return new JournalWalkBatch(batch.Count, JournalFault.Damaged, batch.DamagedId);
    }
}
