using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Recorded;

/// <summary>How Decision is run over a recorded day.</summary>
public sealed record RecordedRunOptions
{
    /// <summary>Limits and thresholds of Decision.</summary>
    public DecisionOptions Decision { get; init; } = new();

    /// <summary>Cash at the start, 1/10,000 dollar. Default 1,000,000 dollars.</summary>
    public long Cash { get; init; } = 1_000_000L * Money.UnitsPerDollar;

    /// <summary>From the message to the arrival of our order at matching, ns. Default 500,000.</summary>
    public long OrderLatencyNs { get; init; } = 500_000;

    /// <summary>From matching to our hearing of it, ns. Default 500,000.</summary>
    public long AnswerLatencyNs { get; init; } = 500_000;

    /// <summary>Where the fair price comes from. Default the size-weighted mid.</summary>
    public BookFairPrice FairPrice { get; init; } = BookFairPrice.SizeWeightedMid;

    /// <summary>Most tickers the day may name. Default 16,384.</summary>
    public int TickersMax { get; init; } = 1 << 14;
}
