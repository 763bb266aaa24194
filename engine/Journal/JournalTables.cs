using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>The four tables of a journal of format 1.</summary>
internal readonly struct JournalTables
{
    internal LmdbDatabase Meta { get; private init; }

    /// <summary>Id to record, in ascending order.</summary>
    internal LmdbDatabase Executions { get; private init; }

    /// <summary>SoupBinTCP session (10 bytes) to <see cref="SessionRow"/>.</summary>
    internal LmdbDatabase Sessions { get; private init; }

    /// <summary>Block to <see cref="BlockRow"/>.</summary>
    internal LmdbDatabase Blocks { get; private init; }

    /// <summary>Opens them, or makes them.</summary>
    /// <exception cref="JournalException">They are not there.</exception>
    internal static JournalTables Open(LmdbTransaction transaction, bool create)
    {
        LmdbDatabaseOptions options = create ? LmdbDatabaseOptions.Create : LmdbDatabaseOptions.None;
        return new JournalTables
        {
            Meta = OpenOne(transaction, "meta", options),
            Executions = OpenOne(transaction, "executions", options | LmdbDatabaseOptions.IntegerKey),
            Sessions = OpenOne(transaction, "sessions", options),
            Blocks = OpenOne(transaction, "blocks", options | LmdbDatabaseOptions.IntegerKey),
        };
    }

    private static LmdbDatabase OpenOne(LmdbTransaction transaction, string name, LmdbDatabaseOptions options)
    {
        LmdbStatus status = transaction.OpenDatabase(name, options, out LmdbDatabase table);
        if (status == LmdbStatus.NotFound)
        {
            throw new JournalException(
                $"the journal has no table '{name}': 'marketmaker init' did not finish. Nothing was ever booked in it: delete the folder and init again.");
        }

        JournalException.ThrowUnlessSuccess(status, $"opening the journal's table '{name}'");
        return table;
    }
}
