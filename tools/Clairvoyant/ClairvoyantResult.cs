namespace MarketMaker.Clairvoyant;

/// <summary>The optimum between two proven figures.</summary>
/// <param name="Accounting">What profit is.</param>
/// <param name="Bound">No trader can earn more, 1/10,000 dollar.</param>
/// <param name="Plan">A plan that can be carried out; the optimum is at least its profit.</param>
/// <param name="Steps">Solutions of the relaxed problem that it took.</param>
public sealed record ClairvoyantResult(Accounting Accounting, long Bound, TradePlan Plan, int Steps)
{
    /// <summary>Profit of the plan, 1/10,000 dollar.</summary>
    public long Reached => Plan.Profit(Accounting);

    /// <summary>How far the optimum can lie below the bound, in ppm of the bound.</summary>
    public long GapPpm => Bound <= 0 ? 0 : (long)((Int128)(Bound - Reached) * 1_000_000 / Bound);

    /// <summary>A strategy's profit as a share of the bound, in ppm: what is stated is never more than the true share of the optimum.</summary>
    public long SharePpm(long profit) => Bound <= 0 ? 0 : (long)((Int128)profit * 1_000_000 / Bound);
}
