using MarketMaker.Contracts;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Accounting;

/// <summary>
/// The executions that were broken later. They never were, in law: so lots and gains are computed without them, and without their
/// breaks, from the beginning. Undoing one in place would be wrong where later trades have closed the lot it opened.
/// </summary>
internal sealed class BrokenTrades
{
    private readonly HashSet<(SessionId Session, ulong Match)> _broken = [];

    /// <summary>Notes the breaks of a source.</summary>
    public static BrokenTrades In(ITransactionSource source)
    {
        BrokenTrades broken = new();
        Transaction[] batch = new Transaction[JournalSource.BatchRecords];
        for (int count = source.Read(batch); count > 0; count = source.Read(batch))
        {
            foreach (ref readonly Transaction transaction in batch.AsSpan(0, count))
            {
                if (transaction.Kind == JournalRecordKind.Break) broken._broken.Add((transaction.Session, transaction.MatchNumber));
            }
        }

        return broken;
    }

    /// <summary>Whether a transaction counts: it is neither a break nor an execution that was broken.</summary>
    public bool Stands(in Transaction transaction) => transaction.Kind switch
    {
        JournalRecordKind.Adjustment => true,
        JournalRecordKind.Execution => _broken.Count == 0 || !_broken.Contains((transaction.Session, transaction.MatchNumber)),
        _ => false,
    };
}
