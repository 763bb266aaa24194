using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Ledger.Commands;

/// <summary>Which session of the journal <c>resolve</c> is about, and whether anything of it is untold.</summary>
internal sealed class SessionChoice
{
    private const int RowsMax = 4096;
    private readonly IReadOnlyList<SessionProgress> _sessions;
    private readonly HashSet<SessionId> _withOpenOrders = [];
    private readonly HashSet<SessionId> _withTradesNotBooked = [];
    private readonly RecoveredState _state;

    public SessionChoice(JournalReader reader, RecoveredState state)
    {
        (_sessions, _state) = (reader.Sessions(), state);
        IntentRecord[] intents = new IntentRecord[RowsMax];
        Walk(0, number => reader.ReadIntentsAfter(number, intents), i =>
        {
            _withOpenOrders.Add(intents[i].Session);
            return intents[i].Number;
        });
        QuarantineRecord[] rows = new QuarantineRecord[RowsMax];
        Walk(reader.QuarantineSeenThrough(), number => reader.ReadQuarantineAfter(number, rows), i =>
        {
            if (rows[i].Reason.IsTradeNotBooked()) _withTradesNotBooked.Add(rows[i].Session);
            return rows[i].Number;
        });
    }

    /// <summary>Takes the session that is named; else the last one of which something is untold, and the last of all when there is none.</summary>
    /// <exception cref="JournalException">The journal does not know it.</exception>
    public SessionProgress Take(SessionId? named)
    {
        if (named is not { } session) return LastUntold ?? _sessions.First(known => known.Session == _state.Session);
        foreach (SessionProgress known in _sessions)
        {
            if (known.Session == session) return known;
        }

        string others = _sessions.Count == 0 ? "none" : string.Join(", ", _sessions.Select(Describe));
        throw new JournalException($"the journal knows no session {session}; it knows {others}. Name one of them with --session; nothing was changed.");
    }

    /// <summary>Whether an order of a session may be open, or a trade of it is known and not in the books.</summary>
    public bool IsUntold(SessionProgress one) =>
        one.ReplayFrom <= one.BookedThrough
        || (one.Session == _state.Session && _state.WasKilled)
        || _withOpenOrders.Contains(one.Session)
        || _withTradesNotBooked.Contains(one.Session);

    private SessionProgress? LastUntold
    {
        get
        {
            // The session at hand is the last one, also when it began at the same record as another.
            foreach (SessionProgress one in _sessions.OrderBy(one => one.Session == _state.Session).Reverse())
            {
                if (IsUntold(one)) return one;
            }

            return null;
        }
    }

    private string Describe(SessionProgress one) => IsUntold(one) ? $"{one.Session} (not complete)" : one.Session.ToString();

    private static void Walk(long number, Func<long, JournalBatch> read, Func<int, long> take)
    {
        while (true)
        {
            JournalBatch batch = read(number);
            for (int i = 0; i < batch.Count; i++) number = take(i);
            if (batch.DamagedId != 0) number = batch.DamagedId;
            if (batch is { Count: 0, DamagedId: 0 }) return;
        }
    }
}
