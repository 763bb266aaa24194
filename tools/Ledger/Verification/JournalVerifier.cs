using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Ledger.Verification;

/// <summary>What a walk through the journal found.</summary>
/// <param name="Records">Records that are whole.</param>
/// <param name="Problems">Records with something wrong, the damaged ones among them.</param>
/// <param name="LastId">The last id seen; 0: none.</param>
/// <param name="Purged">Records that were purged: they are in the database alone.</param>
/// <param name="Cash">Opening cash and all that was booked, in 1/10,000 dollar; null where a part was purged.</param>
internal readonly record struct VerifyResult(long Records, long Problems, long LastId, long Purged, long? Cash);

/// <summary>Proves every record of a journal, also of one that is being written, and tells of each that is wrong.</summary>
/// <param name="reader">The journal.</param>
/// <param name="report">Hears of each wrong record: its id and what is wrong with it.</param>
internal sealed class JournalVerifier(JournalReader reader, Action<long, string> report)
{
    // 1 MiB: what is copied out of the map is still in the second-level cache when it is looked at.
    private readonly JournalRecord[] _batch = new JournalRecord[4096];
    private readonly RecordChecks _checks = new();
    private readonly RunningSum _sum = new(reader.Genesis(), reader.Meta.OpeningCash);
    private readonly Checkpoint? _checkpoint = reader.NewestCheckpoint();
    private bool _isSumKnown = reader.Purged().LastId == 0;
    private long _problems;

    /// <summary>Walks the journal up to the last record that was there at the start.</summary>
    /// <param name="progress">Hears how many records are done.</param>
    /// <param name="stop">Ends the walk early.</param>
    public VerifyResult Run(Action<long>? progress = null, CancellationToken stop = default)
    {
        (long end, _) = reader.Extent();
        JournalWalk walk = new(reader);
        long records = 0, lastId = reader.Purged().LastId;
        _checks.PassOver(lastId);
        while (lastId < end)
        {
            stop.ThrowIfCancellationRequested();
            JournalWalkBatch batch = walk.Next(_batch);
            if (batch.Count + (batch.FaultId != 0 ? 1 : 0) == 0) break;
            PassOverWhatWasPurgedMeanwhile(lastId);
            for (int i = 0; i < batch.Count; i++) Look(_batch[i], isChained: true);
            records += batch.Count;
            if (batch.Fault == JournalFault.ChainBroken)
            {
                Look(_batch[batch.Count], isChained: false);
                records++;
            }

            if (batch.Fault == JournalFault.Damaged)
            {
                _isSumKnown = false;
                _checks.PassOver(batch.FaultId);
                Problem(batch.FaultId, "is damaged: it does not match its checksum, its version or its id");
            }

            lastId = walk.LastId;
            progress?.Invoke(records);
        }

        return new VerifyResult(records, _problems, lastId, reader.Purged().Records, _isSumKnown ? _sum.Cash : null);
    }

    private void Look(in JournalRecord record, bool isChained)
    {
        if (_checks.Next(record, isChained) is { } problem) Problem(record.Id, problem);
        if (!_isSumKnown) return;
        _sum.Add(record);
        if (_checkpoint is not null && record.Id == _checkpoint.LastId && _sum.Compare(_checkpoint, record) is { } difference) Problem(record.Id, difference);
    }

    // An engine at work may purge ahead of a slow walk: those records are gone by rights.
    private void PassOverWhatWasPurgedMeanwhile(long lastId)
    {
        long purged = reader.Purged().LastId;
        if (purged <= lastId) return;
        _isSumKnown = false;
        _checks.PassOver(purged);
    }

    private void Problem(long id, string problem)
    {
        _problems++;
        report(id, problem);
    }
}
