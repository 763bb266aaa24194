using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketMaker.Venue;

/// <summary>The ports, written to the ready file once all are open.</summary>
public sealed record VenueReady(
    int Pid, string Session, string Feed, string? FeedB, int RequestPort, int SnapshotPort, int OrderPort, int PricePort, int Tickers);

/// <summary>What happened, written at the end.</summary>
public sealed record VenueReport
{
    /// <summary>Session of feed and orders.</summary>
    public required string Session { get; init; }

    /// <summary>Seconds from the first offer to the close.</summary>
    public double Seconds { get; init; }

    /// <summary>Offers sent: A, F and U.</summary>
    public long OffersSent { get; init; }

    /// <summary>Of them, offers that paid at least 1 % against the true fair price (simulated market only).</summary>
    public long PayingOffers { get; init; }

    /// <summary>Feed messages.</summary>
    public long Messages { get; init; }

    /// <summary>Feed packets on each line.</summary>
    public long Packets { get; init; }

    /// <summary>Feed packets that the socket did not take.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Executions by participant.</summary>
    public required SortedDictionary<string, long> Executions { get; init; }

    /// <summary>Rows in the fills, breaks included.</summary>
    public long FillRows { get; init; }

    /// <summary>Orders with a fresh number.</summary>
    public long OrdersReceived { get; init; }

    /// <summary>Orders with at least one execution.</summary>
    public long OrdersWon { get; init; }

    /// <summary>Accepted orders without any.</summary>
    public long OrdersLost { get; init; }

    /// <summary>Of them, dead on arrival.</summary>
    public long OrdersDead { get; init; }

    /// <summary>Rejected orders.</summary>
    public long OrdersRejected { get; init; }

    /// <summary>The account's executions that were broken later.</summary>
    public long Broken { get; init; }

    /// <summary>Requests with a number that was not fresh.</summary>
    public long Repeated { get; init; }

    /// <summary>Unreadable messages of the client.</summary>
    public long Malformed { get; init; }

    /// <summary>Answers of the price service.</summary>
    public long PricesAnswered { get; init; }

    /// <summary>The longest the generator was behind its schedule, us.</summary>
    public long LagMaxUs { get; init; }

    /// <summary>Share of the time it was behind, 0 to 1.</summary>
    public double LagShare { get; init; }

    /// <summary>Offers or competitors' orders left out because a table was full.</summary>
    public long Suppressed { get; init; }

    /// <summary>Wall clock of the first offer, ns since 1970.</summary>
    public long StartedWallNs { get; init; }

    /// <summary>Tickers that turned wild (simulated market only).</summary>
    public string[] WildTickers { get; init; } = [];

    /// <summary>Recorded messages changed because an order had taken the shares (replay only).</summary>
    public long Adapted { get; init; }

    /// <summary>Bytes cut off at the end of the recorded file (replay only).</summary>
    public int TornBytes { get; init; }
}

/// <summary>Writes both as JSON without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VenueReady))]
[JsonSerializable(typeof(VenueReport))]
public sealed partial class VenueJson : JsonSerializerContext
{
    /// <summary>Writes a file so that a reader sees all of it or nothing.</summary>
    public static void Write(string path, VenueReady ready) => WriteWhole(path, JsonSerializer.Serialize(ready, Default.VenueReady));

    /// <inheritdoc cref="Write(string, VenueReady)"/>
    public static void Write(string path, VenueReport report) => WriteWhole(path, JsonSerializer.Serialize(report, Default.VenueReport));

    private static void WriteWhole(string path, string text)
    {
        File.WriteAllText(path + ".new", text + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }
}
