namespace MarketMaker.Backtest.Results;

/// <summary>The document of all tables, written from the rows there are.</summary>
internal static class ResultsDocument
{
    /// <summary>The tables, in the order of the document.</summary>
    public static IReadOnlyList<ResultsTable> Tables { get; } = [new NineCells(), new WhatIsPossible(), new ClairvoyantShare(), new StalePrices(), new Refresh(), new Detection(), new VerdictsInMarket(), new SellingOff(), new Safety()];

    /// <summary>Writes it, whole or not at all.</summary>
    public static void Write(string file, ResultsFile rows)
    {
        string fresh = file + ".new";
        using (StreamWriter writer = new(fresh) { NewLine = "\n" })
        {
            writer.WriteLine("# Results");
            writer.WriteLine();
            writer.WriteLine("Written by `./build.sh results`; the runs behind it are in results.csv. Do not edit. README.md says what the market is like.");
            foreach (ResultsTable table in Tables)
            {
                writer.WriteLine();
                writer.WriteLine($"## {table.Title}");
                writer.WriteLine();
                if (table.Cells.Any(c => rows.Has(c.Name))) table.Write(writer, rows);
                else writer.WriteLine($"Not run yet: `./build.sh results --cell {table.Name}`.");
            }
        }

        File.Move(fresh, file, overwrite: true);
    }
}
