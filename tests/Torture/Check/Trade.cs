namespace MarketMaker.Tests.Torture.Check;

/// <summary>An execution, or the break of one, as the venue's record or a row of the ledger tells it.</summary>
/// <param name="Session">The venue's order session.</param>
/// <param name="Sequence">Place in the session.</param>
/// <param name="Match">The venue's match number.</param>
/// <param name="IsBreak">Whether it undoes the execution of that number.</param>
/// <param name="Ticker">The asset.</param>
/// <param name="IsBuy">What our order did.</param>
/// <param name="Price">In 1/10,000 dollar.</param>
/// <param name="Shares">How many.</param>
internal readonly record struct Trade(string Session, long Sequence, ulong Match, bool IsBreak, string Ticker, bool IsBuy, long Price, long Shares)
{
    /// <summary>What makes it the one it is; all else is content.</summary>
    public TradeKey Key => new(Session, Match, IsBreak);

    /// <summary>What it does to the shares we have.</summary>
    public long SharesGained => IsBuy != IsBreak ? Shares : -Shares;

    /// <summary>What it does to our cash, in 1/10,000 dollar.</summary>
    public long CashGained => -SharesGained * Price;
}

/// <summary>The identity of a trade at its venue.</summary>
internal readonly record struct TradeKey(string Session, ulong Match, bool IsBreak);

/// <summary>A row of the ledger.</summary>
internal readonly record struct LedgerRow(long Id, Trade Trade);
