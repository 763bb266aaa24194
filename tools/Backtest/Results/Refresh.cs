using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>What staleness costs under a budget of requests, against the formula that knows everything and against equal rates.</summary>
internal sealed class Refresh : ResultsTable
{
    private const string Known = "known";
    private const string Learned = "learned";

    public override string Name => "refresh";

    public override string Title => "Refreshing prices";

    public override IReadOnlyList<Cell> Cells { get; } = [CellOf(500), CellOf(2_000), CellOf(5_000)];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine(FormattableString.Invariant($"{RefreshJob.Tickers:N0} tickers, {RefreshJob.OffersPerSecond:N0} offers a second near the threshold by Zipf(1), lognormal volatility (deviation of the logarithm 0.7), {RefreshJob.Seconds:N0} s after as long to"));
        writer.WriteLine("warm up. Loss is offers x volatility^2 x age, added up exactly, of the engine's own schedule; the formula has rates of volatility x root of the offers, both known.");
        writer.WriteLine("Goals: at most 1.25 times the formula with learned weights, at most 0.5 times equal rates.");
        writer.WriteLine();
        writer.WriteLine("| requests a second | seeds | learned / formula | known / formula | learned / equal rates |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            writer.WriteLine($"| {cell.Name["refresh/".Length..]} | {rows.Seeds(cell.Name, Learned).Length} | {Ratio(Learned, "stale_loss_formula")} | {Ratio(Known, "stale_loss_formula")} | {Ratio(Learned, "stale_loss_equal")} |");

            string Ratio(string label, string basis) => Estimate.OfRatio(rows.Values(cell.Name, label, "stale_loss"), rows.Values(cell.Name, label, basis)).Text("F3");
        }
    }

    private static Cell CellOf(int budget) =>
        new($"refresh/{budget}", [(Learned, new RefreshJob(budget, IsKnown: false)), (Known, new RefreshJob(budget, IsKnown: true))]);
}
