using ScottPlot;

namespace MarketMaker.Charts;

/// <summary>How every chart looks. The colours are those of Okabe and Ito, which also the colour-blind can tell apart; lines differ in pattern too.</summary>
internal static class ChartStyle
{
    public const int WidthPx = 960;
    public const int HeightPx = 480;

    public static readonly Color Orange = Color.FromHex("#D55E00");
    public static readonly Color Blue = Color.FromHex("#0072B2");
    public static readonly Color Grey = Color.FromHex("#555555");

    private static readonly Color[] Colors = [Blue, Orange, Color.FromHex("#009E73"), Color.FromHex("#CC79A7"), Color.FromHex("#E69F00"), Color.FromHex("#56B4E9")];
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.DenselyDashed, LinePattern.Dotted];

    public static Plot NewPlot(string title, string x, string y)
    {
        Plot plot = new();
        // The nearest that the host has is taken; without any font of this name the default one.
        plot.Font.Set("DejaVu Sans");
        plot.Title(title, size: 18);
        plot.XLabel(x, size: 15);
        plot.YLabel(y, size: 15);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Legend.FontSize = 13;
        plot.Grid.MajorLineColor = Color.FromHex("#DDDDDD");
        // No line, but room: the last label of the bottom stands half beyond the data.
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 24;
        plot.Axes.Top.IsVisible = false;
        return plot;
    }

    public static void AddLine(Plot plot, string name, double[] x, double[] y, int place)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(x, y, Colors[place % Colors.Length]);
        line.LineWidth = 2.5f;
        line.LinePattern = Patterns[place % Patterns.Length];
        line.LegendText = name;
    }

    /// <summary>Hours of the session along the bottom, with a mark each half hour.</summary>
    public static double[] Hours(ReportRun run) => [.. run.Points.Select(point => point.Seconds / 3600)];

    /// <summary>Marks with thousands as k and millions as M, so that labels stay short.</summary>
    public static void UseShortNumbers(IYAxis axis) =>
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = ShortNumber };

    public static string ShortNumber(double value) => Math.Abs(value) switch
    {
        >= 1e6 => FormattableString.Invariant($"{value / 1e6:0.##} M"),
        >= 1e3 => FormattableString.Invariant($"{value / 1e3:0.##} k"),
        _ => FormattableString.Invariant($"{value:0.##}"),
    };
}
