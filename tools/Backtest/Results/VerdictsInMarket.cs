using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Results;

/// <summary>The estimator behind the joined market's prices: how soon the engine hears of tickers that turn wild, and how often of ones that do not.</summary>
internal sealed class VerdictsInMarket : ResultsTable
{
    private const int DaySeconds = 23_400;
    private const int MarketSeconds = 9_000;
    private const int Tickers = 50;
    private const string Session = "session";

    public override string Name => "verdicts";

    public override string Title => "Verdicts in the joined market";

    public override IReadOnlyList<Cell> Cells { get; } = [CellOf(4), CellOf(3)];

    public override void Write(TextWriter writer, ResultsFile rows)
    {
        writer.WriteLine("50 tickers of different volatility, which the service knows of the days before: a fifth of them turns wild after an hour and a half, to the end of a session of two");
        writer.WriteLine("and a half hours; 20 requests a second over all, no jumps. Times are from the rise to the engine's hearing of it. A wild ticker that is not found was called volatile before it rose.");
        writer.WriteLine();
        writer.WriteLine("| rise | sessions | wild tickers | found | mean, s | longest, s | false verdicts a calm ticker-day |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Cell cell in Cells.Where(c => rows.Has(c.Name)))
        {
            (double wild, double found) = (Sum("wild_tickers"), Sum("wild_found"));
            int sessions = rows.Seeds(cell.Name, Session).Length;
            double calmDays = (sessions * Tickers - wild) * MarketSeconds / DaySeconds;
            double longest = rows.Values(cell.Name, Session, "wild_found_ms_max").Max() / 1_000;
            writer.WriteLine(FormattableString.Invariant($"| {cell.Name["verdicts/".Length..]} | {sessions} | {wild:N0} | {found:N0} | {Sum("wild_found_ms") / found / 1_000:F1} | {longest:F1} | {Sum("false_verdicts") / calmDays:F4} ({Sum("false_verdicts"):N0} in {calmDays:F0}) |"));

            double Sum(string figure) => rows.Values(cell.Name, Session, figure).Sum();
        }
    }

    // Few offers: it is the prices that are looked at.
    private static Cell CellOf(int factor)
    {
        World world = new World().With("seconds", $"{MarketSeconds}").With("offers-per-day", "5000").With("competitors", "0").With("capital", "1000000").With("jumps", "0")
            .With("wild-share", "0.2").With("wild-factor", $"{factor}").With("wild-from", "5400").With("verdict-requests", "20");
        return new Cell($"verdicts/{factor}x", [(Session, new Job(world, PolicyList.Strict, 0))]);
    }
}
