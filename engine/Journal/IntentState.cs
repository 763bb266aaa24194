using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What intents a journal holds when it is opened.</summary>
/// <param name="LastNumber">Number of the newest intent there ever was; 0 when there was none.</param>
/// <param name="Open">Those that are not over, oldest first.</param>
internal sealed record IntentState(long LastNumber, IntentRecord[] Open)
{
    /// <exception cref="JournalException">One is damaged.</exception>
    internal static IntentState Load(LmdbTransaction transaction, JournalTables tables)
    {
        LmdbStatus status = transaction.Get(tables.Meta, JournalMeta.LastIntentKey, out ReadOnlySpan<byte> lastBytes);
        if (status != LmdbStatus.NotFound) JournalException.ThrowUnlessSuccess(status, "reading the number of the last intent");
        long last = status == LmdbStatus.Success ? BitConverter.ToInt64(lastBytes) : 0;
        List<IntentRecord> open = [];
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(transaction, tables.Intents, out LmdbCursor cursor), "walking the intents");
        using (cursor)
        {
            status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success; status = cursor.MoveNext(out key, out value))
            {
                long number = BitConverter.ToInt64(key);
                if (!StructBytes.TryRead(value, out IntentRecord record) || record.Number != number || !RecordChecksum.IsIntact(ref record))
                {
                    throw new JournalException(
                        $"intent {number} of the journal is damaged. Do not trade on it: restore the folder from a copy, or make a new journal with "
                        + "'marketmaker init' and take positions over from the database.");
                }

                open.Add(record);
            }
        }

        return new IntentState(open.Count == 0 ? last : Math.Max(last, open[^1].Number), [.. open]);
    }
}
