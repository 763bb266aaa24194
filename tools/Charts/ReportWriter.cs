using System.Net;
using System.Text;
using ScottPlot;

namespace MarketMaker.Charts;

/// <summary>Writes a report: one HTML page that needs nothing beside it, and each chart as PNG and SVG. Needs no display.</summary>
public static class ReportWriter
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
        img { width: 100%; height: auto } figure { margin: 2rem 0 } figcaption { color: #555 }
        table { border-collapse: collapse } td { border-bottom: 1px solid #ddd; padding: .2rem 1rem .2rem 0; font-variant-numeric: tabular-nums }
        """;

    /// <summary>Writes everything into a folder, which is made if need be.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public static string Write(StrategyReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append($"<title>{Text(report.Title)}</title>\n<style>\n{Style}\n</style>\n<h1>{Text(report.Title)}</h1>\n");
        foreach (string note in report.Notes) page.Append($"<p>{Text(note)}</p>\n");
        AppendFigures(page, report);
        foreach (Chart chart in ReportCharts.Of(report))
        {
            chart.Plot.SaveSvg(Path.Combine(folder, chart.FileName + ".svg"), ChartStyle.WidthPx, ChartStyle.HeightPx);
            // Twice the dots, for sharp text on dense screens and in print.
            chart.Plot.ScaleFactor = 2;
            byte[] png = chart.Plot.GetImageBytes(ChartStyle.WidthPx * 2, ChartStyle.HeightPx * 2, ImageFormat.Png);
            File.WriteAllBytes(Path.Combine(folder, chart.FileName + ".png"), png);
            page.Append($"<figure>\n<img alt=\"{Text(chart.Caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">\n");
            page.Append($"<figcaption>{Text(chart.Caption)}</figcaption>\n</figure>\n");
        }

        page.Append("</html>\n");
        string path = Path.Combine(folder, "report.html");
        File.WriteAllText(path, page.ToString());
        return path;
    }

    private static void AppendFigures(StringBuilder page, StrategyReport report)
    {
        if (report.Figures.Count == 0) return;
        page.Append("<table>\n");
        foreach (IReadOnlyList<string> row in report.Figures)
        {
            page.Append("<tr>");
            foreach (string cell in row) page.Append($"<td>{Text(cell)}</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
