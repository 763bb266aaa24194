using Spectre.Console;

namespace MarketMaker.Demo;

/// <summary>The page of a run of several engines: narrow enough for any terminal.</summary>
internal static class NodesPage
{
    public static void Print(NodesReport report, string folder)
    {
        Table page = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn(new TableColumn("value"));
        foreach (NodeReport node in report.Nodes)
        {
            Section(page, node.Name, $"{node.Slice}, block of ids {node.Block}");
            Row(page, "offers of its slice", $"{node.OffersOwn:N0} of {node.OffersSeen:N0} seen");
            Row(page, "executes sent, races won", $"{node.ExecutesSent:N0}, {node.Wins:N0}");
            Row(page, "venue = journal = database", $"{node.VenueExecutions:N0} = {node.JournalRows:N0} = {node.DatabaseRows:N0}");
            Row(page, "cash + stock - opening cash", $"{node.Cash:N2} + {node.InventoryValue:N2} - {node.OpeningCash:N2} = {node.Cash + node.InventoryValue - node.OpeningCash:N2}");
        }

        Section(page, "Together", report.SharedBlocks == 0 ? "no block of ids is shared" : $"{report.SharedBlocks} blocks of ids are shared");
        Row(page, "offers of the slices", $"{report.OffersOwn:N0} of {report.OffersSent:N0} sent by the venue");
        Row(page, "venue = journals = database", $"{report.VenueExecutions:N0} = {report.JournalRows:N0} = {report.DatabaseRows:N0}");
        Row(page, "profit", $"{report.Profit:N2} dollars on {report.OpeningCash:N2} in {report.Seconds:N1} s");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(page);
        foreach (string problem in report.Problems) AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        AnsiConsole.WriteLine($"everything of this run is in {folder}");
        AnsiConsole.MarkupLine(report.Reconciled ? "[green]reconciled: every execution of the venue is in one journal and in the database, once[/]" : "[red]NOT reconciled[/]");
    }

    private static void Section(Table page, string title, string value) => page.AddRow(new Markup($"[bold]{title}[/]"), new Text(value));

    private static void Row(Table page, string what, string value) => page.AddRow(new Text("  " + what), new Text(value));
}
