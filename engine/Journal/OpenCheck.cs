using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>
/// Proves the pages of a journal whole before a start lets LMDB walk them: all of a journal of ordinary size; of a large one all but the
/// old records, which only purging will touch (<see cref="OldPages"/>) and <c>mm-ledger verify</c> reads.
/// </summary>
internal static class OpenCheck
{
    private const long FromTheFirst = 0;

    /// <returns>The id behind which every record's page is proven; 0: all of them.</returns>
    /// <exception cref="LmdbException">A page is damaged; the message names it.</exception>
    /// <exception cref="JournalException">The checkpoint is damaged.</exception>
    internal static long Run(LmdbEnvironment environment, LmdbTransaction snapshot, JournalOptions options)
    {
        using LmdbPageCheck check = JournalReader.NewPageCheck(environment);
        if (environment.UsedBytes <= options.CheckWholeBytesMax)
        {
            check.CheckAll(snapshot);
            return FromTheFirst;
        }

        check.CheckOtherTables(snapshot, alsoFreePages: true);
        // The oldest record is what a start compares with the purge marker.
        check.CheckRows(snapshot, FromTheFirst, rows: 1);
        long from = FirstToBeRead(snapshot, check, options);
        if (check.CheckRows(snapshot, from, long.MaxValue) < long.MaxValue)
            throw new LmdbException($"a page that holds records behind {from} is damaged: 'mm-ledger verify' names it", LmdbStatus.Corrupted);
        return from;
    }

    // What follows the checkpoint, and the executions that a Broken Trade may name.
    private static long FirstToBeRead(LmdbTransaction snapshot, LmdbPageCheck check, JournalOptions options)
    {
        check.CheckRows(snapshot, long.MaxValue, rows: 1);
        JournalTables tables = JournalTables.Open(snapshot, create: false);
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(snapshot, tables.Executions, out LmdbCursor opened), "walking the journal");
        using LmdbCursor cursor = opened;
        if (cursor.MoveLast(out ReadOnlySpan<byte> key, out _) != LmdbStatus.Success) return FromTheFirst;
        long lastId = BitConverter.ToInt64(key);
        // In another block the ids that went before are not the next lower numbers.
        if (TransactionId.Counter(lastId) <= options.ExecutionsMax) return FromTheFirst;
        long checkpointId = Checkpoint.Read(snapshot, tables, Checkpoint.NewestKey)?.LastId ?? FromTheFirst;
        return Math.Min(checkpointId, lastId - options.ExecutionsMax);
    }
}
