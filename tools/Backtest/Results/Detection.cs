using System.Globalization;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>How soon the volatility service finds a rise in one ticker's walk, and how often it finds one where there is none.</summary>
internal sealed class Detection : ResultsTable
{
    private const int DaysPerSeed = 25;
    private const string Usual = "usual";

    private static readonly (string Name, double Factor)[] Rises = [("4x", 4), ("2.5x", 2.5)];

    public override string Name => "volatility";

    public override string Title => "Finding volatility";

    public override IReadOnlyList<Cell> Cells { get; } = [WalkOf(1_000), WalkOf(2_500), WalkOf(10_000)];

    public override IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked.SelectMany(seed => Enumerable.Range(0, DaysPerSeed).Select(day => seed * 1_003 + (ulong)day));

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("A random walk of 2 % a day that rises after half an hour; a false verdict is one of a rise or a jump in a whole day without. Goals: a rise to 4 times found");
        writer.WriteLine("within 90 s, to 2.5 times within 300 s, at most 0.1 false verdicts a ticker and day.");
        writer.WriteLine();
        writer.WriteLine("| a price each | walks | 4x found, s: median / 90 % / longest | 2.5x found, s: median / 90 % / longest | false verdicts a ticker-day |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            double[] usual = rows.Values(cell.Name, Usual, "false_verdicts");
            writer.WriteLine(FormattableString.Invariant($"| {cell.Name["volatility/".Length..]} | {usual.Length} | {Found(rows, cell.Name, "4x")} | {Found(rows, cell.Name, "2.5x")} | {usual.Average():F4} ({usual.Sum()} in {usual.Length}) |"));
        }
    }

    private static string Found(ResultsFile rows, string cell, string label)
    {
        double[] seconds = [.. rows.Values(cell, label, "wild_found_ms").Zip(rows.Values(cell, label, "wild_found"), (ms, found) => found == 0 ? double.PositiveInfinity : ms / 1_000).Order()];
        string Text(double value) => double.IsInfinity(value) ? "not within an hour" : value.ToString("F1", CultureInfo.InvariantCulture);
        return $"{Text(seconds[seconds.Length / 2])} / {Text(seconds[seconds.Length * 9 / 10])} / {Text(seconds[^1])}";
    }

    private static Cell WalkOf(int pollMs) => new(
        FormattableString.Invariant($"volatility/{pollMs / 1_000.0} s"),
        [.. Rises.Select(rise => (rise.Name, (Job)new DetectionJob(rise.Factor, pollMs))), (Usual, new DetectionJob(1, pollMs))]);
}
