namespace MarketMaker.Clairvoyant;

/// <summary>What the clairvoyant is out for.</summary>
public enum Accounting
{
    /// <summary>
    /// The edge of each trade at the fair price of its moment, less the cost of what is left: moves of the fair price neither earn nor cost.
    /// This is what can be known: nobody foresees a martingale, so it is the yardstick for a strategy.
    /// </summary>
    Edge,

    /// <summary>Real money: also rides every move of the fair price that it foresees. The bound that no account can break.</summary>
    Money,
}
