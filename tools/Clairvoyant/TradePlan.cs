using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>How much of each offer is taken, and what that comes to. An independent account of it: no solver's own figures are believed.</summary>
public sealed class TradePlan
{
    private readonly long[] _shares;

    /// <summary>Accounts for a plan.</summary>
    /// <param name="day">The day it is for.</param>
    /// <param name="takenShares">Shares taken of each opportunity.</param>
    public TradePlan(TradingDay day, ReadOnlySpan<long> takenShares)
    {
        _shares = takenShares.ToArray();
        long[] stock = [.. day.StartShares ?? new long[day.EndFairPrices.Count]];
        long cash = day.Cash;
        long edge = 0;
        CashLeast = cash;
        StockLeast = stock.Length == 0 ? 0 : stock.Min();
        for (int i = 0; i < _shares.Length; i++)
        {
            Opportunity offer = day.Opportunities[i];
            if (_shares[i] < 0 || _shares[i] > offer.Shares) IsWithinOffers = false;
            long shares = offer.OfferSide == Side.Sell ? _shares[i] : -_shares[i];
            stock[offer.Ticker] += shares;
            cash -= shares * offer.Price;
            edge += shares * (offer.FairPrice - (long)offer.Price);
            if (cash < CashLeast) CashLeast = cash;
            if (stock[offer.Ticker] < StockLeast) StockLeast = stock[offer.Ticker];
        }

        long money = cash - day.Cash;
        for (int ticker = 0; ticker < stock.Length; ticker++)
        {
            long cost = stock[ticker] * Gains.LiquidationCost(day, ticker);
            edge -= cost;
            money += stock[ticker] * day.EndFairPrices[ticker] - cost - (day.StartShares?[ticker] ?? 0) * day.StartFairPrices[ticker];
        }

        (EdgeProfit, MoneyProfit, EndCash, EndShares) = (edge, money, cash, stock);
    }

    /// <summary>Shares taken of each opportunity.</summary>
    public ReadOnlySpan<long> Shares => _shares;

    /// <summary>Profit in 1/10,000 dollar as <see cref="Accounting.Edge"/> counts it.</summary>
    public long EdgeProfit { get; }

    /// <summary>Profit in 1/10,000 dollar as <see cref="Accounting.Money"/> counts it.</summary>
    public long MoneyProfit { get; }

    /// <summary>Cash at the end, before what is left is sold off.</summary>
    public long EndCash { get; }

    /// <summary>Stock of each ticker at the end.</summary>
    public IReadOnlyList<long> EndShares { get; }

    /// <summary>The least cash there ever was; below 0 the plan cannot be carried out.</summary>
    public long CashLeast { get; }

    /// <summary>The least stock there ever was; below 0 the plan cannot be carried out.</summary>
    public long StockLeast { get; }

    /// <summary>Whether no more was taken than was offered.</summary>
    public bool IsWithinOffers { get; } = true;

    /// <summary>Whether a trader could have done this.</summary>
    public bool IsPossible => IsWithinOffers && CashLeast >= 0 && StockLeast >= 0;

    /// <summary>Profit in 1/10,000 dollar.</summary>
    public long Profit(Accounting accounting) => accounting == Accounting.Edge ? EdgeProfit : MoneyProfit;
}
