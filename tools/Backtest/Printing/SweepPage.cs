using MarketMaker.Backtest.Results;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using Spectre.Console;

namespace MarketMaker.Backtest.Printing;

/// <summary>A sweep on a page: a line per combination.</summary>
internal static class SweepPage
{
    private const int WidthOfFile = 200;

    public static void Print(string[] varied, IReadOnlyList<Job> jobs, IReadOnlyList<RunResult?> results, int seeds)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string key in varied) table.AddColumn(key);
        table.AddColumn(new TableColumn("runs").RightAligned()).AddColumn(new TableColumn("profit, dollars").RightAligned()).AddColumn(new TableColumn("95 %").RightAligned());
        table.AddColumn(new TableColumn("orders").RightAligned()).AddColumn(new TableColumn("rules broken").RightAligned());
        for (int first = 0; first < jobs.Count; first += seeds)
        {
            RunResult[] done = [.. results.Skip(first).Take(seeds).OfType<RunResult>()];
            if (done.Length == 0) continue;
            Estimate profit = Estimate.OfMean([.. done.Select(r => r.Profit / 10_000.0)]);
            Job job = jobs[first];
            table.AddRow(
                [.. varied.Select(key => ResultCsv.Value(job, key)), $"{done.Length}", $"{profit.Value:N0}", $"± {profit.HalfWidth:N0}",
                $"{done.Average(r => r["orders"]):N0}", $"{done.Sum(r => r["violations"]):N0}"]);
        }

        // A file has no width: nothing is folded there.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFile;
        AnsiConsole.Write(table);
    }
}
