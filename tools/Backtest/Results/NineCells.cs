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
    // As low as the engine's floor of sales may fall. Below a floor of 50 bp on the other side it pays to sell so cheaply, above it hardly.
    private static readonly (int Buy, int Sell)[] CheapSales = [(2_500, 500), (5_000, 500)];

    public override string Name => "nine";

    public override string Title => "Profit in nine markets";

    public override IReadOnlyList<Cell> Cells { get; } = [.. Capitals.SelectMany(capital => Competitors.Select(competitors => CellOf(capital, competitors)))];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("Capital is 1.4, 4.5 or 14 % of what sellers offer in the day at 1 % or more. Each figure is a ratio of profits summed over the same seeds,");
        writer.WriteLine("with its 95 % interval. The best pair is chosen in hindsight, for each cell and on the same days, from as many static (buy, sell) pairs as it says; there are 24.");
        writer.WriteLine("The floors are 25 bp; adaptive may sell down to 5 bp for the capital that it frees. So the last columns have two static pairs more, whose sales pay 5 bp.");
        writer.WriteLine();
        writer.WriteLine("Plain is the fixed 1 % rule without the limits on shares of the capital (5 % a ticker, 95 % in all); fixed, and every static pair, has them as the engine has.");
        writer.WriteLine();
        writer.WriteLine("| capital, competitors | seeds | fixed 1 %, $ a day | strict / fixed | strict / plain | adaptive / fixed | adaptive / plain | best pair, bp | adaptive / it | with sales at 5 bp | adaptive / it |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        List<double> strictRatios = [];
        foreach (Cell cell in Cells.Where(c => rows.ArePaired(c.Name, "fixed", "fixed")))
        {
            double[] fixedRule = rows.Values(cell.Name, "fixed", "profit");
            if (rows.ArePaired(cell.Name, "strict", "fixed")) strictRatios.Add(Of("strict", "fixed").Value);
            (string pair, string against) = Best(SellGridPpm[0]);
            (string cheapPair, string againstCheap) = Best(0);
            writer.WriteLine($"| {cell.Name["nine/".Length..].Replace("-", ", ")} | {fixedRule.Length} | {Estimate.OfMean([.. fixedRule.Select(p => p / 10_000)]).Text("N0")} | {Ratio("strict", "fixed")} | {Ratio("strict", "plain")} | {Ratio("adaptive", "fixed")} | {Ratio("adaptive", "plain")} | {pair} | {against} | {cheapPair} | {againstCheap} |");

            Estimate Of(string label, string basis) => Estimate.OfRatio(rows.Values(cell.Name, label, "profit"), rows.Values(cell.Name, basis, "profit"));
            string Ratio(string label, string basis) => rows.ArePaired(cell.Name, label, basis) ? Of(label, basis).Text("F2") : "not run";
            (string Pair, string Against) Best(int leastSellPpm)
            {
                string[] pairs = [.. cell.Runs.Select(r => r.Label).Where(label => PairOf(label) is var (_, sell) && sell >= leastSellPpm && rows.ArePaired(cell.Name, label, "adaptive"))];
                if (pairs.Length == 0) return ("not run", "");
                string best = pairs.MaxBy(label => rows.Values(cell.Name, label, "profit").Sum())!;
                (int buyPpm, int sellPpm) = PairOf(best)!.Value;
                return ($"{buyPpm / 100}, {sellPpm / 100} of {pairs.Length}", Ratio("adaptive", best));
            }
        }

        if (strictRatios.Count > 0) writer.WriteLine(FormattableString.Invariant($"\nMean of strict / fixed over these cells: {strictRatios.Average():F3}, least {strictRatios.Min():F3}."));
    }

    private static (int Buy, int Sell)? PairOf(string label) =>
        label.Split(':') is ["static", var buy, var sell] ? (int.Parse(buy), int.Parse(sell)) : null;

    private static Cell CellOf(string capital, string competitors)
    {
        World world = new World().With("capital", capital).With("competitors", competitors);
        List<Policy> policies = [PolicyList.Fixed, PolicyList.Plain, PolicyList.Strict, PolicyList.Adaptive];
        policies.AddRange(BuyGridPpm.SelectMany(buy => SellGridPpm.Select(sell => PolicyList.Static(buy, sell))));
        policies.AddRange(CheapSales.Select(pair => PolicyList.Static(pair.Buy, pair.Sell)));
        return new Cell($"nine/{capital}-{competitors}", [.. policies.Select(p => (p.Name, new Job(world, p, 0)))]);
    }
}
