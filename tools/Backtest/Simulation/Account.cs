using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// What our trades came to, kept from the market's own fills and true prices and not from the engine's book. Exact, in 1/10,000 dollar.
/// </summary>
internal sealed class Account(int tickers, long cash)
{
    private readonly long[] _shares = new long[tickers];

    /// <summary>Cash now.</summary>
    public long Cash { get; private set; } = cash;

    /// <summary>Executions that count.</summary>
    public long Fills { get; private set; }

    /// <summary>Bought, at what was paid.</summary>
    public long Bought { get; private set; }

    /// <summary>Sold, at what was got.</summary>
    public long Sold { get; private set; }

    /// <summary>Sum over the fills of what each was better than the true fair price at its moment; losses subtract.</summary>
    public long EdgeProfit { get; private set; }

    /// <summary>The losing fills' part of it, as a positive amount.</summary>
    public long BadTradeLoss { get; private set; }

    /// <summary>Fills worse than the true fair price.</summary>
    public long BadTrades { get; private set; }

    /// <summary>Shares held.</summary>
    public long Shares(int ticker) => _shares[ticker];

    /// <summary>Books an execution at a moment of a true price.</summary>
    public void Fill(in MarketFill fill, int fair)
    {
        Side side = fill.Order.Side;
        long notional = (long)fill.Quantity * fill.Price;
        long edge = fill.Quantity * (side == Side.Buy ? (long)fair - fill.Price : (long)fill.Price - fair);
        Fills++;
        Move(fill.Order.Ticker, side, fill.Quantity, notional);
        if (side == Side.Buy) Bought += notional;
        else Sold += notional;
        EdgeProfit += edge;
        if (edge >= 0) return;
        BadTrades++;
        BadTradeLoss -= edge;
    }

    /// <summary>Undoes an execution that was broken. Its edge stays in the record: the decision was made.</summary>
    public void Undo(in MarketFill fill)
    {
        Fills--;
        Move(fill.Order.Ticker, fill.Order.Side.Opposite(), fill.Quantity, (long)fill.Quantity * fill.Price);
    }

    /// <summary>What the stock is worth at the true prices.</summary>
    public long StockValue(FairPrices prices)
    {
        long value = 0;
        for (int i = 0; i < _shares.Length; i++) value += _shares[i] * prices.Price(i);
        return value;
    }

    /// <summary>Sells all stock (and buys back what was sold short) at the true price less a cost.</summary>
    /// <returns>What that cost.</returns>
    public long Liquidate(FairPrices prices, int costPpm)
    {
        long cost = 0;
        for (int i = 0; i < _shares.Length; i++)
        {
            long value = _shares[i] * prices.Price(i);
            // Rounded up: against us.
            long loss = (Math.Abs(value) * costPpm + 999_999) / 1_000_000;
            Cash += value - loss;
            cost += loss;
            _shares[i] = 0;
        }

        return cost;
    }

    private void Move(int ticker, Side side, int quantity, long notional)
    {
        _shares[ticker] += side == Side.Buy ? quantity : -quantity;
        Cash += side == Side.Buy ? -notional : notional;
    }
}
