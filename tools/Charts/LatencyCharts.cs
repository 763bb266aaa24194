using ScottPlot;

namespace MarketMaker.Charts;

/// <summary>Latencies of one rate. Nanoseconds.</summary>
/// <param name="Name">The line's name in the legend.</param>
/// <param name="ValuesNs">Every value, in order of time.</param>
/// <param name="Seconds">When each was taken, seconds of the measured part.</param>
public sealed record LatencySeries(string Name, IReadOnlyList<long> ValuesNs, IReadOnlyList<double> Seconds);

/// <summary>One rate of a ladder.</summary>
/// <param name="Rate">Offers a second.</param>
/// <param name="P50Us">Microseconds.</param>
/// <param name="P99Us">Microseconds.</param>
/// <param name="P999Us">Microseconds.</param>
/// <param name="Holds">Whether the rate was held.</param>
public sealed record LadderPoint(double Rate, double P50Us, double P99Us, double P999Us, bool Holds);

/// <summary>The charts of a latency run: percentiles, latency over time, latency against throughput. Each as PNG and SVG.</summary>
public static class LatencyCharts
{
    private const int SlicesMax = 200;
    private const int CurvePoints = 400;
    private const double NsPerUs = 1_000;

    /// <summary>Writes them into a folder that is there.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="title">What was measured.</param>
    /// <param name="series">Each a line of the percentiles.</param>
    /// <param name="overTime">The name of the one that is shown over time; where it has no values, the first that has.</param>
    /// <param name="ladder">Points of the last chart; with fewer than two it is left out.</param>
    public static void Write(string folder, string title, IReadOnlyList<LatencySeries> series, string overTime, IReadOnlyList<LadderPoint> ladder)
    {
        IReadOnlyList<LatencySeries> shown = [.. series.Where(one => one.ValuesNs.Count > 0)];
        if (shown.Count == 0) return;
        Save(folder, "percentiles", Percentiles(title, shown));
        Save(folder, "over-time", OverTime(title, shown.FirstOrDefault(one => one.Name == overTime) ?? shown[0]));
        if (ladder.Count > 1) Save(folder, "throughput", Throughput(title, ladder));
    }

    // The usual axis of latency: one decade for each further nine.
    private static Plot Percentiles(string title, IReadOnlyList<LatencySeries> series)
    {
        Plot plot = ChartStyle.NewPlot($"{title}: percentiles", "percentile", "microseconds (logarithmic)");
        int nines = 2;
        for (int i = 0; i < series.Count; i++)
        {
            long[] sorted = [.. series[i].ValuesNs];
            Array.Sort(sorted);
            double decades = Math.Log10(sorted.Length);
            nines = Math.Max(nines, (int)Math.Ceiling(decades));
            double[] x = [.. Enumerable.Range(0, CurvePoints).Select(step => decades * step / (CurvePoints - 1))];
            double[] y = [.. x.Select(at => Log(sorted[Math.Min(sorted.Length - 1, (int)((1 - Math.Pow(10, -at)) * sorted.Length))]))];
            ChartStyle.AddLine(plot, series[i].Name, x, y, i);
        }

        double[] places = [0, Math.Log10(2), .. Enumerable.Range(1, nines).Select(place => (double)place)];
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, [.. places.Select(Nines)]);
        UseLogarithms(plot);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    private static Plot OverTime(string title, LatencySeries series)
    {
        Plot plot = ChartStyle.NewPlot($"{title}: over time at {series.Name}", "seconds", "microseconds (logarithmic)");
        double end = series.Seconds.Max();
        double slice = Math.Max(end / SlicesMax, 0.01);
        List<(double At, long[] Sorted)> slices =
        [
            .. series.ValuesNs.Zip(series.Seconds).GroupBy(value => (int)(value.Second / slice)).OrderBy(group => group.Key)
                .Select(group => (group.Key * slice, group.Select(value => value.First).Order().ToArray())),
        ];
        (string Name, double Share)[] lines = [("p50", 0.5), ("p99", 0.99), ("max", 1)];
        for (int i = 0; i < lines.Length; i++)
        {
            double share = lines[i].Share;
            double[] y = [.. slices.Select(one => Log(one.Sorted[Math.Max(0, (int)Math.Ceiling(one.Sorted.Length * share) - 1)]))];
            ChartStyle.AddLine(plot, lines[i].Name, [.. slices.Select(one => one.At)], y, i);
        }

        UseLogarithms(plot);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Plot Throughput(string title, IReadOnlyList<LadderPoint> ladder)
    {
        Plot plot = ChartStyle.NewPlot($"{title}: latency against throughput", "offers a second", "microseconds (logarithmic)");
        double[] rates = [.. ladder.Select(point => point.Rate)];
        ChartStyle.AddLine(plot, "p50", rates, [.. ladder.Select(point => Log(point.P50Us * NsPerUs))], 0);
        ChartStyle.AddLine(plot, "p99", rates, [.. ladder.Select(point => Log(point.P99Us * NsPerUs))], 1);
        ChartStyle.AddLine(plot, "p99.9", rates, [.. ladder.Select(point => Log(point.P999Us * NsPerUs))], 2);
        double[] beyond = [.. ladder.Where(point => !point.Holds).Select(point => point.Rate)];
        foreach (double rate in beyond)
        {
            ScottPlot.Plottables.VerticalLine mark = plot.Add.VerticalLine(rate, 1.5f, ChartStyle.Grey, LinePattern.Dotted);
            if (rate == beyond[0]) mark.LegendText = "not held";
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = ChartStyle.ShortNumber };
        UseLogarithms(plot);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    private static void UseLogarithms(Plot plot)
    {
        double[] places = [.. Enumerable.Range(-2, 10).Select(place => (double)place)];
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(places, [.. places.Select(place => ChartStyle.ShortNumber(Math.Pow(10, place)))]);
        plot.Axes.AutoScale();
    }

    private static double Log(double ns) => Math.Log10(Math.Max(ns, 10) / NsPerUs);

    private static string Nines(double place) => place switch
    {
        0 => "0 %",
        < 1 => "50 %",
        1 => "90 %",
        2 => "99 %",
        _ => $"99.{new string('9', (int)place - 2)} %",
    };

    private static void Save(string folder, string name, Plot plot)
    {
        plot.SaveSvg(Path.Combine(folder, name + ".svg"), ChartStyle.WidthPx, ChartStyle.HeightPx);
        // Twice the dots, for sharp text on dense screens and in print.
        plot.ScaleFactor = 2;
        File.WriteAllBytes(Path.Combine(folder, name + ".png"), plot.GetImageBytes(ChartStyle.WidthPx * 2, ChartStyle.HeightPx * 2, ImageFormat.Png));
    }
}
