namespace MarketMaker.Decision;

/// <summary>What the day has cost so far, stock at fair prices: the first bound ends the buys while it lasts, the second ends everything for good.</summary>
internal sealed class DayLoss(DecisionOptions options, long openingEquity)
{
    /// <summary>Cash and stock when the day began; <see cref="StrategyState.Unknown"/> until every share held has a price.</summary>
    public long OpeningEquity { get; private set; } = openingEquity;

    /// <summary>Ppm lost since the day began; 0 when something was won.</summary>
    public int LossPpm { get; private set; }

    /// <summary>Nothing is bought until the loss is smaller again.</summary>
    public bool StopsBuying { get; private set; }

    /// <summary>Nothing is traded any more. Stays, whatever the prices do.</summary>
    public bool Halts { get; private set; }

    /// <summary>A new day: the loss counts from the next look on. What was ended for good stays so.</summary>
    public void StartDay() => (OpeningEquity, LossPpm, StopsBuying) = (StrategyState.Unknown, 0, false);

    /// <summary>Takes the equity of the moment.</summary>
    /// <param name="equity">Cash and stock at fair prices.</param>
    /// <param name="isWholeStockPriced">Whether it is all there: before, a loss would only be a price that has not come yet.</param>
    public void Judge(long equity, bool isWholeStockPriced)
    {
        if (!isWholeStockPriced) return;
        if (OpeningEquity == StrategyState.Unknown) OpeningEquity = equity;
        long lost = OpeningEquity - equity;
        LossPpm = lost <= 0 ? 0 : (int)Int128.Min((Int128)lost * Ppm.One / Math.Max(1, OpeningEquity), int.MaxValue);
        StopsBuying = lost > 0 && LossPpm >= options.DayLossStopBuyingPpm;
        Halts |= lost > 0 && LossPpm >= options.DayLossHaltPpm;
    }
}
