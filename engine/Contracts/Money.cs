namespace MarketMaker.Contracts;

/// <summary>The scales of every number in the system. No floating point takes part in a decision.</summary>
public static class Money
{
    /// <summary>Units of a price or an amount in one dollar: both are integers in 1/10,000 dollar (ITCH Price(4)).</summary>
    public const int UnitsPerDollar = 10_000;

    /// <summary>The highest price ITCH allows, 200,000.0000 dollars (TotalView-ITCH 5.0, data types).</summary>
    public const int PriceMax = 2_000_000_000;

    /// <summary>The largest quantity of one OUCH 5.0 order, in shares.</summary>
    public const int QuantitySharesMax = 999_999;
}
