using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>Before LMDB walks pages for a reader, they are proven whole: it would follow a damaged one out of the map.</summary>
public sealed partial class JournalReader
{
    // Commits may overtake the look at the meta pages; a damaged one stays as it is.
    private const int LooksMax = 5;

    internal static LmdbPageCheck NewPageCheck(LmdbEnvironment environment) => new(environment, "executions"u8, static (id, value) => RecordCheck.IsWhole(id, value, out _));

    /// <summary>Everything but the records, which may be many and are checked as they are read.</summary>
    private void CheckTables(LmdbTransaction snapshot) => Look(snapshot, _check, static (check, snapshot) => check.CheckOtherTables(snapshot));

    /// <returns>How many records from an id on may be read; fewer than asked for when a page among them is damaged.</returns>
    /// <exception cref="JournalException">The first of them is on a damaged page.</exception>
    private long CheckRows(long from, long rows) =>
        Look(_snapshot, (_check, from, rows), static (asked, snapshot) => asked._check.CheckRows(snapshot, asked.from, asked.rows));

    private static long Look<T>(LmdbTransaction snapshot, T state, Func<T, LmdbTransaction, long> check)
    {
        for (int look = 1; ; look++)
        {
            try
            {
                return check(state, snapshot);
            }
            catch (LmdbException) when (look < LooksMax)
            {
                snapshot.Reset();
                JournalException.ThrowUnlessSuccess(snapshot.Renew(), "reading the journal");
            }
            catch (LmdbException cause)
            {
                throw new JournalException($"the journal is damaged: {cause.Message}. Restore its folder from a copy, or make it anew from the database.", cause);
            }
        }
    }
}
