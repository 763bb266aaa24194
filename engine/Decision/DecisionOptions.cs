using MarketMaker.Contracts;

namespace MarketMaker.Decision;

/// <summary>The limits and thresholds of Decision. Amounts are in 1/10,000 dollar.</summary>
public sealed record DecisionOptions
{
    /// <summary>Least edge to buy from a seller, ppm of the fair price. Default 10,000 (1 %), range 0 to 1,000,000. Below it nothing is bought.</summary>
    public int BuyEdgePpm { get; init; } = 10_000;

    /// <summary>Least edge to sell to a buyer, ppm of the fair price. Default 10,000 (1 %), range 0 to 1,000,000.</summary>
    public int SellEdgePpm { get; init; } = 10_000;

    /// <summary>Oldest fair price that is traded on, microseconds. Default 10,000,000 (10 s), range 1 ms to 60 s: an older one is a trap.</summary>
    public uint PriceAgeMaxUs { get; init; } = 10_000_000;

    /// <summary>Most one order may be worth. Default 50,000 dollars: bounds what one wrong price can cost.</summary>
    public long OrderNotionalMax { get; init; } = 50_000L * Money.UnitsPerDollar;

    /// <summary>Most stock and open buys of one ticker may be worth. Default 1,000,000 dollars: no ticker takes all the capital.</summary>
    public long TickerNotionalMax { get; init; } = 1_000_000L * Money.UnitsPerDollar;

    /// <summary>Most orders in flight. Default 1,024, range 1 to 65,536: bounds what a silent venue can leave unknown.</summary>
    public int OrdersInFlightMax { get; init; } = 1_024;

    /// <summary>Whether shares we do not have may be sold. Default false.</summary>
    public bool ShortSelling { get; init; }
}
