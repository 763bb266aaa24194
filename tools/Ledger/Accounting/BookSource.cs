using MarketMaker.Journal;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Accounting;

/// <summary>Where accounts are made from: the journal while it has everything, or the database, which has everything always.</summary>
internal sealed class BookSource : IDisposable
{
    private readonly JournalReader? _journal;
    private readonly LedgerDatabase? _database;
    private readonly LedgerScope _scope;

    private BookSource(JournalReader? journal, LedgerDatabase? database, LedgerScope scope) => (_journal, _database, _scope) = (journal, database, scope);

    /// <summary>Cash before the first transaction, in 1/10,000 dollar.</summary>
    public long OpeningCash { get; private init; }

    /// <summary>How many transactions there are about.</summary>
    public long Count => _journal?.Extent().Records ?? _database!.Count(_scope);

    /// <exception cref="JournalException">The journal does not have everything any more.</exception>
    /// <exception cref="FormatException">A setting is missing.</exception>
    public static BookSource Open(LedgerSettings settings, bool fromDatabase)
    {
        if (!fromDatabase)
        {
            JournalReader reader = settings.OpenJournal();
            if (reader.Purged().LastId != 0 || reader.Genesis() is not null)
            {
                reader.Dispose();
                throw new JournalException("the journal does not have every transaction any more (purged, or begun anew after a loss), and the database does: give --from database.");
            }

            return new BookSource(reader, null, default) { OpeningCash = reader.Meta.OpeningCash };
        }

        LedgerDatabase database = settings.OpenDatabase();
        return new BookSource(null, database, new LedgerScope(settings.Node, null)) { OpeningCash = database.OpeningCash(settings.Node) ?? 0 };
    }

    /// <summary>The transactions from the beginning.</summary>
    /// <exception cref="JournalException">A record is damaged: accounts without it would be wrong.</exception>
    public ITransactionSource Read() => _journal is null ? _database!.Read(_scope) : new WholeJournal(new JournalSource(_journal));

    public void Dispose()
    {
        _journal?.Dispose();
        _database?.Dispose();
    }

    private sealed class WholeJournal(JournalSource journal) : ITransactionSource
    {
        public int Read(Span<Transaction> into)
        {
            int count = journal.Read(into);
            if (journal.DamagedCount == 0) return count;
            throw new JournalException(
                $"record {journal.DamagedIds[0]} of the journal is damaged, and accounts without it would be wrong: see 'mm-ledger verify', or give --from database.");
        }

        public void Dispose() => journal.Dispose();
    }
}
