using Spectre.Console;

namespace MarketMaker.Tests.Torture.Reports;

/// <summary>The report for people.</summary>
internal static class TorturePage
{
    private const int WidthMin = 140;

    public static void Print(TortureReport report)
    {
        // In a log there is no window, and a figure that is broken over two lines is hard to find again.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidthMin);
        Table table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn("");
        Row("seed, ledger, seconds, days", $"{report.Seed}, {report.Database}, {report.Seconds:N0}, {report.Days}");
        foreach ((string process, SortedDictionary<string, long> places) in report.Kills)
            Row($"kills of the {process}", places.Count == 0 ? "0" : $"{places.Values.Sum():N0}: {string.Join(", ", places.Select(place => $"{place.Key} {place.Value}"))}");
        Row("connections cut", $"{report.Cuts:N0}; {report.CutPlacesReached} of {report.CutPlaces} places (byte of packet, RST or FIN)");
        Row("executions compared", $"{report.Executions:N0}");
        Row("lost, doubled, invented, altered", $"{report.Lost}, {report.Doubled}, {report.Invented}, {report.Altered}");
        Row("bound", report.BoundAt95Percent is { } bound ? $"below {bound:0.0e+0} of executions, with 95 % confidence (3 / N)" : "none");
        Row("limits passed", $"{report.LimitsPassed}; orders in flight at most {report.OrdersInFlightMax}");
        Row("rounds found whole at once", $"{report.RoundsFoundWhole:N0}; longest way into the ledger {report.LedgerLagMaxMs:N0} ms");
        if (report.RestartToFirstOrderMs is [var median, var p99, var max, var count])
            Row("SIGKILL to first order", $"p50 {median:N0} ms, p99 {p99:N0} ms, max {max:N0} ms, of {count:N0}");
        if (report.FailoverSeconds is [var failover, _, var longest, var failovers])
            Row("kill of the primary to the next row", $"p50 {failover:N1} s, max {longest:N1} s, of {failovers:N0}");
        if (report.BugsPlanted is { } planted) Row("planted bugs", $"{report.BugsCaught} of {planted} caught");
        AnsiConsole.Write(table);
        foreach (string problem in report.Problems.Take(20)) Console.WriteLine($"PROBLEM: {problem}");
        Console.WriteLine(report.IsClean ? "clean" : "NOT clean");

        void Row(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }
}
