namespace MarketMaker.Tests.Torture.Check;

/// <summary>Cash and shares of one journal, added up trade by trade; and what should never have been possible on the way.</summary>
/// <remarks>
/// Only an execution can pass a limit: a break of the venue takes cash or shares back that were spent in good faith, so what breaks
/// took lately is allowed to be missing.
/// </remarks>
internal sealed class Account(long openingCash)
{
    // More executions than can be under way when a break arrives.
    private const int BreaksRememberedTrades = 2_048;

    private readonly Dictionary<string, long> _shares = [];
    private readonly Queue<(long At, string Ticker, long Cash, long Shares)> _breaks = [];
    private long _trades;

    /// <summary>In 1/10,000 dollar.</summary>
    public long Cash { get; private set; } = openingCash;

    /// <summary>Tickers of which there are shares.</summary>
    public IEnumerable<KeyValuePair<string, long>> Positions => _shares.Where(position => position.Value != 0);

    /// <summary>A sentence for each time a limit was passed.</summary>
    public List<string> LimitsPassed { get; } = [];

    public void Apply(in Trade trade)
    {
        _trades++;
        Cash += trade.CashGained;
        long shares = _shares.GetValueOrDefault(trade.Ticker) + trade.SharesGained;
        _shares[trade.Ticker] = shares;
        while (_breaks.TryPeek(out var oldest) && oldest.At + BreaksRememberedTrades < _trades) _breaks.Dequeue();
        if (trade.IsBreak)
        {
            _breaks.Enqueue((_trades, trade.Ticker, Math.Max(0, -trade.CashGained), Math.Max(0, -trade.SharesGained)));
            return;
        }

        if (trade.IsBuy && Cash + _breaks.Sum(broken => broken.Cash) < 0)
            LimitsPassed.Add($"cash is {Cash / 10_000m:N4} after {trade}");
        string ticker = trade.Ticker;
        if (!trade.IsBuy && shares + _breaks.Where(broken => broken.Ticker == ticker).Sum(broken => broken.Shares) < 0)
            LimitsPassed.Add($"the position is {shares} shares after {trade}");
    }

    /// <summary>What is not as in another account, in sentences.</summary>
    public IEnumerable<string> DifferencesTo(Account other, string thisName, string otherName)
    {
        if (Cash != other.Cash) yield return $"cash: {thisName} {Cash / 10_000m:N4}, {otherName} {other.Cash / 10_000m:N4}";
        foreach (string ticker in _shares.Keys.Union(other._shares.Keys))
        {
            (long here, long there) = (_shares.GetValueOrDefault(ticker), other._shares.GetValueOrDefault(ticker));
            if (here != there) yield return $"{ticker}: {thisName} {here} shares, {otherName} {there}";
        }
    }
}
