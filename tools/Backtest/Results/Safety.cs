using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>A thousand days with everything wrong: not one order beyond the collar, beyond a limit or in a denied ticker.</summary>
internal sealed class Safety : ResultsTable
{
    private const int DaysPerSeed = 25;

    public override string Name => "safety";

    public override string Title => "Safety";

    public override IReadOnlyList<Cell> Cells { get; } = [CellOf("strict"), CellOf("adaptive")];

    // Twenty seeds make 500 days of each mode; every seed stands for days of its own.
    public override IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked.SelectMany(seed => Enumerable.Range(0, DaysPerSeed).Select(day => seed * 1_000_003 + (ulong)day));

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("Whole days of 50 tickers and 500,000 offers, 8 % volatility and 20 jumps a day, 2 % of the price answers wrong, 20 stalls of the price service and");
        writer.WriteLine("20 silences of the verdicts of up to a minute, 2,000 changes of a ticker's verdict a day, broken trades and dead orders. A checker of its own looks at every order.");
        writer.WriteLine();
        writer.WriteLine("| mode | days | offers | orders | rules broken |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
            writer.WriteLine($"| {cell.Name["safety/".Length..]} | {rows.Seeds(cell.Name, "day").Length:N0} | {Sum(cell, "offers"):N0} | {Sum(cell, "orders"):N0} | {Sum(cell, "violations"):N0} |");

        double Sum(Cell cell, string figure) => rows.Values(cell.Name, "day", figure).Sum();
    }

    private static Cell CellOf(string mode)
    {
        World world = new World().With("competitors", "changing").With("volatility", "8").With("jumps", "20").With("bad-price-share", "0.02").With("stalls", "20")
            .With("silences", "20").With("verdicts", "2000").With("split-share", "0.2").With("dead-share", "0.001").With("break-share", "0.0005");
        return new Cell($"safety/{mode}", [("day", new Job(world, PolicyList.Parse(mode), 0))]);
    }
}
