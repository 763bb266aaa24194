using System.Text.Json.Serialization;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Demo;

/// <summary>Percentiles of one histogram in nanoseconds.</summary>
internal sealed record Percentiles(long P50, long P90, long P99, long P999, long Max, long Count)
{
    public static Percentiles Of(Histogram histogram) => new(
        histogram.ValueAtPercentile(50), histogram.ValueAtPercentile(90), histogram.ValueAtPercentile(99),
        histogram.ValueAtPercentile(99.9), histogram.Max, histogram.Count);
}

/// <summary>What the demo found: the page and the JSON file say the same. Money in dollars.</summary>
internal sealed record DemoReport
{
    public int Rate { get; init; }

    public double Seconds { get; init; }

    public long OffersSent { get; init; }

    public long OffersSeen { get; init; }

    public long FeedLost { get; init; }

    public long KernelDrops { get; init; }

    public long Gaps { get; init; }

    public required SortedDictionary<string, long> Refused { get; init; }

    public long ExecutesSent { get; init; }

    public long Wins { get; init; }

    public long Losses { get; init; }

    public long Rejects { get; init; }

    public long Unknown { get; init; }

    public long Executions { get; init; }

    public long Buys { get; init; }

    public long Sells { get; init; }

    public long BrokenTrades { get; init; }

    public double ExecutesPerSecond { get; init; }

    public double ExecutionsPerSecond { get; init; }

    public long JournalRows { get; init; }

    public long DatabaseRows { get; init; }

    public long VenueExecutions { get; init; }

    public bool Reconciled { get; init; }

    public bool OffersAccounted { get; init; }

    public decimal Cash { get; init; }

    public decimal InventoryValue { get; init; }

    public decimal Profit { get; init; }

    public required Percentiles TickToOrderNs { get; init; }

    public required Percentiles AnswerToDurableNs { get; init; }

    public required Percentiles OrderToAnswerNs { get; init; }

    public long? GcCollections { get; init; }

    public long? AllocatedBytes { get; init; }

    public long RssAnonBytes { get; init; }

    public double StartupMs { get; init; }

    public int EngineStarts { get; init; }

    public required VerdictFindings Verdicts { get; init; }

    public required SoldOff SoldOff { get; init; }

    public long VerdictChanges { get; init; }

    public long VerdictStops { get; init; }

    public required Percentiles VerdictToFlagNs { get; init; }

    public double GeneratorLagMaxMs { get; init; }

    public required string[] Problems { get; init; }
}

/// <summary>JSON without reflection, as Native AOT needs it.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(NodesReport))]
internal sealed partial class DemoJson : JsonSerializerContext;
