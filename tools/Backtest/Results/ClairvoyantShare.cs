using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>What share of the best possible the policies earn, at the same floor, and how much of the rest only knowledge of the future earns.</summary>
internal sealed class ClairvoyantShare : ResultsTable
{
    private const string Best = "best:10000";
    private const string SeesFiveMinutes = "sees:300:10000";
    private const string SeesHalfAnHour = "sees:1800:10000";
    private const double LiquidationShare = 0.002;

    public override string Name => "share";

    public override string Title => "Share of the clairvoyant optimum";

    public override IReadOnlyList<Cell> Cells { get; } =
    [
        .. from capital in (string[])["tight", "middle", "ample"]
           from competitors in (string[])["0", "changing", "8"]
           select CellOf(capital, competitors),
    ];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("The clairvoyant knows every offer of the day and what an order of ours would win of it, with the same capital and the same floor of 1 %.");
        writer.WriteLine("Profit here is edge at true prices less the cost of what is left: moves of the prices, which nobody foresees, neither earn nor cost.");
        writer.WriteLine("His figure is a proven upper bound (a plan that can be carried out comes within some tenths of a percent), so every share is stated too low, never too high.");
        writer.WriteLine("A trader who sees 5 or 30 minutes ahead plans as well as the clairvoyant, but only so far: what he misses is information of the further future.");
        writer.WriteLine();
        writer.WriteLine("| capital, competitors | seeds | optimum, $ a day | fixed 1 % | strict | sees 5 min | sees 30 min |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            double[] best = Net(rows, cell.Name, Best);
            string Share(string label) => $"{Estimate.OfRatio([.. Net(rows, cell.Name, label).Select(p => p * 100)], best).Text("F1")} %";
            writer.WriteLine($"| {cell.Name["share/".Length..].Replace("-", ", ")} | {best.Length} | {Estimate.OfMean([.. best.Select(p => p / 10_000)]).Text("N0")} | {Share("fixed")} | {Share("strict")} | {Share(SeesFiveMinutes)} | {Share(SeesHalfAnHour)} |");
        }
    }

    /// <summary>Edge less the cost of being rid of what is left; a foreseeing trader's figures have paid it already and leave nothing.</summary>
    private static double[] Net(ResultsFile rows, string cell, string label) =>
        [.. rows.Values(cell, label, "edge_profit").Zip(rows.Values(cell, label, "leftover_stock"), (edge, left) => edge - left * LiquidationShare)];

    private static Cell CellOf(string capital, string competitors)
    {
        World world = new World().With("capital", capital).With("competitors", competitors);
        string[] names = ["fixed", "strict", Best, SeesFiveMinutes, SeesHalfAnHour];
        return new Cell($"share/{capital}-{competitors}", [.. names.Select(name => (name, new Job(world, PolicyList.Parse(name), 0)))]);
    }
}
