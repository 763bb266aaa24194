using ScottPlot;

namespace MarketMaker.Charts;

/// <summary>The charts that compare counts.</summary>
internal static class BarCharts
{
    /// <summary>Fewer orders than that say nothing of a chance.</summary>
    private const int SentMin = 5;

    private const int LossesMax = 12;

    public static Chart Wins(IReadOnlyList<EdgeBucket> buckets)
    {
        Plot plot = ChartStyle.NewPlot("Chance of winning an offer by its edge", "edge of the offer, basis points", "orders won, %");
        EdgeBucket[] known = [.. buckets.Where(bucket => bucket.Sent >= SentMin).OrderBy(bucket => bucket.EdgeBp)];
        double[] x = [.. known.Select(bucket => bucket.EdgeBp)];
        double[] share = [.. known.Select(bucket => 100.0 * bucket.Won / bucket.Sent)];
        double highest = 0;
        double width = known.Length > 1 ? (x[^1] - x[0]) / (known.Length - 1) : 20;
        for (int i = 0; i < known.Length; i++)
        {
            ScottPlot.Plottables.BarPlot bar = plot.Add.Bar(x[i], share[i]);
            bar.Bars[0].Size = width * 0.8;
            bar.Bars[0].FillColor = ChartStyle.Blue;
            bar.Bars[0].LineWidth = 0;
            // Half the width of the 95 % interval of a share.
            double error = 196 * Math.Sqrt(share[i] / 100 * (1 - share[i] / 100) / known[i].Sent);
            ScottPlot.Plottables.ErrorBar interval = plot.Add.ErrorBar(new[] { x[i] }, new[] { share[i] }, new[] { error });
            interval.Color = ChartStyle.Grey;
            highest = Math.Max(highest, Math.Min(share[i] + error, 100));
            Label(plot, x[i], Math.Min(share[i] + error, 100) + highest / 100, ChartStyle.ShortNumber(known[i].Sent), Alignment.LowerCenter);
        }

        plot.Axes.AutoScale();
        // Room above the highest for its label.
        plot.Axes.SetLimitsY(0, highest > 0 ? highest * 1.12 : 100);
        return new Chart("wins", $"Orders won of orders sent, with 95 % intervals; above each bar the orders sent (ranges with fewer than {SentMin} are left out).", plot);
    }

    public static Chart Losses(IReadOnlyList<LossReason> losses)
    {
        Plot plot = ChartStyle.NewPlot("Why offers did not earn", "offers (logarithmic)", "");
        LossReason[] top = [.. losses.Where(loss => loss.Count > 0).OrderByDescending(loss => loss.Count).Take(LossesMax).Reverse()];
        for (int i = 0; i < top.Length; i++)
        {
            ScottPlot.Plottables.BarPlot bar = plot.Add.Bar(i, Math.Log10(top[i].Count + 1));
            bar.Horizontal = true;
            bar.Bars[0].Size = 0.7;
            bar.Bars[0].FillColor = ChartStyle.Orange;
            bar.Bars[0].LineWidth = 0;
            Label(plot, Math.Log10(top[i].Count + 1) + 0.05, i, top[i].Count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), Alignment.MiddleLeft);
        }

        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. top.Select((_, i) => (double)i)], [.. top.Select(loss => loss.Reason)]);
        double[] decades = [.. Enumerable.Range(0, 10).Select(power => (double)power)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(decades, [.. decades.Select(power => ChartStyle.ShortNumber(Math.Pow(10, power)))]);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0, Math.Log10(top[^1].Count + 1) * 1.15 + 0.3);
        return new Chart("losses", "Refusals of Decision and orders that were not won, by reason; each offer counts once.", plot);
    }

    private static void Label(Plot plot, double x, double y, string text, Alignment alignment)
    {
        ScottPlot.Plottables.Text label = plot.Add.Text(text, x, y);
        label.LabelFontSize = 12;
        label.LabelFontColor = ChartStyle.Grey;
        label.LabelAlignment = alignment;
    }
}
