using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Ledger.Verification;

/// <summary>What a walk through the journal found.</summary>
/// <param name="Records">Records that are whole.</param>
/// <param name="Problems">Records with something wrong, the damaged ones among them.</param>
/// <param name="LastId">The last id seen; 0: none.</param>
/// <param name="Cash">Opening cash and all that was booked, in 1/10,000 dollar.</param>
internal readonly record struct VerifyResult(long Records, long Problems, long LastId, long Cash);

/// <summary>Proves every record of a journal, also of one that is being written, and tells of each that is wrong.</summary>
internal sealed class JournalVerifier(JournalReader reader)
{
    // 1 MiB: what is copied out of the map is still in the second-level cache when it is looked at.
    private readonly JournalRecord[] _batch = new JournalRecord[4096];

    /// <summary>Walks the journal up to the last record that was there at the start.</summary>
    /// <param name="report">Hears of each wrong record: its id and what is wrong with it.</param>
    /// <param name="progress">Hears how many records are done.</param>
    /// <param name="stop">Ends the walk early.</param>
    public VerifyResult Run(Action<long, string> report, Action<long>? progress = null, CancellationToken stop = default)
    {
        (long end, _) = reader.Extent();
        RecordChecks checks = new(0, 0);
        long records = 0, problems = 0, lastId = 0, cash = reader.Meta.OpeningCash;
        while (lastId < end)
        {
            stop.ThrowIfCancellationRequested();
            JournalBatch batch = reader.ReadAfter(lastId, _batch);
            for (int i = 0; i < batch.Count; i++)
            {
                ref readonly JournalRecord record = ref _batch[i];
                cash += Bookkeeping.CashChange(record);
                if (checks.Next(record) is not { } problem) continue;
                problems++;
                report(record.Id, problem);
            }

            records += batch.Count;
            if (batch.Count > 0) lastId = _batch[batch.Count - 1].Id;
            if (batch.DamagedId != 0)
            {
                lastId = batch.DamagedId;
                checks.PassOver(lastId);
                problems++;
                report(lastId, "is damaged: it does not match its checksum, its version or its id");
            }

            progress?.Invoke(records);
            if (batch is { Count: 0, DamagedId: 0 }) break;
        }

        return new VerifyResult(records, problems, lastId, cash);
    }
}
