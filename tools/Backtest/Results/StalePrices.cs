using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>Slow prices against eight competitors who know the true one: what bad trades cost, and what is left of the all-knowing rule's profit.</summary>
internal sealed class StalePrices : ResultsTable
{
    private const string Stale = "stale";
    private const string AllKnowing = "all-knowing";

    public override string Name => "stale";

    public override string Title => "Stale prices";

    // A tenth of the time at twenty times the rate: as many offers in a cell, and an hour takes a minute less.
    public override IReadOnlyList<Cell> Cells { get; } =
    [
        CellOf("busy-calm", offersPerSecond: 100, seconds: 720, volatility: 2, jumps: 2),
        CellOf("busy-wild", offersPerSecond: 100, seconds: 720, volatility: 8, jumps: 20),
        CellOf("quiet-wild", offersPerSecond: 5, seconds: 3_600, volatility: 8, jumps: 20),
    ];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("40 tickers, 88 % of the offers around -50 bp, capital without bound, 8 competitors who know the true price; the service is polled every 10 s.");
        writer.WriteLine("The all-knowing rule has prices that are at most 50 ms old and takes the same threshold. Busy: 100 offers a second of each ticker for 12 minutes;");
        writer.WriteLine("quiet: 5 for an hour. Calm: 2 % a day and 2 jumps; wild: 8 % and 20. Profit is edge at the fill, so that luck with the stock does not count.");
        writer.WriteLine("The limits of the day (7 and 10 % from the open, loss of the day) are off on both sides: at 8 % a day they stop a sixth of the trade, whatever the price's age. Goals: at least");
        writer.WriteLine("97 % of the all-knowing rule, at most 3 % lost on bad trades.");
        writer.WriteLine();
        writer.WriteLine("| case | seeds | edge / all-knowing | loss on bad trades / edge | of the fixed rule: edge / all-knowing | loss | requests out of turn |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            double[] all = rows.Values(cell.Name, AllKnowing, "edge_profit");
            writer.WriteLine($"| {cell.Name["stale/".Length..].Replace("-", ", ")} | {all.Length} | {Share(Stale, "edge_profit")} | {Loss(Stale)} | {Share("fixed", "edge_profit")} | {Loss("fixed")} | {rows.Values(cell.Name, Stale, "price_requests_urgent").Average():N0} |");

            string Share(string label, string figure) => Percent(Estimate.OfRatio(rows.Values(cell.Name, label, figure), all));
            string Loss(string label) => Percent(Estimate.OfRatio(
                rows.Values(cell.Name, label, "bad_trade_loss"),
                [.. rows.Values(cell.Name, label, "edge_profit").Zip(rows.Values(cell.Name, label, "bad_trade_loss"), (edge, loss) => edge + loss)]));
        }
    }

    private static string Percent(Estimate estimate) => new Estimate(estimate.Value * 100, estimate.HalfWidth * 100).Text("F1") + " %";

    private static Cell CellOf(string name, int offersPerSecond, int seconds, int volatility, int jumps)
    {
        World world = new World().With("tickers", "40").With("capital", "1000000000").With("day-shape", "0").With("positive-share", "0.12")
            .With("offers-per-day", $"{offersPerSecond * 40L * 23_400}").With("seconds", $"{seconds}").With("volatility", $"{volatility}").With("jumps", $"{jumps}")
            .With("volatility-spread", "0").With("price-step-ms", "100").With("competitors", "8").With("liquidation-bp", "0");
        World slow = world.With("poll-seconds", "10").With("requests-per-second", "1000").With("price-latency", "20000:0.2");
        World fast = world.With("requests-per-second", "1000").With("price-latency", "1:0");
        return new Cell(
            $"stale/{name}",
            [(Stale, new Job(slow, PolicyList.WithoutDayLimits(PolicyList.Strict), 0)), ("fixed", new Job(slow, PolicyList.Naive, 0)), (AllKnowing, new Job(fast, PolicyList.Naive, 0))]);
    }
}
