using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>What becomes of the stock that is held when its ticker turns volatile: sold off, sold at the usual edge only, or left alone.</summary>
internal sealed class SellingOff : ResultsTable
{
    private const string SellOff = "sell-off";
    private const string UsualEdge = "usual edge";

    public override string Name => "sell-off";

    public override string Title => "Selling off";

    public override IReadOnlyList<Cell> Cells { get; } =
        [.. from thin in (bool[])[false, true] from competitors in (string[])["0", "8"] select CellOf(thin, competitors)];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("A quarter of the tickers moves 4 times as much as usual for half an hour in the middle of a session of three hours; verdicts come from the real estimator at 20 requests a");
        writer.WriteLine("second, jumps of the market included. Looked at is all stock held when its ticker is called volatile, from then to the verdict's end or the close, at true prices. A price falls");
        writer.WriteLine("as often as it rises, so what is compared is the sum over the positions that lost; doing nothing keeps the same shares. Goal: at most 50 %. Thin: 88 % of the offers around");
        writer.WriteLine("-50 bp, so that hardly anyone pays the fair price. The mean profit of a position, cost of the sell-off included, shows what that safety costs or earns.");
        writer.WriteLine();
        writer.WriteLine("| market, competitors | seeds | positions | loss / doing nothing | with the usual edge only | mean profit, bp: sold off | usual edge | doing nothing |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            writer.WriteLine($"| {cell.Name["sell-off/".Length..].Replace("-", ", ")} | {rows.Seeds(cell.Name, SellOff).Length} | {rows.Values(cell.Name, SellOff, "held_positions").Sum():N0} | {Loss(SellOff)} | {Loss(UsualEdge)} | {Profit(SellOff, "held_profit")} | {Profit(UsualEdge, "held_profit")} | {Profit(SellOff, "idle_profit")} |");

            string Loss(string label) => Percent(Estimate.OfRatio(rows.Values(cell.Name, label, "held_loss"), rows.Values(cell.Name, label, "idle_loss")));
            string Profit(string label, string figure) => Estimate.OfRatio([.. rows.Values(cell.Name, label, figure).Select(p => p * 10_000)], rows.Values(cell.Name, label, "held_value")).Text("F1");
        }
    }

    private static string Percent(Estimate estimate) => new Estimate(estimate.Value * 100, estimate.HalfWidth * 100).Text("F1") + " %";

    private static Cell CellOf(bool thin, string competitors)
    {
        World world = new World().With("seconds", "10800").With("capital", "ample").With("competitors", competitors).With("day-shape", "0")
            .With("wild-share", "0.25").With("wild-from", "5400").With("wild-for", "1800").With("verdict-requests", "20");
        if (thin) world = world.With("positive-share", "0.12");
        return new Cell(
            $"sell-off/{(thin ? "thin" : "strategy")}-{competitors}",
            [(SellOff, new Job(world, PolicyList.Strict, 0)), (UsualEdge, new Job(world, PolicyList.Strict.With([("sell-off-s", "0")]), 0))]);
    }
}
