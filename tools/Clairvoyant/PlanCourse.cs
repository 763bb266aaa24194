using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>One moment of a plan that is carried out. Amounts in 1/10,000 dollar.</summary>
/// <param name="TimeNs">The opportunity's time.</param>
/// <param name="EdgeProfit">Edge earned so far; what is left at the end has not been sold off yet.</param>
/// <param name="StockValue">Stock at the last fair price of each ticker: also the capital in use, for a plan has nothing under way.</param>
public readonly record struct PlanPoint(long TimeNs, long EdgeProfit, long StockValue);

/// <summary>A plan over time, for charts.</summary>
public static class PlanCourse
{
    /// <summary>Follows a plan through its day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="everyNs">Least time between two points; the last one is always there.</param>
    public static IEnumerable<PlanPoint> Of(TradingDay day, TradePlan plan, long everyNs)
    {
        long[] stock = [.. day.StartShares ?? new long[day.EndFairPrices.Count]];
        int[] fairPrices = [.. day.StartFairPrices];
        long value = stock.Select((shares, ticker) => shares * fairPrices[ticker]).Sum();
        long edge = 0;
        long nextNs = long.MinValue;
        for (int i = 0; i < day.Opportunities.Count; i++)
        {
            Opportunity offer = day.Opportunities[i];
            value += stock[offer.Ticker] * ((long)offer.FairPrice - fairPrices[offer.Ticker]);
            fairPrices[offer.Ticker] = offer.FairPrice;
            long shares = offer.OfferSide == Side.Sell ? plan.Shares[i] : -plan.Shares[i];
            stock[offer.Ticker] += shares;
            value += shares * offer.FairPrice;
            edge += shares * ((long)offer.FairPrice - offer.Price);
            if (offer.TimeNs < nextNs && i < day.Opportunities.Count - 1) continue;
            nextNs = offer.TimeNs + everyNs;
            yield return new PlanPoint(offer.TimeNs, edge, value);
        }
    }
}
