namespace MarketMaker.Records;

/// <summary>
/// Journal and database as one stream in the order of ids, each transaction once; where they do not agree, says so. Either may be
/// missing. Nothing is held but a batch of each.
/// </summary>
/// <param name="journal">The journal's transactions, or null.</param>
/// <param name="database">The database's, or null.</param>
/// <param name="shippedThrough">The shipping cursor, read before the database: what is newer need not be there yet.</param>
/// <param name="purgedThrough">The last id the journal has purged: what is older is in the database alone.</param>
/// <param name="report">Hears of each difference.</param>
internal sealed class OwnRecords(ITransactionSource? journal, ITransactionSource? database, long shippedThrough, long purgedThrough, Action<Difference> report)
    : ITransactionSource
{
    private readonly bool _comparesBoth = journal is not null && database is not null;
    private readonly SourceHead _journal = new(journal);
    private readonly SourceHead _database = new(database);

    public long JournalCount => _journal.Taken;

    public long DatabaseCount => _database.Taken;

    /// <summary>In the journal, and newer than the cursor.</summary>
    public long NotShippedYet { get; private set; }

    /// <summary>In the database alone, by rights: purged from the journal, or booked by a journal that was lost.</summary>
    public long InDatabaseAlone { get; private set; }

    public int Read(Span<Transaction> into)
    {
        int count = 0;
        while (count < into.Length)
        {
            bool inJournal = _journal.HasNext(), inDatabase = _database.HasNext();
            if (!inJournal && !inDatabase) break;
            if (inJournal && inDatabase)
            {
                inDatabase = _database.Next.Id <= _journal.Next.Id;
                inJournal = _journal.Next.Id <= _database.Next.Id;
            }

            into[count++] = inJournal ? _journal.Next : _database.Next;
            if (_comparesBoth) Compare(inJournal, inDatabase);
            if (inJournal) _journal.Take();
            if (inDatabase) _database.Take();
        }

        return count;
    }

    public void Dispose()
    {
        journal?.Dispose();
        database?.Dispose();
    }

    private void Compare(bool inJournal, bool inDatabase)
    {
        if (inJournal && inDatabase)
        {
            if (TransactionFields.AgreeWithDatabase(_journal.Next, _database.Next)) return;
            report(new Difference(DifferenceKind.Content, _journal.Next, TransactionFields.Describe("journal", _journal.Next, "database", _database.Next, withVenue: false)));
        }
        else if (inJournal)
        {
            if (_journal.Next.Id > shippedThrough) NotShippedYet++;
            else report(new Difference(DifferenceKind.NotInDatabase, _journal.Next, $"the journal has {TransactionFields.Text(_journal.Next)}, the database not"));
        }
        else if (_database.Next.IsOfFormerJournal || _database.Next.Id <= purgedThrough)
        {
            InDatabaseAlone++;
        }
        else
        {
            report(new Difference(DifferenceKind.NotInJournal, _database.Next, $"the database has {TransactionFields.Text(_database.Next)}, the journal not"));
        }
    }
}
