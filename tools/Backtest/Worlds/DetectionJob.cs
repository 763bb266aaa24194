using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Backtest.Worlds;

/// <summary>No session but a ticker's day as <c>mm-volatility measure</c> walks it: how soon a rise is found, or how often there is none to find.</summary>
/// <param name="Factor">How many times the usual volatility, after half an hour; 1: it never rises.</param>
/// <param name="PollMs">Time between two prices.</param>
internal sealed record DetectionJob(double Factor, int PollMs) : Job(new World(), PolicyList.Fixed, 0)
{
    private const int UsualSeconds = 1_800;
    private const int DailyVolatilityPpm = 20_000;

    public override RunResult Run(CancellationToken stop, int seriesSeconds = 0)
    {
        stop.ThrowIfCancellationRequested();
        DetectionTrial day = new(new VolatilityOptions(), DailyVolatilityPpm, PollMs, unchecked((int)Seed));
        if (Factor == 1) return RunResult.OfFigures(("false_verdicts", day.FalseVerdictsInDay()));
        double? seconds = day.SecondsToFind(Factor, UsualSeconds);
        return RunResult.OfFigures(("wild_tickers", 1), ("wild_found", seconds is null ? 0 : 1), ("wild_found_ms", (long)(seconds * 1_000 ?? 0)));
    }
}
