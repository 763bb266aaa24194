namespace MarketMaker.Prices;

/// <summary>Options of the Prices stage. Unit, default, range and reason stand with each.</summary>
public sealed record PricesOptions
{
    /// <summary>How far from the required edge an offer counts as near it, ppm: 150 bp, the distance the strategy was measured with.</summary>
    public const int NearThresholdPpm = 15_000;

    /// <summary>
    /// Age in milliseconds above which an offer makes its ticker be refreshed out of turn. Default 10,000; 1 to 3,600,000. Set to
    /// Decision's own limit: what it would refuse as stale is what needs a fresh price.
    /// </summary>
    public int StalePriceAgeMs { get; init; } = 10_000;

    /// <summary>
    /// The same for a volatile ticker. Default 1,000; 1 to 3,600,000, and never more than <see cref="StalePriceAgeMs"/>: its price moves
    /// several times as fast.
    /// </summary>
    public int StaleVolatilePriceAgeMs { get; init; } = 1_000;

    /// <summary>
    /// The edge Decision asks for at least, ppm. Default 10,000. Set to Decision's own: only offers near it profit from a fresher
    /// price, so they are what a ticker's refresh rate grows with.
    /// </summary>
    public int ThresholdEdgePpm { get; init; } = 10_000;

    /// <summary>
    /// Milliseconds after which an unanswered refresh is asked for again. Default 1,000; 1 to 60,000. A request may be lost with
    /// its connection; asking at every offer would only fill the ring.
    /// </summary>
    public int RefreshRetryMs { get; init; } = 1_000;

    /// <summary>
    /// Offers stamped in one duty cycle at most. Default 4,096; 1 to 65,536. More than Feed brings in one duty cycle: where the stages
    /// share a thread, a smaller batch would fall behind Feed until the ring is full.
    /// </summary>
    public int OffersBatchMax { get; init; } = 4_096;

    /// <summary>
    /// Price events applied before the offers of one duty cycle at most. Default 256; 1 to 65,536. Bounds what offers wait
    /// for.
    /// </summary>
    public int PricesBatchMax { get; init; } = 256;

    /// <summary>
    /// Milliseconds between clock ticks. Default 10; 1 to 1,000. Decision's time stands still in between when no offer
    /// comes.
    /// </summary>
    public int TickPeriodMs { get; init; } = 10;

    /// <summary>
    /// Slots of the ring of refreshes asked for, a power of two. Default 1,024; 2 to 65,536. When it is full, the next offer
    /// asks again.
    /// </summary>
    public int RefreshRingSlots { get; init; } = 1_024;
}
