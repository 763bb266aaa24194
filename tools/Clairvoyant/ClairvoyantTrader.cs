namespace MarketMaker.Clairvoyant;

/// <summary>The best profit possible for somebody who knows every offer of the day and how each attempt would end: the yardstick of a strategy.</summary>
/// <remarks>
/// Whatever a strategy wins is a set of trades within the same offers, with the same cash and stock, so its profit cannot exceed
/// <see cref="ClairvoyantResult.Bound"/>. Limits that a strategy has beyond these (share of a ticker, order size, reservations in flight) only lower it.
/// </remarks>
public static class ClairvoyantTrader
{
    /// <summary>Finds the bound and a plan close to it.</summary>
    /// <param name="day">The offers and outcomes, already cut to the floors in question.</param>
    /// <param name="accounting">What profit is.</param>
    /// <param name="stepsMax">Most solutions of the relaxed problem. Default 400.</param>
    /// <param name="gapPpm">A gap between bound and plan that is good enough, in ppm of the bound. Default 2,000.</param>
    /// <param name="stop">Looked at before each solution.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static ClairvoyantResult Solve(TradingDay day, Accounting accounting, int stepsMax = 400, long gapPpm = 2_000, CancellationToken stop = default)
    {
        CashPriceSearch search = new(day, accounting);
        search.Run(stepsMax, gapPpm, stop);
        return new ClairvoyantResult(accounting, search.Bound, search.Best, search.Steps);
    }
}
