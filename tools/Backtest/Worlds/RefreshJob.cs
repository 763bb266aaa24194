using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;

namespace MarketMaker.Backtest.Worlds;

/// <summary>No session but the refreshes of one: what staleness costs with the engine's schedule, with the best rates there are and with equal ones.</summary>
/// <param name="RequestsPerSecond">The budget.</param>
/// <param name="IsKnown">Whether volatility and offers are known, or both have to be learned.</param>
internal sealed record RefreshJob(int RequestsPerSecond, bool IsKnown) : Job(new World(), PolicyList.Fixed, 0)
{
    /// <summary>The mission's tickers.</summary>
    public const int Tickers = 5_000;

    /// <summary>Offers near the threshold, over all tickers.</summary>
    public const double OffersPerSecond = 25_000;

    /// <summary>Counted, after as long that is not.</summary>
    public const double Seconds = 600;

    // The file keeps whole numbers.
    private const double Scale = 1_000;

    public override RunResult Run(CancellationToken stop, int seriesSeconds = 0)
    {
        stop.ThrowIfCancellationRequested();
        RefreshModel model = new(Tickers, OffersPerSecond, unchecked((int)Seed));
        double loss = model.ScheduleLoss(RequestsPerSecond, IsKnown, Seconds, Seconds);
        return RunResult.OfFigures(
            ("stale_loss", (long)(loss * Scale)),
            ("stale_loss_formula", (long)(model.FormulaLoss(RequestsPerSecond) * Scale)),
            ("stale_loss_equal", (long)(model.UniformLoss(RequestsPerSecond) * Scale)));
    }
}
