namespace MarketMaker.Decision.Signals;

/// <summary>How far a ticker may move in a day, in ppm of the price it opened with.</summary>
/// <remarks>Source: strategy document, section 5: 7 % is touched on one day in a thousand at 2 % daily volatility, on 30 % of the days at 5 %.</remarks>
public sealed record DayMoveOptions
{
    /// <summary>From here on the ticker is only sold. Default 70,000 (7 %), range 1 to 1,000,000; not above <see cref="DeniedPpm"/>.</summary>
    public int SellOnlyPpm { get; init; } = 70_000;

    /// <summary>From here on the ticker is not traded. Default 100,000 (10 %), range 1 to 1,000,000.</summary>
    public int DeniedPpm { get; init; } = 100_000;
}
