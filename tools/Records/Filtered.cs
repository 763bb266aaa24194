using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>Leaves out what the venue cannot know of: adjustments, and sessions that its record does not cover.</summary>
internal sealed class Filtered(ITransactionSource source, HashSet<SessionId> covered, bool coversAll, Action<long> progress) : ITransactionSource
{
    private SessionId _session;
    private bool _isCovered;
    private long _seen;

    /// <summary>Executions and breaks of sessions that the venue's record does not cover.</summary>
    public long Uncovered { get; private set; }

    public int Read(Span<Transaction> into)
    {
        while (true)
        {
            int count = source.Read(into);
            if (count == 0) return 0;
            progress(_seen += count);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                if (into[i].Kind == JournalRecordKind.Adjustment) continue;
                if (into[i].Session != _session) (_session, _isCovered) = (into[i].Session, coversAll || covered.Contains(into[i].Session));
                if (!_isCovered) Uncovered++;
                else if (kept++ != i) into[kept - 1] = into[i];
            }

            if (kept > 0) return kept;
        }
    }

    public void Dispose() => source.Dispose();
}
