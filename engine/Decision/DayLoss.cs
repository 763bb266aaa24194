namespace MarketMaker.Decision;

/// <summary>What the day has cost so far, stock at fair prices: the first bound ends the buys while it lasts, the second ends everything for good.</summary>
/// <remarks>Stock without a price counts nothing, and neither is it a loss: it joins the opening equity at its first price. A day that goes on after a
/// restart has an opening that holds all stock; there, what has no price yet can stop the buys and ends nothing for good.</remarks>
internal sealed class DayLoss(DecisionOptions options, long openingEquity)
{
    private bool _goesOn = openingEquity != StrategyState.Unknown;
    private bool _hasBegun;

    // The opening equity less what had entered by then.
    private long _knownAtFirst;

    /// <summary>Cash and stock when the day began; <see cref="StrategyState.Unknown"/> until every share held has a price.</summary>
    public long OpeningEquity { get; private set; } = openingEquity;

    /// <summary>What the loss is counted from: the opening equity, or so much of it as has a price.</summary>
    public long Basis { get; private set; }

    /// <summary>Ppm lost since the day began; 0 when something was won.</summary>
    public int LossPpm { get; private set; }

    /// <summary>Nothing is bought until the loss is smaller again.</summary>
    public bool StopsBuying { get; private set; }

    /// <summary>Nothing is traded any more. Stays, whatever the prices do.</summary>
    public bool Halts { get; private set; }

    /// <summary>A new day: the loss counts from the next look on. What was ended for good stays so.</summary>
    public void StartDay() => (_goesOn, _hasBegun, OpeningEquity, LossPpm, StopsBuying) = (false, false, StrategyState.Unknown, 0, false);

    /// <summary>Takes the equity of the moment.</summary>
    /// <param name="equity">Cash and stock at fair prices.</param>
    /// <param name="enteredValue">What ever came into it from stock without a price, see <see cref="TradeBook.EnteredValue"/>.</param>
    /// <param name="isWholeStockPriced">Whether it is all there.</param>
    public void Judge(long equity, long enteredValue, bool isWholeStockPriced)
    {
        if (!_hasBegun) (_hasBegun, _knownAtFirst) = (true, equity - enteredValue);
        long opening = _goesOn ? OpeningEquity : _knownAtFirst + enteredValue;
        if (isWholeStockPriced) OpeningEquity = opening;
        Basis = opening;
        long lost = opening - equity;
        LossPpm = lost <= 0 ? 0 : (int)Int128.Min((Int128)lost * Ppm.One / Math.Max(1, opening), int.MaxValue);
        StopsBuying = lost > 0 && LossPpm >= options.DayLossStopBuyingPpm;
        // A price that has not come yet is no loss to halt for.
        if (_goesOn && !isWholeStockPriced) return;
        Halts |= lost > 0 && LossPpm >= options.DayLossHaltPpm;
    }
}
