using ScottPlot;

namespace MarketMaker.Charts;

/// <summary>A chart, ready to be drawn.</summary>
/// <param name="FileName">Without an ending.</param>
/// <param name="Caption">A sentence that says how to read it.</param>
/// <param name="Plot">What is drawn.</param>
internal sealed record Chart(string FileName, string Caption, Plot Plot);

/// <summary>The charts of a report, in the order of the page; those without data are left out.</summary>
internal static class ReportCharts
{
    private const string TimeLabel = "hours since the opening";

    public static IEnumerable<Chart> Of(StrategyReport report)
    {
        if (report.Runs.Count > 0)
        {
            yield return Profit(report);
            if (report.Runs.Any(HasThreshold)) yield return Threshold(report);
            yield return Capital(report);
            yield return Inventory(report);
        }

        if (report.WinsByEdge.Any(bucket => bucket.Sent > 0)) yield return BarCharts.Wins(report.WinsByEdge);
        if (report.ProfitByLatency.Count > 0) yield return Latency(report);
        if (report.Losses.Count > 0) yield return BarCharts.Losses(report.Losses);
    }

    private static bool HasThreshold(ReportRun run) => run.Points.Any(point => point.BuyThresholdBp is not null);

    private static Chart Profit(StrategyReport report)
    {
        Plot plot = ChartStyle.NewPlot("Profit over the day", TimeLabel, "profit, dollars");
        List<ReportRun> runs = [.. report.Runs];
        if (report.Clairvoyant is { } best) runs.Add(best);
        for (int i = 0; i < runs.Count; i++) ChartStyle.AddLine(plot, runs[i].Name, ChartStyle.Hours(runs[i]), [.. runs[i].Points.Select(p => p.Profit)], i);
        plot.Axes.MarginsX(0.02);
        ChartStyle.UseShortNumbers(plot.Axes.Left);
        plot.ShowLegend(Alignment.UpperLeft);
        return new Chart("profit", "Profit so far of each policy; the clairvoyant knows every offer of the day and how each attempt would end.", plot);
    }

    private static Chart Threshold(StrategyReport report)
    {
        Plot plot = ChartStyle.NewPlot("Edge that a purchase had to have", TimeLabel, "threshold, basis points");
        int place = 0;
        foreach (ReportRun run in report.Runs.Where(HasThreshold))
        {
            IEnumerable<ReportPoint> known = run.Points.Where(p => p.BuyThresholdBp is not null);
            ChartStyle.AddLine(plot, run.Name, [.. known.Select(p => p.Seconds / 3600)], [.. known.Select(p => p.BuyThresholdBp!.Value)], place++);
        }

        FromZero(plot);
        plot.ShowLegend(Alignment.LowerRight);
        return new Chart("threshold", "The rule asks for more when capital runs short and for less when it lies idle.", plot);
    }

    private static Chart Capital(StrategyReport report)
    {
        Plot plot = ChartStyle.NewPlot("Capital in use", TimeLabel, report.Capital > 0 ? "share of the capital, %" : "dollars");
        double unit = report.Capital > 0 ? report.Capital / 100 : 1;
        for (int i = 0; i < report.Runs.Count; i++)
            ChartStyle.AddLine(plot, report.Runs[i].Name, ChartStyle.Hours(report.Runs[i]), [.. report.Runs[i].Points.Select(p => p.CapitalUsed / unit)], i);
        FromZero(plot);
        plot.ShowLegend(Alignment.LowerRight);
        return new Chart("capital", "Stock at its fair price and cash reserved for purchases under way.", plot);
    }

    private static Chart Inventory(StrategyReport report)
    {
        Plot plot = ChartStyle.NewPlot("Inventory", TimeLabel, "value of the stock, dollars");
        for (int i = 0; i < report.Runs.Count; i++)
            ChartStyle.AddLine(plot, report.Runs[i].Name, ChartStyle.Hours(report.Runs[i]), [.. report.Runs[i].Points.Select(p => p.Stock)], i);
        ChartStyle.UseShortNumbers(plot.Axes.Left);
        FromZero(plot);
        plot.ShowLegend(Alignment.LowerRight);
        return new Chart("inventory", "What all shares held were worth at their fair prices.", plot);
    }

    private static Chart Latency(StrategyReport report)
    {
        Plot plot = ChartStyle.NewPlot("Profit against our latency", "from the offer to our order's arrival, microseconds (logarithmic)", "profit, dollars");
        LatencyPoint[] points = [.. report.ProfitByLatency.OrderBy(p => p.LatencyUs)];
        double[] x = [.. points.Select(p => Math.Log10(Math.Max(p.LatencyUs, 0.001)))];
        ScottPlot.Plottables.FillY band = plot.Add.FillY(x, [.. points.Select(p => p.Low)], [.. points.Select(p => p.High)]);
        band.FillColor = ChartStyle.Blue.WithAlpha(0.2);
        band.LineWidth = 0;
        band.LegendText = "95 % interval";
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, points.Select(p => p.Profit).ToArray(), ChartStyle.Blue);
        line.LineWidth = 2.5f;
        line.MarkerSize = 8;
        line.LegendText = "mean";
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(x, [.. points.Select(p => ChartStyle.ShortNumber(p.LatencyUs))]);
        ChartStyle.UseShortNumbers(plot.Axes.Left);
        FromZero(plot);
        plot.ShowLegend(Alignment.UpperRight);
        return new Chart("latency", "What slowness costs: the same days with nothing changed but our own latency.", plot);
    }

    /// <summary>Lets the axis begin at zero, unless something lies below.</summary>
    private static void FromZero(Plot plot)
    {
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        double lowest = plot.GetPlottables().Select(shown => shown.GetAxisLimits().Bottom).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        plot.Axes.SetLimitsY(lowest < 0 ? limits.Bottom : 0, Math.Max(limits.Top, 1e-9));
    }
}
