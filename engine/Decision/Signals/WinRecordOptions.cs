namespace MarketMaker.Decision.Signals;

/// <summary>How wins and losses are kept, and when they tell something.</summary>
/// <remarks>Source: strategy document, section 2.</remarks>
public sealed record WinRecordOptions
{
    /// <summary>Most buckets of edge: there are so many slots of counters for each side.</summary>
    public const int BucketsMax = 8;

    /// <summary>Buckets of edge for each side; the last one has no upper end. Default 8, range 2 to <see cref="BucketsMax"/>.</summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Width of a bucket, ppm. Default 4,000 (40 bp), range 100 to 100,000.</summary>
    public int BucketPpm { get; init; } = 4_000;

    /// <summary>Least tries that a diagnosis is made from. Default 200, range 20 to 2,000.</summary>
    public int DiagnosisTriesMin { get; init; } = 200;

    /// <summary>Below this share of wins something is wrong, 1/65,536. Default 32,768 (a half), range 0 to 65,536.</summary>
    public int LowWinShare { get; init; } = 32_768;

    /// <summary>Losses in a row that slow the sends down. Default 50, range 1 to 1,000,000.</summary>
    public int LossesInARow { get; init; } = 50;

    /// <summary>For how long they are slowed down, ns. Default 60 s, range 1 s to 1 h.</summary>
    public long SlowDownNs { get; init; } = 60_000_000_000;

    /// <summary>Most orders open at a time, as for Decision. Default 1,024, range 1 to 65,536.</summary>
    public int OrdersInFlightMax { get; init; } = 1_024;
}
