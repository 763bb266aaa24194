using System.Net;
using MarketMaker.Platform.Clock;
using MarketMaker.Prices;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Volatility;

/// <summary>The settings of the service: sections [volatility], [prices] and [session] of the INI file, and the command line.</summary>
internal sealed record ServiceOptions
{
    /// <summary>Where verdicts go: a multicast group, or addresses of engines.</summary>
    public required IReadOnlyList<IPEndPoint> Destinations { get; init; }

    /// <summary>Interface a multicast group is sent on.</summary>
    public string Interface { get; init; } = "";

    /// <summary>Routers a multicast packet may pass.</summary>
    public int Hops { get; init; } = 1;

    /// <summary>Where re-requests are heard; port 0 takes a free one.</summary>
    public required IPEndPoint RequestAddress { get; init; }

    /// <summary>Ms between snapshots.</summary>
    public int SnapshotMs { get; init; } = 1_000;

    /// <summary>Ms a verdict counts: some snapshots, and room for clocks that differ.</summary>
    public int ValidityMs { get; init; } = 5_000;

    /// <summary>Opens, denials and baselines between two starts; empty: none are kept.</summary>
    public string StateFile { get; init; } = "";

    /// <summary>Ms between two writings of it.</summary>
    public int StatePeriodMs { get; init; } = 60_000;

    /// <summary>CSV to which every change is appended; empty: none.</summary>
    public string ChangesFile { get; init; } = "";

    /// <summary>JSON that is written when everything is open; empty: none.</summary>
    public string ReadyFile { get; init; } = "";

    public required PriceClientOptions PriceClient { get; init; }

    public required VenueCalendar Calendar { get; init; }

    public VolatilityOptions Model { get; init; } = new();

    /// <summary>Says what is wrong with the values, or null.</summary>
    public string? Validate() => this switch
    {
        { Destinations.Count: 0 } => "no destination: give --address HOST:PORT or [volatility] address",
        { Destinations.Count: > 64 } => "[volatility] address names more than 64 destinations: use a multicast group",
        { Hops: < 0 or > 255 } => "[volatility] hops must be 0 to 255",
        { SnapshotMs: < 50 or > 60_000 } => "[volatility] snapshot-ms must be 50 to 60,000",
        { ValidityMs: < 100 or > 600_000 } => "[volatility] validity-ms must be 100 to 600,000",
        _ when ValidityMs < 2 * SnapshotMs => "[volatility] validity-ms must be at least twice snapshot-ms: else one lost snapshot stops every engine's buys",
        { StatePeriodMs: < 100 or > 3_600_000 } => "[volatility] state-period-ms must be 100 to 3,600,000",
        { PriceClient.RequestsPerSecond: < 1 or > 1_000_000 } => "[volatility] requests-per-second must be 1 to 1,000,000",
        { PriceClient.Connections: < 1 or > 64 } => "[volatility] connections must be 1 to 64",
        _ => Model.Validate() is { } wrong ? $"[volatility] {wrong}" : null,
    };
}
