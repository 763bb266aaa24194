using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>Writes the sum of all records now and then, so that a start need not read them all. Allocates nothing after its construction.</summary>
internal sealed class CheckpointWriter(JournalOptions options, JournalTables tables, RecoveredState recovered, JournalTotals totals, RecordBuilder builder, SessionCursor session)
{
    private readonly CheckpointBuffer _buffer = new(totals.PositionsMax);
    private long _recordsSince = recovered.SinceCheckpoint;

    /// <summary>The last record that a durable checkpoint sums up.</summary>
    internal long DurableId { get; private set; } = recovered.CheckpointId;

    /// <summary>Whether there are records behind the last one.</summary>
    internal bool IsBehind => _recordsSince > 0;

    /// <summary>Whether so many records lie behind the last one that it is time.</summary>
    internal bool IsDue => _recordsSince >= options.CheckpointRecords;

    /// <summary>Counts records that became durable.</summary>
    internal void Count(int records) => _recordsSince += records;

    /// <summary>Puts one. Every record must be durable, or become so in the same transaction.</summary>
    internal LmdbStatus Put(LmdbTransaction transaction, long wallClockNs)
    {
        CheckpointHeader header = new()
        {
            LastChecksum = builder.LastChecksum,
            WrittenAtNs = wallClockNs,
            Session = session.Session,
            BookedThrough = session.BookedThrough,
            ReplayFrom = session.ReplayFrom,
        };
        totals.CopyTo(_buffer, ref header);
        return transaction.Put(tables.Meta, Checkpoint.NewestKey, _buffer.Seal(ref header));
    }

    /// <summary>The one that was put is durable.</summary>
    internal void OnDurable() => (_recordsSince, DurableId) = (0, totals.LastId);
}
