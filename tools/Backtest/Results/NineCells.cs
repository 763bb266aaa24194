using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>Capital tight, middle, ample against competitors 0, changing, 8: the engine's modes against the fixed rule and the best fixed pair.</summary>
internal sealed class NineCells : ResultsTable
{
    private static readonly string[] Capitals = ["tight", "middle", "ample"];
    private static readonly string[] Competitors = ["0", "changing", "8"];
    private static readonly int[] BuyGridPpm = [2_500, 5_000, 7_500, 10_000, 13_000, 17_000, 22_000, 30_000];
    private static readonly int[] SellGridPpm = [2_500, 5_000, 10_000];

    public override string Name => "nine";

    public override string Title => "Profit in nine markets";

    public override IReadOnlyList<Cell> Cells { get; } = [.. Capitals.SelectMany(capital => Competitors.Select(competitors => CellOf(capital, competitors)))];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("Capital is 1.4, 4.5 or 14 % of what sellers offer in the day at 1 % or more. Each figure is a ratio of profits summed over the same seeds,");
        writer.WriteLine("with its 95 % interval. The best pair is chosen in hindsight from 24 static (buy, sell) pairs, for each cell, on the same days.");
        writer.WriteLine();
        writer.WriteLine("Plain is the fixed 1 % rule without the limits on shares of the capital (5 % a ticker, 95 % in all); fixed, and every static pair, has them as the engine has.");
        writer.WriteLine();
        writer.WriteLine("| capital, competitors | seeds | fixed 1 %, $ a day | strict / fixed | strict / plain | adaptive / fixed | adaptive / plain | best pair, bp | adaptive / best pair |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|---|");
        List<double> strictRatios = [];
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            double[] fixedRule = rows.Values(cell.Name, "fixed", "profit");
            double[] plain = rows.Values(cell.Name, "plain", "profit");
            double[] strictProfit = rows.Values(cell.Name, "strict", "profit");
            double[] adaptive = rows.Values(cell.Name, "adaptive", "profit");
            Estimate strict = Estimate.OfRatio(strictProfit, fixedRule);
            strictRatios.Add(strict.Value);
            (string pair, double[] best) = BestPair(cell, rows);
            writer.WriteLine($"| {cell.Name["nine/".Length..].Replace("-", ", ")} | {fixedRule.Length} | {Estimate.OfMean([.. fixedRule.Select(p => p / 10_000)]).Text("N0")} | {strict.Text("F2")} | {Estimate.OfRatio(strictProfit, plain).Text("F2")} | {Estimate.OfRatio(adaptive, fixedRule).Text("F2")} | {Estimate.OfRatio(adaptive, plain).Text("F2")} | {pair} | {Estimate.OfRatio(adaptive, best).Text("F2")} |");
        }

        if (strictRatios.Count > 0) writer.WriteLine(FormattableString.Invariant($"\nMean of strict / fixed over these cells: {strictRatios.Average():F3}, least {strictRatios.Min():F3}."));
    }

    private static (string Pair, double[] Profits) BestPair(Cell cell, ResultsFile rows)
    {
        string best = cell.Runs.Select(r => r.Label).Where(l => l.StartsWith("static", StringComparison.Ordinal)).MaxBy(l => rows.Values(cell.Name, l, "profit").Sum())!;
        string[] parts = best.Split(':');
        return ($"{int.Parse(parts[1]) / 100}, {int.Parse(parts[2]) / 100}", rows.Values(cell.Name, best, "profit"));
    }

    private static Cell CellOf(string capital, string competitors)
    {
        World world = new World().With("capital", capital).With("competitors", competitors);
        List<Policy> policies = [PolicyList.Fixed, PolicyList.Plain, PolicyList.Strict, PolicyList.Adaptive];
        policies.AddRange(BuyGridPpm.SelectMany(buy => SellGridPpm.Select(sell => PolicyList.Static(buy, sell))));
        return new Cell($"nine/{capital}-{competitors}", [.. policies.Select(p => (p.Name, new Job(world, p, 0)))]);
    }
}
