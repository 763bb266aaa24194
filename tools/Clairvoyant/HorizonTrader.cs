using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>
/// A trader who sees only some seconds ahead: plans them as well as can be, does the first part of the plan, and plans anew. Between him and the
/// clairvoyant lies what only knowledge of the further future earns.
/// </summary>
/// <remarks>His profit can be reached with that knowledge; it is no bound, for he knows nothing of the value of stock beyond his horizon
/// and takes it for what selling it off brings.</remarks>
public static class HorizonTrader
{
    private const int PartsOfHorizon = 4;

    /// <summary>Plans a day.</summary>
    /// <param name="day">The offers and outcomes, already cut to the floors in question.</param>
    /// <param name="accounting">What profit is.</param>
    /// <param name="horizonNs">How far he sees; above 0.</param>
    /// <param name="stepsMax">Most solutions of each relaxed problem. Default 60.</param>
    /// <param name="stop">Looked at before each solution.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static TradePlan Solve(TradingDay day, Accounting accounting, long horizonNs, int stepsMax = 60, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonNs, 1);
        IReadOnlyList<Opportunity> offers = day.Opportunities;
        long[] taken = new long[offers.Count];
        long[] stock = [.. day.StartShares ?? new long[day.EndFairPrices.Count]];
        int[] fairPrices = [.. day.StartFairPrices];
        long cash = day.Cash;
        int from = 0;
        int seen = 0;
        while (from < offers.Count)
        {
            stop.ThrowIfCancellationRequested();
            long startNs = offers[from].TimeNs;
            for (; seen < offers.Count && offers[seen].TimeNs - startNs < horizonNs; seen++) fairPrices[offers[seen].Ticker] = offers[seen].FairPrice;
            TradingDay window = day with
            {
                Opportunities = [.. offers.Skip(from).Take(seen - from)],
                Cash = cash,
                StartShares = [.. stock],
                EndFairPrices = seen == offers.Count ? day.EndFairPrices : [.. fairPrices],
            };
            ReadOnlySpan<long> plan = ClairvoyantTrader.Solve(window, accounting, stepsMax, stop: stop).Plan.Shares;
            int first = from;
            for (; from < seen && offers[from].TimeNs - startNs < Math.Max(1, horizonNs / PartsOfHorizon); from++)
            {
                taken[from] = plan[from - first];
                long bought = offers[from].OfferSide == Side.Sell ? taken[from] : -taken[from];
                stock[offers[from].Ticker] += bought;
                cash -= bought * offers[from].Price;
            }
        }

        return new TradePlan(day, taken);
    }
}
