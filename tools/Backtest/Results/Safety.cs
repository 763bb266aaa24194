using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>A thousand days with everything wrong: not one order beyond the collar, beyond a limit or in a denied ticker.</summary>
internal sealed class Safety : ResultsTable
{
    private const int DaysPerSeed = 13;
    private const string Narrowed = "-narrow";

    private static readonly (string Key, string Value)[] Narrow =
    [
        ("orders-in-flight-max", "1"), ("ticker-sends-per-second-max", "1"), ("ticker-wins-per-minute-max", "1"), ("order-notional-max", "1500"),
        ("ticker-used-max-ppm", "10000"), ("capital-used-max-ppm", "400000"),
    ];

    public override string Name => "safety";

    public override string Title => "Safety";

    public override IReadOnlyList<Cell> Cells { get; } = [CellOf("strict"), CellOf("adaptive"), CellOf("strict", Narrowed), CellOf("adaptive", Narrowed)];

    // Twenty seeds make 260 days of each cell, 1,040 in all; every seed stands for days of its own.
    public override IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked.SelectMany(seed => Enumerable.Range(0, DaysPerSeed).Select(day => seed * 1_000_003 + (ulong)day));

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("Whole days of 50 tickers and 100,000 offers, 500,000 dollars, 8 % volatility and 20 jumps a day, 2 % of the price answers wrong, 20 stalls of the price service and");
        writer.WriteLine("20 silences of the verdicts of up to a minute, 2,000 changes of a ticker's verdict a day, broken trades and dead orders. A checker of its own looks at every order: collar, floor, age of the");
        writer.WriteLine("price, verdicts, denylist, the day's move and loss, worth, shares of the capital, cash, stock, orders in flight, in any second and of a ticker in any second, wins in any minute.");
        writer.WriteLine("Half of the days have the engine's own limits, which a market of this size seldom reaches; narrow is 1 order in flight (for 200 ms), 1 a second of a ticker, 1 win a minute of one, 1,500 dollars an");
        writer.WriteLine("order, 1 % of the capital a ticker and 40 % in all, so that they refuse and clip all day long.");
        writer.WriteLine();
        writer.WriteLine("| mode, limits | days | offers | orders | rules broken |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
            writer.WriteLine($"| {cell.Name["safety/".Length..].Replace("-", ", ")} | {rows.Seeds(cell.Name, "day").Length:N0} | {Sum(cell, "offers"):N0} | {Sum(cell, "orders"):N0} | {Sum(cell, "violations"):N0} |");

        double Sum(Cell cell, string figure) => rows.Values(cell.Name, "day", figure).Sum();
    }

    private static Cell CellOf(string mode, string limits = "")
    {
        Policy policy = PolicyList.Parse(mode);
        World world = new World().With("capital", "500000").With("offers-per-day", "100000").With("requests-per-second", "10").With("tick-ms", "200")
            .With("price-step-ms", "1000").With("competitors", "changing").With("volatility", "8").With("jumps", "20").With("bad-price-share", "0.02").With("stalls", "20")
            .With("silences", "20").With("verdicts", "2000").With("split-share", "0.2").With("dead-share", "0.001").With("break-share", "0.0005");
        if (limits == Narrowed) (policy, world) = (policy.With(Narrow), world.With("latency", "200000:0.6"));
        return new Cell($"safety/{mode}{limits}", [("day", new Job(world, policy, 0))]);
    }
}
