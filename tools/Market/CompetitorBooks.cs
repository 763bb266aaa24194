using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>What each competitor may still buy with and sell: none spends more than its capital or sells what it has not.</summary>
public sealed class CompetitorBooks
{
    private readonly long[] _cash;
    private readonly long[] _shares;
    private readonly int _tickers;

    /// <summary>Gives each the same capital, all of it cash.</summary>
    public CompetitorBooks(int competitors, int tickers, long capitalDollars)
    {
        _tickers = tickers;
        _cash = new long[competitors];
        Array.Fill(_cash, capitalDollars * Money.UnitsPerDollar);
        _shares = new long[competitors * tickers];
    }

    /// <summary>Cash that is neither spent nor reserved, 1/10,000 dollar.</summary>
    public long Cash(int competitor) => _cash[competitor];

    /// <summary>Shares that are neither sold nor reserved.</summary>
    public long Shares(int competitor, int ticker) => _shares[competitor * _tickers + ticker];

    /// <summary>Sets aside what an order needs.</summary>
    /// <returns>The shares it can be sent for, at most those wanted; 0: none.</returns>
    public int Reserve(int competitor, int ticker, Side side, int price, int shares)
    {
        if (side == Side.Buy)
        {
            int afforded = (int)Math.Min(shares, _cash[competitor] / price);
            _cash[competitor] -= (long)afforded * price;
            return afforded;
        }

        ref long held = ref _shares[competitor * _tickers + ticker];
        int sold = (int)Math.Min(shares, held);
        held -= sold;
        return sold;
    }

    /// <summary>Books what became of an order and gives back what it did not need.</summary>
    /// <param name="order">The order, as reserved.</param>
    /// <param name="executed">Shares executed.</param>
    /// <param name="notional">What they cost or brought, 1/10,000 dollar.</param>
    public void Settle(in OrderUnderWay order, int executed, long notional)
    {
        ref long held = ref _shares[order.Competitor * _tickers + order.Ticker];
        if (order.Side == Side.Buy)
        {
            held += executed;
            _cash[order.Competitor] += (long)order.Quantity * order.LimitPrice - notional;
            return;
        }

        held += order.Quantity - executed;
        _cash[order.Competitor] += notional;
    }
}
