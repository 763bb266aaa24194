namespace MarketMaker.Decision.Signals;

/// <summary>When the offers of a ticker say that its price has moved. Distances in ppm of the fair price.</summary>
/// <remarks>Source: strategy document, section 3.</remarks>
public sealed record OfferFlowOptions
{
    /// <summary>How far the offers must be off on average. Default 6,500 (65 bp), range 100 to <see cref="ClipPpm"/>.</summary>
    /// <remarks>
    /// The strategy's 30 to 45 bp were measured with a mean of 32 offers; in ours of 16 two rich offers in a row pass 45 bp, and the guard refuses
    /// the best of them: at 65 bp 99 instead of 97 % of the all-knowing rule's profit, for 1.0 instead of 0.7 % lost on bad trades.
    /// </remarks>
    public int MovedPpm { get; init; } = 6_500;

    /// <summary>Most that one offer counts. Default 40,000 (400 bp), range 1,000 to 100,000: bounds what one offer can do.</summary>
    public int ClipPpm { get; init; } = 40_000;

    /// <summary>Least offers that stop a ticker. Default 8, range 1 to 60,000: a single party must not.</summary>
    public int OffersMin { get; init; } = 8;

    /// <summary>Least offers of a side before its usual distance counts as known. Default 16, range 1 to 60,000.</summary>
    public int UsualOffersMin { get; init; } = 16;

    /// <summary>How long the usual distance of a side remembers, ns; at least 256 offers. Default 10 min, range 1 s to 1 day.</summary>
    public long UsualMemoryNs { get; init; } = 600_000_000_000;

    /// <summary>Oldest price the usual distance is learned with, microseconds. Default 5,000,000: an old price would teach its own error.</summary>
    public uint UsualPriceAgeMaxUs { get; init; } = 5_000_000;

    /// <summary>How long to wait for the fresh price before asking again, ns. Default 500 ms, range 1 ms to 60 s.</summary>
    public long AskAgainNs { get; init; } = 500_000_000;
}
