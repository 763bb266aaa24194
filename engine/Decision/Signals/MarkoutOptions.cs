namespace MarketMaker.Decision.Signals;

/// <summary>When a ticker is denied for some time because what was traded of it lost money soon after.</summary>
/// <remarks>Source: strategy document, section 3.</remarks>
public sealed record MarkoutOptions
{
    /// <summary>Fills that are judged together. Default 50, range 1 to 64.</summary>
    public int FillsJudged { get; init; } = 50;

    /// <summary>How long the ticker is denied, ns. Default 15 min, range 1 s to 1 day.</summary>
    public long DenyNs { get; init; } = 900_000_000_000;

    /// <summary>Most fills that wait for their markout. Default 16,384, a power of two up to 2^20: a fill waits a minute.</summary>
    public int PendingMax { get; init; } = 16_384;

    /// <summary>Executions of one order within this time count as one fill, ns. Default 100 ms, range 0 to 1 s.</summary>
    public long SameFillNs { get; init; } = 100_000_000;
}
