using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace MarketMaker.Measuring;

/// <summary>One row of a report: a figure, what it is compared with, and whether it reaches its goal.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Of the figure and the floor.</param>
/// <param name="Figure">Median of ours.</param>
/// <param name="Floor">Median of what it is compared with; null when there is nothing.</param>
/// <param name="Ratio">Pair by pair, with its interval; null without a floor.</param>
/// <param name="Goal">In words; null when none is set.</param>
/// <param name="Reached">Whether the goal is reached; null without one.</param>
internal sealed record MeasureRow(string Name, string Unit, double Figure, double? Floor, Samples? Ratio, string? Goal = null, bool? Reached = null);

/// <summary>What a verb measured, printed as a page and written as JSON.</summary>
internal sealed record MeasureReport(string Verb, HostFingerprint Host, string Setting, IReadOnlyList<MeasureRow> Rows)
{
    internal void Print()
    {
        Console.WriteLine($"{Verb}: {Setting}");
        Console.WriteLine($"commit {Host.Commit}, {Host.At:u}, {Host.Host}: {Host.Cpu}, {Host.Cores} cores, Linux {Host.Kernel}, {Host.Runtime}");
        Console.WriteLine($"file system: {Host.FileSystem}");
        Table table = new Table().AddColumns("what", "unit", "ours", "floor", "ratio, median and 95 % interval", "pairs", "goal");
        foreach (MeasureRow row in Rows)
        {
            table.AddRow(Markup.Escape(row.Name), row.Unit, Number(row.Figure), row.Floor is { } floor ? Number(floor) : "", Markup.Escape($"{row.Ratio}"),
                $"{row.Ratio?.Count}", row.Goal is null ? "" : $"{row.Goal}: {(row.Reached == true ? "reached" : "missed")}");
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.Write(table);
    }

    internal void Write(string? jsonFile)
    {
        if (jsonFile is not null) File.WriteAllText(jsonFile, JsonSerializer.Serialize(this, MeasureJson.Default.MeasureReport));
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "N0" : "0.##", System.Globalization.CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(MeasureReport))]
internal sealed partial class MeasureJson : JsonSerializerContext;
