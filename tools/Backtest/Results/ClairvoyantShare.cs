using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>What share of the best possible the policies earn, at the same floor, and how much of the rest only knowledge of the future earns.</summary>
internal sealed class ClairvoyantShare : ResultsTable
{
    private const string Best = "best:10000";
    private const string SeesFiveMinutes = "sees:300:10000";
    private const string SeesHalfAnHour = "sees:1800:10000";
    private const string WithoutDayLimits = "strict without the day's limits";
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
        writer.WriteLine("None of them stops at 7 or 10 % of a ticker's move in a day, as the engine does: what that costs, strict without the day's limits shows.");
        writer.WriteLine();
        writer.WriteLine("| capital, competitors | seeds | optimum, $ a day | optimum / fixed | fixed 1 % | strict | strict without the day's limits | sees 5 min | sees 30 min |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Dictionary<string, List<double>> strictShares = [];
        foreach (Cell cell in Cells.Where(c => rows.ArePaired(c.Name, Best, Best)))
        {
            double[] best = Net(rows, cell.Name, Best);
            string[] names = cell.Name["share/".Length..].Split('-');
            if (rows.ArePaired(cell.Name, "strict", Best))
            {
                if (!strictShares.TryGetValue(names[0], out List<double>? shares)) strictShares[names[0]] = shares = [];
                shares.Add(Estimate.OfRatio(Net(rows, cell.Name, "strict"), best).Value * 100);
            }

            string over = rows.ArePaired(cell.Name, "fixed", Best) ? Estimate.OfRatio(best, Net(rows, cell.Name, "fixed")).Text("F2") : "not run";
            writer.WriteLine($"| {names[0]}, {names[1]} | {best.Length} | {Estimate.OfMean([.. best.Select(p => p / 10_000)]).Text("N0")} | {over} | {Share("fixed")} | {Share("strict")} | {Share(WithoutDayLimits)} | {Share(SeesFiveMinutes)} | {Share(SeesHalfAnHour)} |");

            string Share(string label) => rows.ArePaired(cell.Name, label, Best) ? $"{Estimate.OfRatio([.. Net(rows, cell.Name, label).Select(p => p * 100)], best).Text("F1")} %" : "not run";
        }

        if (strictShares.Count > 0)
            writer.WriteLine($"\nStrict, mean over the cells of each capital: {string.Join(", ", strictShares.Select(s => FormattableString.Invariant($"{s.Key} {s.Value.Average():F1} %")))}.");
    }

    /// <summary>Edge less the cost of being rid of what is left; a foreseeing trader's figures have paid it already and leave nothing.</summary>
    internal static double[] Net(ResultsFile rows, string cell, string label) =>
        [.. rows.Values(cell, label, "edge_profit").Zip(rows.Values(cell, label, "leftover_stock"), (edge, left) => edge - left * LiquidationShare)];

    private static Cell CellOf(string capital, string competitors)
    {
        World world = new World().With("capital", capital).With("competitors", competitors);
        string[] names = ["fixed", "strict", Best, SeesFiveMinutes, SeesHalfAnHour];
        return new Cell(
            $"share/{capital}-{competitors}",
            [.. names.Select(name => (name, new Job(world, PolicyList.Parse(name), 0))), (WithoutDayLimits, new Job(world, PolicyList.WithoutDayLimits(PolicyList.Strict), 0))]);
    }
}
