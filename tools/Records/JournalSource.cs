using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Records;

/// <summary>The transactions of a journal that its engine may be writing; each batch is a short snapshot of its own.</summary>
public sealed class JournalSource(JournalReader reader, long afterId = 0) : ITransactionSource
{
    /// <summary>Records of one snapshot: copied and verified in about a millisecond.</summary>
    public const int BatchRecords = 4096;

    private readonly JournalRecord[] _records = new JournalRecord[BatchRecords];
    private readonly List<long> _damagedIds = [];
    private long _lastId = afterId;

    /// <summary>Ids of records that are not whole and were left out, at most <see cref="BatchRecords"/> of them.</summary>
    public IReadOnlyList<long> DamagedIds => _damagedIds;

    /// <summary>How many records are not whole.</summary>
    public long DamagedCount { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<Transaction> into)
    {
        while (true)
        {
            JournalBatch batch = reader.ReadAfter(_lastId, _records.AsSpan(0, Math.Min(into.Length, BatchRecords)));
            for (int i = 0; i < batch.Count; i++) into[i] = Transaction.Of(_records[i]);
            if (batch.Count > 0) _lastId = into[batch.Count - 1].Id;
            if (batch.DamagedId != 0)
            {
                _lastId = batch.DamagedId;
                DamagedCount++;
                if (_damagedIds.Count < BatchRecords) _damagedIds.Add(batch.DamagedId);
            }

            if (batch.Count > 0 || batch.DamagedId == 0) return batch.Count;
        }
    }

    /// <summary>The reader is its owner's.</summary>
    public void Dispose() { }
}
