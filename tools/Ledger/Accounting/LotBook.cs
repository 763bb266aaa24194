using MarketMaker.Contracts;
using MarketMaker.Records;

namespace MarketMaker.Ledger.Accounting;

/// <summary>The tax lots of every ticker, first in, first out, and what closing them brought. Integers of 1/10,000 dollar throughout.</summary>
/// <param name="broken">Executions that never were.</param>
/// <param name="closed">Hears of each lot that is closed; null: nobody listens.</param>
internal sealed class LotBook(BrokenTrades broken, Action<Symbol, ClosedLot>? closed = null)
{
    private readonly Dictionary<Symbol, TickerLots> _tickers = [];

    /// <summary>Every ticker that ever had a lot, by name.</summary>
    public IEnumerable<TickerLots> Tickers => _tickers.Values.OrderBy(ticker => ticker.Symbol);

    /// <summary>Change of cash by everything that stands, in 1/10,000 dollar.</summary>
    public long CashChange { get; private set; }

    /// <summary>
    /// What owners put in, less what they took out, in cash and in shares at their cost: equity less this and the opening cash is profit.
    /// </summary>
    public long Contributed { get; private set; }

    /// <summary>Makes the book of a source; it is opened twice, since a break may come long after what it breaks.</summary>
    public static LotBook Of(Func<ITransactionSource> open, Action<Symbol, ClosedLot>? closed = null, Action<long>? progress = null)
    {
        BrokenTrades broken;
        using (ITransactionSource first = open()) broken = BrokenTrades.In(first);
        LotBook book = new(broken, closed);
        using ITransactionSource second = open();
        Transaction[] batch = new Transaction[JournalSource.BatchRecords];
        long done = 0;
        for (int count = second.Read(batch); count > 0; count = second.Read(batch))
        {
            foreach (ref readonly Transaction transaction in batch.AsSpan(0, count)) book.Add(transaction);
            progress?.Invoke(done += count);
        }

        return book;
    }

    /// <summary>Takes the next transaction.</summary>
    public void Add(in Transaction transaction)
    {
        if (!broken.Stands(transaction)) return;
        CashChange = checked(CashChange + transaction.CashChange);
        bool isAdjustment = transaction.Kind == JournalRecordKind.Adjustment;
        if (isAdjustment) Contributed = checked(Contributed + transaction.CashAmount);
        if (transaction.QuantityShares == 0) return;
        if (!_tickers.TryGetValue(transaction.Symbol, out TickerLots? ticker)) _tickers[transaction.Symbol] = ticker = new TickerLots(transaction.Symbol, closed);
        bool isWithdrawal = isAdjustment && transaction.ReasonCode == AdjustmentReason.Withdrawal;
        long costBefore = ticker.Lots.Cost, gainBefore = ticker.Gain;
        Lot change = new(transaction.Id, transaction.ExecutedAtNs, transaction.SharesChange, transaction.Price);
        ticker.Add(change, isAdjustment, atCost: isWithdrawal);
        // What an adjustment does to cost and gains is no merit of trading: it came from, or went to, the owners.
        if (isAdjustment) Contributed = checked(Contributed + (ticker.Lots.Cost - costBefore) - (ticker.Gain - gainBefore));
    }
}
