using System.Globalization;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>How soon the volatility service finds a rise, and how often it finds one where there is none: single walks, and the joined market.</summary>
internal sealed class Detection : ResultsTable
{
    private const int DaysPerSeed = 25;
    private const int DaySeconds = 23_400;
    private const int MarketSeconds = 9_000;
    private const string Usual = "usual";
    private const string Joined = "volatility/market-";

    private static readonly (string Name, double Factor)[] Rises = [("4x", 4), ("2.5x", 2.5)];

    public override string Name => "volatility";

    public override string Title => "Finding volatility";

    public override IReadOnlyList<Cell> Cells { get; } = [WalkOf(1_000), WalkOf(2_500), WalkOf(10_000), MarketOf(4), MarketOf(3)];

    public override IEnumerable<ulong> Seeds(IReadOnlyList<ulong> asked) => asked.SelectMany(seed => Enumerable.Range(0, DaysPerSeed).Select(day => seed * 1_003 + (ulong)day));

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("A random walk of 2 % a day that rises after half an hour; a false verdict is one of a rise or a jump in a whole day without. Goals: a rise to 4 times found");
        writer.WriteLine("within 90 s, to 2.5 times within 300 s, at most 0.1 false verdicts a ticker and day.");
        writer.WriteLine();
        writer.WriteLine("| a price each | walks | 4x found, s: median / 90 % / longest | 2.5x found, s: median / 90 % / longest | false verdicts a ticker-day |");
        writer.WriteLine("|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name) && !c.Name.StartsWith(Joined, StringComparison.Ordinal)))
        {
            double[] usual = rows.Values(cell.Name, Usual, "false_verdicts");
            writer.WriteLine(FormattableString.Invariant($"| {cell.Name["volatility/".Length..]} | {usual.Length} | {Found(rows, cell.Name, "4x")} | {Found(rows, cell.Name, "2.5x")} | {usual.Average():F4} ({usual.Sum()} in {usual.Length}) |"));
        }

        writer.WriteLine();
        writer.WriteLine("The same estimator in the joined market of 50 tickers of different volatility: a fifth of them turns wild after an hour and a half, to the end of a session of two and");
        writer.WriteLine("a half hours; 20 requests a second over all, no jumps. Times are from the rise to the engine's hearing of it.");
        writer.WriteLine();
        writer.WriteLine("| market | sessions | wild tickers | found | mean, s | longest, s | false verdicts a calm ticker-day |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name) && c.Name.StartsWith(Joined, StringComparison.Ordinal)))
        {
            double wild = Sum("wild_tickers"), found = Sum("wild_found");
            int sessions = rows.Seeds(cell.Name, Usual).Length;
            double calmDays = (sessions * 50 - wild) * MarketSeconds / DaySeconds;
            writer.WriteLine(FormattableString.Invariant($"| {cell.Name[Joined.Length..]} | {sessions} | {wild:N0} | {found:N0} | {Sum("wild_found_ms") / found / 1_000:F1} | {rows.Values(cell.Name, Usual, "wild_found_ms_max").Max() / 1_000:F1} | {Sum("false_verdicts") / calmDays:F4} ({Sum("false_verdicts"):N0} in {calmDays:F0}) |"));

            double Sum(string figure) => rows.Values(cell.Name, Usual, figure).Sum();
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

    // Few offers: it is the prices that are looked at.
    private static Cell MarketOf(int factor)
    {
        World world = new World().With("seconds", $"{MarketSeconds}").With("offers-per-day", "5000").With("competitors", "0").With("capital", "1000000").With("jumps", "0")
            .With("wild-share", "0.2").With("wild-factor", $"{factor}").With("wild-from", "5400").With("verdict-requests", "20");
        return new Cell($"{Joined}{factor}x", [(Usual, new Job(world, PolicyList.Strict, 0))]);
    }
}
