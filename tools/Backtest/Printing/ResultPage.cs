using System.Globalization;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;
using Spectre.Console;

namespace MarketMaker.Backtest.Printing;

/// <summary>A run on a page.</summary>
internal static class ResultPage
{
    private const int WidthOfFile = 250;

    public static void Print(Job job, RunResult result, TimeSpan processorTime)
    {
        // A file has no width: nothing is folded there.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFile;
        string settings = string.Join(' ', job.World.Settings.Concat(job.Policy.Settings.Select(s => ($"decision.{s.Key}", s.Value))).Select(s => $"{s.Item1}={s.Item2}"));
        AnsiConsole.WriteLine($"policy {job.Policy.Name}, seed {job.Seed}, {(settings.Length == 0 ? "default settings" : settings)}");
        AnsiConsole.Write(Money(result));
        AnsiConsole.Write(Trading(result));
        AnsiConsole.Write(Refusals(result));
        AnsiConsole.Write(Wins(result));
        AnsiConsole.WriteLine($"{result["offers"]:N0} offers in {processorTime.TotalSeconds:F2} s of the processor: {result["offers"] / Math.Max(0.001, processorTime.TotalSeconds):N0} a second of a core");
        foreach (string violation in result.Violations) AnsiConsole.WriteLine(violation);
        AnsiConsole.WriteLine(result["violations"] == 0 ? $"every one of {result["orders"]:N0} orders kept every rule" : $"{result["violations"]:N0} RULES BROKEN");
    }

    /// <summary>An amount in dollars.</summary>
    public static string Dollars(long amount) => (amount / (decimal)Contracts.Money.UnitsPerDollar).ToString("N2", CultureInfo.InvariantCulture);

    private static Table Money(RunResult result)
    {
        Table table = New("Money, dollars");
        foreach (string name in (ReadOnlySpan<string>)[
            "start_cash", "profit", "edge_profit", "bad_trade_loss", "liquidation_cost", "leftover_stock", "capital_used_mean", "capital_used_max", "bought", "sold", "paying_sellers_value"])
            table.AddRow(Words(name), Dollars(result[name]));
        return table;
    }

    private static Table Trading(RunResult result)
    {
        Table table = New("Trading");
        foreach (string name in (ReadOnlySpan<string>)[
            "offers", "paying_offers", "orders", "orders_won", "fills", "bad_trades", "price_requests", "price_requests_urgent", "price_answers_refused"])
            table.AddRow(Words(name), result[name].ToString("N0", CultureInfo.InvariantCulture));
        return table;
    }

    private static Table Refusals(RunResult result)
    {
        Table table = New("Offers passed on");
        for (int i = 1; i < result.Verdicts.Count; i++)
        {
            if (result.Verdicts[i] > 0) table.AddRow($"{(RefusalReason)i}", result.Verdicts[i].ToString("N0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static Table Wins(RunResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("Edge, bp").AddColumn(new TableColumn("Orders").RightAligned()).AddColumn(new TableColumn("Won").RightAligned());
        for (int i = 0; i < result.SentByEdge.Count; i++)
        {
            long sent = result.SentByEdge[i];
            if (sent == 0) continue;
            int bp = i * RunStatistics.BucketPpm / 100;
            table.AddRow($"{bp} to {bp + RunStatistics.BucketPpm / 100}", $"{sent:N0}", $"{100.0 * result.WonByEdge[i] / sent:F1} %");
        }

        return table;
    }

    private static Table New(string title) =>
        new Table().Border(TableBorder.Simple).AddColumn(title).AddColumn(new TableColumn("").RightAligned());

    private static string Words(string name) => name.Replace('_', ' ');
}
