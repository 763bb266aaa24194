namespace MarketMaker.Decision.Signals;

/// <summary>How fast and how far the price falls at which a volatile ticker's stock is sold.</summary>
/// <remarks>Source: strategy document, section 5: 0.25 and 300 s are a start that was not simulated there.</remarks>
public sealed record SellOffOptions
{
    /// <summary>Edge asked for at first, ppm of the fair price. Default 2,500 (25 bp), range 0 to 100,000.</summary>
    public int StartPpm { get; init; } = 2_500;

    /// <summary>Most that is given away below the fair price, ppm. Default 10,000 (100 bp), range 0 to 100,000.</summary>
    public int GiveAwayMaxPpm { get; init; } = 10_000;

    /// <summary>Share of the move expected until the stock is sold that is given away, in 1/1,000. Default 250, range 0 to 10,000.</summary>
    public int GiveAwayPerMille { get; init; } = 250;

    /// <summary>How long the floor falls, ns. Default 300 s, range 1 s to 1 h.</summary>
    public long DurationNs { get; init; } = 300_000_000_000;
}
