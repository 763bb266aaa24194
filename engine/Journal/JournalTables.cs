using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>The tables of a journal: four of format 1, and three more of format 2.</summary>
internal readonly struct JournalTables
{
    internal LmdbDatabase Meta { get; private init; }

    /// <summary>Id to record, in ascending order.</summary>
    internal LmdbDatabase Executions { get; private init; }

    /// <summary>SoupBinTCP session (10 bytes) to <see cref="SessionRow"/>.</summary>
    internal LmdbDatabase Sessions { get; private init; }

    /// <summary>Block to <see cref="BlockRow"/>.</summary>
    internal LmdbDatabase Blocks { get; private init; }

    /// <summary>Whether the tables below are there; a reader may meet a journal of format 1, which has none of them.</summary>
    internal bool HasFormat2 { get; private init; }

    /// <summary>Number to what the venue said and nobody could book.</summary>
    internal LmdbDatabase Quarantine { get; private init; }

    /// <summary>Number to an order that was made durable before it was sent.</summary>
    internal LmdbDatabase Intents { get; private init; }

    /// <summary>Place to an execution of the journal that was lost, oldest first, so that a broken trade finds it.</summary>
    internal LmdbDatabase Restored { get; private init; }

    /// <summary>Opens them, or makes those that are missing.</summary>
    /// <exception cref="JournalException">One of format 1 is not there.</exception>
    internal static JournalTables Open(LmdbTransaction transaction, bool create)
    {
        LmdbDatabaseOptions options = create ? LmdbDatabaseOptions.Create : LmdbDatabaseOptions.None;
        LmdbDatabaseOptions numbered = options | LmdbDatabaseOptions.IntegerKey;
        JournalTables tables = new()
        {
            Meta = Open(transaction, "meta", options),
            Executions = Open(transaction, "executions", numbered),
            Sessions = Open(transaction, "sessions", options),
            Blocks = Open(transaction, "blocks", numbered),
        };
        if (!TryOpen(transaction, "quarantine", numbered, out LmdbDatabase quarantine)) return tables;
        return tables with
        {
            HasFormat2 = true,
            Quarantine = quarantine,
            Intents = Open(transaction, "intents", numbered),
            Restored = Open(transaction, "restored", numbered),
        };
    }

    private static LmdbDatabase Open(LmdbTransaction transaction, string name, LmdbDatabaseOptions options)
    {
        if (TryOpen(transaction, name, options, out LmdbDatabase table)) return table;
        throw new JournalException(
            $"the journal has no table '{name}': 'marketmaker init' did not finish. Nothing was ever booked in it: delete the folder and init again.");
    }

    private static bool TryOpen(LmdbTransaction transaction, string name, LmdbDatabaseOptions options, out LmdbDatabase table)
    {
        LmdbStatus status = transaction.OpenDatabase(name, options, out table);
        if (status == LmdbStatus.NotFound) return false;
        JournalException.ThrowUnlessSuccess(status, $"opening the journal's table '{name}'");
        return true;
    }
}
