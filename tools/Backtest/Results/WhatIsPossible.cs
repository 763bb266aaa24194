using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>How much more than the fixed rule anybody could earn with floors of 25 bp, and what part of it adaptive reaches: a goal above it cannot be met.</summary>
internal sealed class WhatIsPossible : ResultsTable
{
    // Half a million offers pay 25 bp: a bound takes ten times as long as one at 1 %.
    private const int SeedsMax = 5;
    private const string Best = "best:2500";
    private const string WithoutDayLimits = "adaptive without the day's limits";

    public override string Name => "possible";

    public override string Title => "What is possible with floors of 25 bp";

    public override IReadOnlyList<Cell> Cells { get; } = [.. ((string[])["tight", "middle", "ample"]).Select(CellOf)];

    public override IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked.Take(SeedsMax);

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("Without competitors, over the fixed 1 % rule; profit is edge at true prices less the cost of what is left. The optimum is a proven bound for whoever buys and sells at");
        writer.WriteLine("25 bp or more, knows the day and stops at no move of a ticker. At the floors is adaptive whose sales always ask 25 bp, the comparison with the optimum; adaptive itself may");
        writer.WriteLine("sell down to 5 bp and so is not bounded by it. Free is adaptive without the limits on a day's moves and losses.");
        writer.WriteLine();
        writer.WriteLine("| capital | seeds | optimum / fixed | at the floors / fixed | share of the optimum | adaptive / fixed | free / fixed |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            string share = rows.ArePaired(cell.Name, "unrelieved", Best)
                ? $"{Estimate.OfRatio([.. Net("unrelieved").Select(p => p * 100)], Net(Best)).Text("F1")} %"
                : "not run";
            writer.WriteLine($"| {cell.Name["possible/".Length..]} | {rows.Seeds(cell.Name, "fixed").Length} | {Ratio(Best)} | {Ratio("unrelieved")} | {share} | {Ratio("adaptive")} | {Ratio(WithoutDayLimits)} |");

            double[] Net(string label) => ClairvoyantShare.Net(rows, cell.Name, label);
            string Ratio(string label) => rows.ArePaired(cell.Name, label, "fixed") ? Estimate.OfRatio(Net(label), Net("fixed")).Text("F2") : "not run";
        }
    }

    private static Cell CellOf(string capital)
    {
        World world = new World().With("capital", capital).With("competitors", "0");
        Policy[] policies = [PolicyList.Fixed, PolicyList.Unrelieved, PolicyList.Adaptive, PolicyList.Parse(Best), PolicyList.WithoutDayLimits(PolicyList.Adaptive) with { Name = WithoutDayLimits }];
        return new Cell($"possible/{capital}", [.. policies.Select(p => (p.Name, new Job(world, p, 0)))]);
    }
}
