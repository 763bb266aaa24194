using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Records;

/// <summary>What is compared.</summary>
public sealed record ReconciliationInput
{
    /// <summary>The journal; null: not compared.</summary>
    public JournalReader? Journal { get; init; }

    /// <summary>The database; null: not compared.</summary>
    public LedgerDatabase? Database { get; init; }

    /// <summary>The node whose rows of the database are ours; null: the journal's, or all.</summary>
    public string? Node { get; init; }

    /// <summary>Files of the venue's record; empty: not compared.</summary>
    public IReadOnlyList<string> VenueFiles { get; init; } = [];

    /// <summary>Whose rows of the venue's record are ours.</summary>
    public string Participant { get; init; } = "";

    /// <summary>Whether the venue's record covers every session of ours; else only those it has a row of.</summary>
    public bool CoversAllSessions { get; init; }

    /// <summary>The session the comparison with the venue's record is about, even if that has no row in it; null: those of the record.</summary>
    public SessionId? OnlySession { get; init; }

    /// <summary>Whether what is not shipped yet is a difference.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>How a comparison ended.</summary>
/// <param name="Venue">Rows of ours in the venue's record.</param>
/// <param name="Journal">Records in the journal.</param>
/// <param name="Database">Rows in the database.</param>
/// <param name="Pairs">Transactions found at the venue and with us.</param>
/// <param name="NotShippedYet">In the journal, beyond the shipping cursor.</param>
/// <param name="InDatabaseAlone">Purged from the journal, or booked by one that was lost.</param>
/// <param name="Uncovered">Of sessions that the venue's record does not cover.</param>
/// <param name="Differences">What does not agree.</param>
public sealed record ReconciliationResult(
    long Venue, long Journal, long Database, long Pairs, long NotShippedYet, long InDatabaseAlone, long Uncovered, long Differences);

/// <summary>Compares the venue's record, the journal and the database, any two or all three of them.</summary>
/// <remarks>Streams all of them in their order; memory holds only what has no counterpart yet. May run while the engine trades.</remarks>
public static class Reconciliation
{
    /// <summary>Compares two sources as if one were the venue's record.</summary>
    /// <returns>How many differences, and how many pairs.</returns>
    public static (long Differences, long Pairs) Compare(ITransactionSource own, ITransactionSource venue)
    {
        long differences = 0;
        VenueMatching matching = new(_ => differences++);
        matching.Run(new SourceHead(own), new SourceHead(venue));
        return (differences, matching.Pairs);
    }

    /// <summary>Runs the comparison.</summary>
    /// <param name="input">What is compared.</param>
    /// <param name="report">Hears of each difference.</param>
    /// <param name="progress">Hears how many of our transactions are done.</param>
    public static ReconciliationResult Run(ReconciliationInput input, Action<Difference> report, Action<long>? progress = null)
    {
        long differences = 0;
        JournalSource? journal = input.Journal is null ? null : new JournalSource(input.Journal);
        // In this order: what the cursor covers is in the snapshot, and what is in the snapshot is in the journal.
        long cursor = input is { Journal: { } reader, Database: { } ledger, IsStrict: false } ? ledger.ReadCursor(reader.Meta.Uuid) : long.MaxValue;
        using ITransactionSource? database = input.Database?.Read(new LedgerScope(input.Node ?? input.Journal?.Meta.Node, input.Journal?.Meta.Uuid));
        long purgedThrough = input.Journal?.Purged().LastId ?? 0;
        OwnRecords own = new(journal, database, cursor, purgedThrough, Count);
        HashSet<SessionId> covered = input.OnlySession is { } only
            ? [only]
            : [.. input.VenueFiles.SelectMany(file => VenueRecord.SessionsOf(file, input.Participant))];
        Filtered filtered = new(own, covered, input.CoversAllSessions, progress ?? (_ => { }));
        VenueMatching matching = new(Count);
        SourceHead venueHead = new(null);
        if (input.VenueFiles.Count > 0)
        {
            using Chained venue = new([.. input.VenueFiles.Select(file => new VenueRecord(file, input.Participant))]);
            using Filtered ours = new(venue, covered, input.OnlySession is null, _ => { });
            venueHead = new SourceHead(ours);
            matching.Run(new SourceHead(filtered), venueHead);
            if (venueHead.Taken == 0 && filtered.Uncovered > 0 && input.OnlySession is null)
                Count(new Difference(DifferenceKind.VenueRecordEmpty, default, $"the venue's record has no row of {input.Participant}, and {filtered.Uncovered} are booked"));
        }
        else
        {
            Transaction[] batch = new Transaction[JournalSource.BatchRecords];
            while (filtered.Read(batch) > 0) { }
        }

        foreach (long id in journal?.DamagedIds ?? []) Count(new Difference(DifferenceKind.Damaged, new Transaction { Id = id }, "the journal's record is damaged"));
        long uncovered = input.VenueFiles.Count > 0 ? filtered.Uncovered : 0;
        return new ReconciliationResult(venueHead.Taken, own.JournalCount, own.DatabaseCount, matching.Pairs, own.NotShippedYet, own.InDatabaseAlone, uncovered, differences);

        void Count(Difference difference)
        {
            differences++;
            report(difference);
        }
    }
}
