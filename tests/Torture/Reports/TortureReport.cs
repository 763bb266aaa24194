using System.Text.Json;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture.Reports;

/// <summary>The run's figures, as printed and as JSON.</summary>
internal sealed record TortureReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public required int Seed { get; init; }

    public required string Database { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Runs of the venue.</summary>
    public required int Days { get; init; }

    /// <summary>By process and place.</summary>
    public required SortedDictionary<string, SortedDictionary<string, long>> Kills { get; init; }

    /// <summary>Executions and breaks in the venue's record, all of them looked for in the ledger.</summary>
    public required long Executions { get; init; }

    public required long Lost { get; init; }

    public required long Doubled { get; init; }

    public required long Invented { get; init; }

    public required long Altered { get; init; }

    public required long LimitsPassed { get; init; }

    public required int OrdersInFlightMax { get; init; }

    /// <summary>With 95 % confidence less than this share of executions is lost, doubled, invented or altered: 3 / N, valid for none of N.</summary>
    public required double? BoundAt95Percent { get; init; }

    /// <summary>Rounds whose executions were found in the ledger while the next ones were running.</summary>
    public required int RoundsFoundWhole { get; init; }

    /// <summary>Longest time from the venue's record to the ledger, ms, with the shipper dying all the time.</summary>
    public required long LedgerLagMaxMs { get; init; }

    /// <summary>SIGKILL to the first order of the next life, ms: median, p99, max, count.</summary>
    public required double[] RestartToFirstOrderMs { get; init; }

    /// <summary>Kill of the primary to the next row in the ledger, seconds: median, p99, max, count. Of the rows the checker sees, every 150 ms.</summary>
    public required double[] FailoverSeconds { get; init; }

    public required int Cuts { get; init; }

    /// <summary>Places of all packets at which a connection can be cut, of <see cref="CutPlaces"/>.</summary>
    public required int CutPlacesReached { get; init; }

    public required int CutPlaces { get; init; }

    /// <summary>Bytes of the packet that still arrived, by packet: A accepted, E executed, C canceled, O order.</summary>
    public required SortedDictionary<string, int[]> CutAfterBytes { get; init; }

    /// <summary>Named points nothing died at.</summary>
    public required string[] PointsNotReached { get; init; }

    /// <summary>Bugs put into the code on purpose, and how many of them the tests noticed; null: that was not asked for.</summary>
    public required int? BugsPlanted { get; init; }

    public required int? BugsCaught { get; init; }

    public required string[] Problems { get; init; }

    public bool IsClean => Problems.Length == 0;

    public static TortureReport Of(TortureOptions options, Totals totals, IReadOnlyCollection<Cut> cuts)
    {
        string[] notReached = [.. totals.Kills.PointsNotReached()];
        int places = Cut.All.Count();
        List<string> problems = [.. totals.Problems];
        if (options.IsWhole && notReached.Length > 0) problems.Add($"nothing died at {string.Join(", ", notReached)}: let it run longer");
        if (options.IsWhole && cuts.Count < places) problems.Add($"{places - cuts.Count} of {places} cuts were not made: let it run longer");
        (int? planted, int? caught) = ReadPlanted(options.PlantedBugs);
        if (caught < planted) problems.Add($"{planted - caught} of {planted} planted bugs were not caught");
        bool isNone = totals.Differences.Values.Sum() == 0 && totals.Executions > 0;
        return new TortureReport
        {
            Seed = options.Seed,
            Database = options.Database.ToString().ToLowerInvariant(),
            Seconds = Math.Round(totals.Seconds, 1),
            Days = totals.Days,
            Kills = totals.Kills.ByProcess(),
            Executions = totals.Executions,
            Lost = totals.Differences[DifferenceKind.Lost],
            Doubled = totals.Differences[DifferenceKind.Doubled],
            Invented = totals.Differences[DifferenceKind.Invented],
            Altered = totals.Differences[DifferenceKind.Altered],
            LimitsPassed = totals.LimitsPassed,
            OrdersInFlightMax = totals.InFlightMax,
            BoundAt95Percent = isNone ? 3.0 / totals.Executions : null,
            RoundsFoundWhole = totals.RoundsComplete,
            LedgerLagMaxMs = totals.LagMaxMs,
            RestartToFirstOrderMs = Spread(totals.RestartMs),
            FailoverSeconds = Spread(totals.FailoverSeconds),
            Cuts = totals.Cuts,
            CutPlacesReached = cuts.Count,
            CutPlaces = places,
            CutAfterBytes = new(cuts.GroupBy(cut => $"{cut.Packet}{(cut.IsReset ? " RST" : " FIN")}").ToDictionary(packet => packet.Key, packet => packet.Select(cut => cut.Bytes).Order().ToArray()), StringComparer.Ordinal),
            PointsNotReached = notReached,
            BugsPlanted = planted,
            BugsCaught = caught,
            Problems = [.. problems],
        };
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private static (int?, int?) ReadPlanted(string? path)
    {
        if (path is null) return (null, null);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(path));
        return (result.RootElement.GetProperty("planted").GetInt32(), result.RootElement.GetProperty("caught").GetInt32());
    }

    private static double[] Spread(List<double> values)
    {
        if (values.Count == 0) return [];
        double[] sorted = [.. values.Order()];
        return [At(0.5), At(0.99), Math.Round(sorted[^1], 1), sorted.Length];

        double At(double share) => Math.Round(sorted[(int)((sorted.Length - 1) * share)], 1);
    }
}
