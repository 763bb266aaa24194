using System.Globalization;
using MarketMaker.Contracts;
using Spectre.Console;

namespace MarketMaker.Demo;

/// <summary>The page at the end, and the line each second.</summary>
internal static class DemoPage
{
    private const int WidthOfFile = 160;

    public static string Progress(int second, EngineWatch watch)
    {
        long sent = watch.Sum(Counter.ExecutionSent);
        long wins = watch.Sum(Counter.ExecutionWins);
        return string.Create(CultureInfo.InvariantCulture,
            $"{second,4} s  offers {watch.Sum(Counter.FeedOffersSeen),12:N0}  executes {sent,8:N0}  won {100.0 * wins / Math.Max(1, sent),4:F1} %  "
            + $"durable {watch.Current?.Read(Counter.JournalBooked),7:N0}");
    }

    public static void Print(DemoReport report, string folder)
    {
        // A file has no width: nothing is folded there.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFile;
        Table page = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn(new TableColumn("value"));
        Section(page, "Offered");
        Row(page, "offers sent by the venue", $"{report.OffersSent:N0} in {report.Seconds:N1} s at {report.Rate:N0}/s; generator late by at most {report.GeneratorLagMaxMs:N1} ms");
        Row(page, "offers seen by the engine", $"{report.OffersSeen:N0}; feed lost {report.FeedLost:N0}, kernel dropped {report.KernelDrops:N0}, gaps {report.Gaps:N0}");
        foreach ((string reason, long count) in report.Refused.OrderByDescending(entry => entry.Value)) Row(page, $"  refused, {reason}", $"{count:N0}");
        Section(page, "Taken");
        Row(page, "executes sent", $"{report.ExecutesSent:N0} ({report.ExecutesPerSecond:N0}/s over the last third)");
        Row(page, "races won", $"{report.Wins:N0} of {report.ExecutesSent:N0} = {100.0 * report.Wins / Math.Max(1, report.ExecutesSent):F1} %; lost {report.Losses:N0}, rejected {report.Rejects:N0}, unknown {report.Unknown:N0}");
        Row(page, "executions", $"{report.Executions:N0} ({report.ExecutionsPerSecond:N0}/s over the last third); {report.Buys:N0} buys, {report.Sells:N0} sales, {report.BrokenTrades:N0} broken");
        Section(page, "Earned");
        Row(page, "profit", $"{report.Profit:N2} dollars: cash {report.Cash:N2} + stock at fair prices {report.InventoryValue:N2} - opening cash");
        Section(page, "Latency", "us: p50 / p90 / p99 / p99.9 / max, count");
        Latency(page, "tick to order", report.TickToOrderNs);
        Latency(page, "order to answer", report.OrderToAnswerNs);
        Latency(page, "answer to durable", report.AnswerToDurableNs);
        Latency(page, "verdict to flag", report.VerdictToFlagNs);
        Section(page, "Verdicts");
        VerdictFindings verdicts = report.Verdicts;
        Row(page, "tickers that turned wild", $"{verdicts.WildTickers:N0}; called volatile {verdicts.Found:N0}, after {verdicts.SecondsToFindMedian:N1} s (median) and {verdicts.SecondsToFindMax:N1} s at most");
        Row(page, "others called so", $"{verdicts.Others:N0}: their prices jumped, or it was chance");
        Row(page, "heard by the engine", $"{report.VerdictChanges:N0} changes of a ticker; every ticker only sold for want of verdicts {report.VerdictStops:N0} time(s)");
        Row(page, "not bought for a verdict", $"{Refused(report, RefusalReason.SellOnly):N0} offers of tickers that are only sold; {Refused(report, RefusalReason.Denied):N0} offers of denied ones");
        Row(page, "sold off", $"{report.SoldOff.Executions:N0} executions of volatile stock in {report.SoldOff.Tickers:N0} tickers below the usual edge: {report.SoldOff.Dollars:N2} dollars, {report.SoldOff.EdgeDollars:+#,0.00;-#,0.00;0.00} against the fair prices");
        Section(page, "Engine");
        Row(page, "start to first offer judged", $"{report.StartupMs:N0} ms; started {report.EngineStarts} time(s)");
        string memory = report.AllocatedBytes is null ? "not measured, the run was shorter than its warm-up" : $"{report.GcCollections:N0} collections, {report.AllocatedBytes:N0} bytes allocated";
        Row(page, "after warm-up", $"{memory}; {report.RssAnonBytes / 1048576.0:N1} MiB of anonymous memory");
        Section(page, "Reconciliation");
        Row(page, "venue = journal = database", $"{report.VenueExecutions:N0} = {report.JournalRows:N0} = {report.DatabaseRows:N0}");
        Row(page, "offers seen = refused + sent", report.OffersAccounted ? "yes" : "no");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(page);
        foreach (string problem in report.Problems) AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        AnsiConsole.WriteLine($"everything of this run is in {folder}");
        AnsiConsole.MarkupLine(report.Reconciled ? "[green]reconciled: every execution of the venue is in journal and database, once[/]" : "[red]NOT reconciled[/]");
    }

    private static long Refused(DemoReport report, RefusalReason reason) => report.Refused.TryGetValue(reason.ToString(), out long count) ? count : 0;

    private static void Section(Table page, string title, string value = "") => page.AddRow(new Markup($"[bold]{title}[/]"), new Text(value));

    private static void Row(Table page, string what, string value) => page.AddRow(new Text("  " + what), new Text(value));

    private static void Latency(Table page, string what, Percentiles ns) =>
        Row(page, what, $"{ns.P50 / 1e3:N1} / {ns.P90 / 1e3:N1} / {ns.P99 / 1e3:N1} / {ns.P999 / 1e3:N1} / {ns.Max / 1e3:N1}, {ns.Count:N0}");
}
