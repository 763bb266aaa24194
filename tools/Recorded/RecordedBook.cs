using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>How a fair price is taken from a book.</summary>
public enum BookFairPrice
{
    /// <summary>Middle between best bid and best ask.</summary>
    Mid,

    /// <summary>Nearer to the side with fewer shares, which is the one likely to give way.</summary>
    SizeWeightedMid,
}

/// <summary>The books that a recorded day describes, order by order, and the fair price that each of them suggests.</summary>
/// <remarks>The recorded market does not react to us: what we take stays in these books.</remarks>
public sealed class RecordedBook(BookFairPrice fairPrice)
{
    private readonly Dictionary<ulong, RestingOrder> _orders = [];
    private readonly List<(BookSide Buy, BookSide Sell)> _sides = [];
    private readonly List<int> _fairPrices = [];

    /// <summary>Changes of orders that were never added: they rest from before the recording.</summary>
    public long FromBefore { get; private set; }

    /// <summary>Changes that no book allows: a reference used twice, or more shares taken off than there are.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Orders that rest now.</summary>
    public int Resting => _orders.Count;

    /// <summary>The last valid fair price of a ticker in 1/10,000 dollar: both sides there and not crossed; 0 while there was none.</summary>
    public int FairPrice(int ticker) => ticker < _fairPrices.Count ? _fairPrices[ticker] : 0;

    /// <summary>Displayed shares of an order; 0 when it does not rest.</summary>
    public int SharesOf(ulong reference) => _orders.TryGetValue(reference, out RestingOrder order) ? order.Shares : 0;

    /// <summary>Best price of a side; 0 when it is empty.</summary>
    public int Best(int ticker, Side side) => ticker < _sides.Count ? Of(ticker, side).Best : 0;

    /// <summary>Takes the next change.</summary>
    public void Apply(in RecordedChange change)
    {
        switch (change.Kind)
        {
            case RecordedKind.Added:
                Add(change);
                break;
            case RecordedKind.Cancelled or RecordedKind.Executed:
                Reduce(change.Reference, change.Shares);
                break;
            case RecordedKind.Deleted:
                Reduce(change.Reference, SharesOf(change.Reference));
                break;
            default:
                return;
        }

        if (change.Ticker >= 0) Mark(change.Ticker);
    }

    private BookSide Of(int ticker, Side side) => side == Side.Buy ? _sides[ticker].Buy : _sides[ticker].Sell;

    private void Add(in RecordedChange change)
    {
        while (_sides.Count <= change.Ticker)
        {
            _sides.Add((new BookSide(Side.Buy), new BookSide(Side.Sell)));
            _fairPrices.Add(0);
        }

        if (change.Shares <= 0 || !_orders.TryAdd(change.Reference, new RestingOrder(change.Ticker, change.Side, change.Price, change.Shares)))
        {
            Contradictions++;
            return;
        }

        Of(change.Ticker, change.Side).TryChange(change.Price, change.Shares);
    }

    private void Reduce(ulong reference, int shares)
    {
        if (!_orders.TryGetValue(reference, out RestingOrder order))
        {
            FromBefore++;
            return;
        }

        if (shares > order.Shares || shares < 0)
        {
            Contradictions++;
            shares = order.Shares;
        }

        if (shares == order.Shares) _orders.Remove(reference);
        else _orders[reference] = order with { Shares = order.Shares - shares };
        if (!Of(order.Ticker, order.Side).TryChange(order.Price, -shares)) Contradictions++;
    }

    private void Mark(int ticker)
    {
        if (ticker >= _sides.Count) return;
        (BookSide buy, BookSide sell) = _sides[ticker];
        if (buy.Count == 0 || sell.Count == 0 || buy.Best >= sell.Best) return;
        if (fairPrice == BookFairPrice.Mid)
        {
            _fairPrices[ticker] = (int)(((long)buy.Best + sell.Best) / 2);
            return;
        }

        long bidShares = buy.SharesAt(buy.Best);
        long askShares = sell.SharesAt(sell.Best);
        _fairPrices[ticker] = (int)((buy.Best * askShares + sell.Best * bidShares) / (bidShares + askShares));
    }

    private readonly record struct RestingOrder(int Ticker, Side Side, int Price, int Shares);
}
