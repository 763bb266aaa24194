namespace MarketMaker.Decision.Signals;

/// <summary>How far from the fair price an offer is still believed, by the age of that price. Distances in ppm, ages in microseconds.</summary>
/// <remarks>
/// Source: strategy document, section 3: where the true edge of an offer seen at that distance is expected to fall below 25 bp. A distance of 0
/// denies the class.
/// </remarks>
public sealed record CollarOptions
{
    /// <summary>Oldest price of the class fresh. Default 1,000,000 (1 s), range 1 ms to 60 s, below the next class.</summary>
    public uint FreshAgeMaxUs { get; init; } = 1_000_000;

    /// <summary>Oldest price of the class recent. Default 10,000,000 (10 s), range 1 ms to 60 s, below the next class.</summary>
    public uint RecentAgeMaxUs { get; init; } = 10_000_000;

    /// <summary>Oldest price of the class ageing; what is older is old. Default 30,000,000 (30 s), range 1 ms to 60 s.</summary>
    public uint AgeingAgeMaxUs { get; init; } = 30_000_000;

    /// <summary>Oldest price to trade on at all. Default 10,000,000 (10 s), range 1 ms to 60 s.</summary>
    public uint PriceAgeMaxUs { get; init; } = 10_000_000;

    /// <summary>Oldest price to trade a volatile ticker on. Default 1,000,000 (1 s), range 1 ms to 60 s.</summary>
    public uint VolatilePriceAgeMaxUs { get; init; } = 1_000_000;

    /// <summary>Farthest offer with a fresh price. Default 50,000 (5 %), range 0 to <see cref="NeverBeyondPpm"/>, as all that follow.</summary>
    public int FreshPpm { get; init; } = 50_000;

    /// <summary>Farthest offer with a recent price. Default 45,000.</summary>
    public int RecentPpm { get; init; } = 45_000;

    /// <summary>Farthest offer with an ageing price; reached only where <see cref="PriceAgeMaxUs"/> allows such a price. Default 40,000.</summary>
    public int AgeingPpm { get; init; } = 40_000;

    /// <summary>Farthest offer with an old price; reached only where <see cref="PriceAgeMaxUs"/> allows such a price. Default 35,000.</summary>
    public int OldPpm { get; init; } = 35_000;

    /// <summary>Farthest offer of a volatile ticker with a fresh price. Default 45,000.</summary>
    public int VolatileFreshPpm { get; init; } = 45_000;

    /// <summary>Farthest offer of a volatile ticker with a recent price. Default 34,000.</summary>
    public int VolatileRecentPpm { get; init; } = 34_000;

    /// <summary>Farthest offer of a volatile ticker with an ageing price. Default 28,000.</summary>
    public int VolatileAgeingPpm { get; init; } = 28_000;

    /// <summary>Farthest offer of a volatile ticker with an old price. Default 0: denied.</summary>
    public int VolatileOldPpm { get; init; }

    /// <summary>No distance above may be beyond this one, 1,000 bp: an offer so far away is an error in the data, not a gift.</summary>
    public const int NeverBeyondPpm = 100_000;
}
