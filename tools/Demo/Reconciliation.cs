using System.Runtime.InteropServices;

namespace MarketMaker.Demo;

/// <summary>Compares what venue, journal and database say, transaction by transaction. Order does not matter, number does.</summary>
internal sealed class Reconciliation
{
    private readonly List<string> _differences = [];

    private Reconciliation(int venue, int journal, int database) => (VenueCount, JournalCount, DatabaseCount) = (venue, journal, database);

    public int VenueCount { get; }

    public int JournalCount { get; }

    public int DatabaseCount { get; }

    /// <summary>What does not agree, a line each.</summary>
    public IReadOnlyList<string> Differences => _differences;

    public bool Agrees => _differences.Count == 0;

    public static Reconciliation Of(IReadOnlyCollection<Trade> venue, IReadOnlyCollection<Trade> journal, IReadOnlyCollection<Trade> database)
    {
        Reconciliation result = new(venue.Count, journal.Count, database.Count);
        result.Compare("the venue", venue, "the journal", journal);
        result.Compare("the journal", journal, "the database", database);
        return result;
    }

    private void Compare(string leftName, IReadOnlyCollection<Trade> left, string rightName, IReadOnlyCollection<Trade> right)
    {
        Dictionary<Trade, int> surplus = [];
        foreach (Trade trade in left) CollectionsMarshal.GetValueRefOrAddDefault(surplus, trade, out _)++;
        foreach (Trade trade in right) CollectionsMarshal.GetValueRefOrAddDefault(surplus, trade, out _)--;
        foreach ((Trade trade, int count) in surplus)
        {
            if (count == 0) continue;
            (string more, string less) = count > 0 ? (leftName, rightName) : (rightName, leftName);
            _differences.Add($"{more} has {Math.Abs(count)} more than {less} of {trade}");
        }
    }
}
