using Spectre.Console;

namespace MarketMaker.Demo;

/// <summary>The page of a run of several engines.</summary>
internal static class NodesPage
{
    public static void Print(NodesReport report, string folder)
    {
        Table page = new Table().Border(TableBorder.Simple).AddColumns("node", "slice", "block of ids");
        foreach (string title in (ReadOnlySpan<string>)["own offers", "sent", "won", "venue = journal = database", "opening cash", "cash + stock"]) page.AddColumn(new TableColumn(title).RightAligned());
        foreach (NodeReport node in report.Nodes)
        {
            page.AddRow(node.Name, node.Slice, $"{node.Block}", $"{node.OffersOwn:N0}", $"{node.ExecutesSent:N0}", $"{node.Wins:N0}",
                $"{node.VenueExecutions:N0} = {node.JournalRows:N0} = {node.DatabaseRows:N0}", $"{node.OpeningCash:N2}", $"{node.Cash + node.InventoryValue:N2}");
        }

        page.AddRow("together", "", report.SharedBlocks == 0 ? "none shared" : $"{report.SharedBlocks} shared", $"{report.OffersOwn:N0} of {report.OffersSent:N0}", $"{report.Nodes.Sum(node => node.ExecutesSent):N0}",
            $"{report.Nodes.Sum(node => node.Wins):N0}", $"{report.VenueExecutions:N0} = {report.JournalRows:N0} = {report.DatabaseRows:N0}", $"{report.OpeningCash:N2}", $"{report.OpeningCash + report.Profit:N2}");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(page);
        foreach (string problem in report.Problems) AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        AnsiConsole.WriteLine($"profit of all nodes in {report.Seconds:N1} s: {report.Profit:N2} dollars");
        AnsiConsole.WriteLine($"everything of this run is in {folder}");
        AnsiConsole.MarkupLine(report.Reconciled ? "[green]reconciled: every execution of the venue is in one journal and in the database, once[/]" : "[red]NOT reconciled[/]");
    }
}
