using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>An execution that is booked, so that a later broken trade can be undone.</summary>
/// <param name="MatchNumber">The venue's number of it.</param>
/// <param name="Symbol">The ticker.</param>
/// <param name="Side">Our side.</param>
/// <param name="Price">In 1/10,000 dollar.</param>
/// <param name="QuantityShares">Shares.</param>
/// <param name="UserRefNum">The order's number.</param>
public readonly record struct BookedExecution(ulong MatchNumber, Symbol Symbol, Side Side, int Price, int QuantityShares, uint UserRefNum);

/// <summary>What the journal says at start: every stage takes up from here.</summary>
public sealed class RecoveredState
{
    /// <summary>Opening cash and all bookings, in 1/10,000 dollar.</summary>
    public long Cash { get; internal set; }

    /// <summary>Shares by ticker; tickers of earlier days too. Zero positions are kept.</summary>
    public Dictionary<Symbol, long> PositionsShares { get; } = [];

    /// <summary>The SoupBinTCP session of the last commit; none in a new journal.</summary>
    public SessionId Session { get; internal set; }

    /// <summary>Last sequence number of that session that is booked; 0 when none.</summary>
    public long BookedThrough { get; internal set; }

    /// <summary>Sequence number of that session to log in at.</summary>
    public long ReplayFrom { get; internal set; } = 1;

    /// <summary>The session's trading date as year * 10,000 + month * 100 + day; 0 when none.</summary>
    public int TradingDate { get; internal set; }

    /// <summary>The newest executions of that session, oldest first, without those that were broken; at most <see cref="JournalOptions.ExecutionsMax"/>.</summary>
    public IReadOnlyList<BookedExecution> Executions { get; internal set; } = [];

    /// <summary>Whether the last engine on this journal did not end in order: it may have sent orders the journal knows nothing of.</summary>
    public bool WasKilled { get; internal set; }

    /// <summary>Trades in quarantine that could not be booked and that no person has seen to: cash and positions differ from the venue's by them.</summary>
    public long TradesNotBooked { get; internal set; }

    /// <summary>Intents of earlier runs that are not over: orders that may be at the venue.</summary>
    public int OpenIntents { get; internal set; }

    /// <summary>Transactions booked, those included that are purged or were in a journal that was lost.</summary>
    public long Transactions { get; internal set; }

    /// <summary>The last id; 0 when none.</summary>
    public long LastId { get; internal set; }

    /// <summary>Checksum of the last record; 0 when none.</summary>
    public ulong LastChecksum { get; internal set; }

    /// <summary>Purchases, sales, and the shares of each, for the counters.</summary>
    internal long Buys, Sells, SharesBought, SharesSold;

    /// <summary>Records behind the newest checkpoint.</summary>
    internal long SinceCheckpoint { get; set; }

    /// <summary>The last record that the newest checkpoint sums up.</summary>
    internal long CheckpointId { get; set; }

    /// <summary>The position in one ticker.</summary>
    public long PositionOf(Symbol symbol) => PositionsShares.GetValueOrDefault(symbol);

    /// <summary>Adds the record that follows the last.</summary>
    internal void Add(in JournalRecord record)
    {
        long shares = Bookkeeping.SharesChange(record);
        Cash = checked(Cash + Bookkeeping.CashChange(record));
        if (shares != 0) PositionsShares[record.Symbol] = PositionOf(record.Symbol) + shares;
        (LastId, LastChecksum) = (record.Id, record.Checksum);
        Transactions++;
        SinceCheckpoint++;
        // Brought in or corrected by a person: no trade.
        if (record.Kind == JournalRecordKind.Adjustment) return;
        if (shares > 0)
        {
            Buys++;
            SharesBought += shares;
        }
        else
        {
            Sells++;
            SharesSold -= shares;
        }
    }
}
