namespace MarketMaker.Backtest.Checking;

/// <summary>How far from the fair price an offer may be, as the strategy document says it: written again here, so that one mistake is not made twice.</summary>
internal static class Collar
{
    /// <summary>The most that a sale may give away to get rid of a volatile ticker's stock, ppm.</summary>
    public const long SellOffPpm = 10_000;

    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The widest edge that is believed, ppm.</summary>
    /// <param name="ageNs">Age of the fair price.</param>
    /// <param name="isVolatile">Of a ticker whose price moves far more than usual.</param>
    public static long WidestPpm(long ageNs, bool isVolatile) => ageNs switch
    {
        <= NsPerSecond => isVolatile ? 45_000 : 50_000,
        <= 10 * NsPerSecond => isVolatile ? 34_000 : 45_000,
        <= 30 * NsPerSecond => isVolatile ? 28_000 : 40_000,
        _ => isVolatile ? long.MinValue / int.MaxValue : 35_000,
    };
}
