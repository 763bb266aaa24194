using System.CommandLine;
using System.Globalization;
using MarketMaker.Measuring;
using Spectre.Console;

namespace MarketMaker.Speed.Records;

/// <summary>Says of each figure that two records share whether it got better, worse, or whether that is noise.</summary>
internal static class CompareCommand
{
    private const int NoneWorse = 0, SomeWorse = 1, Mistake = 2;

    internal static Command Create()
    {
        Argument<string> before = new("A") { Description = "The earlier record: a .csv file under perf/Records, or FILE:RUN for one run of it." };
        Argument<string> after = new("B") { Description = "The later record." };
        Command command = new("compare", "Compares two records. Exit status 0: nothing is worse, 1: something is, 2: they cannot be compared.") { before, after };
        command.SetAction(parsed => Compare(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after)));
        return command;
    }

    private static int Compare(string before, string after)
    {
        Comparison[] compared = [.. Comparison.Of(Read(before), Read(after))];
        if (compared.Length == 0)
        {
            Console.Error.WriteLine("mm-speed: the two records share no figure: compare runs of the same verb, layout and rates");
            return Mistake;
        }

        Table table = new Table().AddColumns("scenario", "figure", "unit", "A", "B", "change", "chance", "least", "verdict");
        foreach (Comparison row in compared)
        {
            table.AddRow(
                Markup.Escape(row.Scenario), row.Name, row.Unit, Number(row.Before), Number(row.After),
                string.Create(CultureInfo.InvariantCulture, $"{(row.Before == 0 ? 0 : row.After / row.Before - 1):+0.0%;-0.0%}"),
                row.P.ToString("0.000", CultureInfo.InvariantCulture), row.LeastChange.ToString("0.0%", CultureInfo.InvariantCulture), row.Change.ToString().ToLowerInvariant());
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 170);
        AnsiConsole.Write(table);
        int worse = compared.Count(row => row.Change == Change.Worse);
        Console.WriteLine($"{compared.Count(row => row.Change == Change.Better)} better, {worse} worse, {compared.Count(row => row.Change == Change.Noise)} noise");
        return worse == 0 ? NoneWorse : SomeWorse;
    }

    private static Figure[] Read(string name)
    {
        int colon = name.LastIndexOf(':');
        string run = colon > 0 && !File.Exists(name) ? name[(colon + 1)..] : "";
        string path = run.Length > 0 ? name[..colon] : name;
        if (!File.Exists(path)) throw new MeasureException($"{path} is no record: name a .csv file under perf/Records");
        Figure[] figures = [.. Figure.Read(path).Where(figure => run.Length == 0 || figure.Run == run)];
        return figures.Length > 0 ? figures : throw new MeasureException($"{path} has no run {run}: its first column names them");
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
