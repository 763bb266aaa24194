using MarketMaker.OperatorConsole.Figures;

namespace MarketMaker.OperatorConsole.Serving;

/// <summary>What the page asks for each second.</summary>
/// <param name="Figures">Null while no engine was seen.</param>
/// <param name="Problem">Why there are none; null: there are.</param>
/// <param name="Next">The number of the point after the last: what the page asks from next time.</param>
/// <param name="Points">Of the charts: those that the page has not.</param>
internal sealed record PageData(EngineFigures? Figures, string? Problem, long Next, IReadOnlyList<ChartPoint> Points);

/// <summary>One second of the charts.</summary>
internal sealed record ChartPoint(
    long AtMs, double OffersPerSecond, double ExecutesPerSecond, double ExecutionsPerSecond, double TickToOrderP50Us, double TickToOrderP99Us,
    double FullestRingPercent, double OldestPriceSeconds, double MedianPriceSeconds, decimal DayProfit, double UsedPercent, double WinPercent)
{
    /// <summary>The point of some figures.</summary>
    public static ChartPoint Of(EngineFigures figures)
    {
        HopFigures order = figures.Hops.First(hop => hop.Id == nameof(Contracts.HopHistogram.ReceivedToSent));
        return new ChartPoint(
            figures.At.ToUnixTimeMilliseconds(), figures.Flow.OffersPerSecond, figures.Flow.ExecutesPerSecond, figures.Flow.ExecutionsPerSecond,
            order.P50Us, order.P99Us, figures.Rings.Count == 0 ? 0 : Math.Round(figures.Rings.Max(ring => ring.RecentPercent), 2),
            figures.Prices.OldestSeconds, figures.Prices.MedianSeconds, figures.Money.DayProfit, figures.Money.UsedPercent, figures.Flow.RecentWinPercent);
    }
}
