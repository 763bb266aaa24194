using System.Text.Json;
using System.Text.RegularExpressions;
using MarketMaker.OperatorConsole.Metrics;

namespace MarketMaker.Tests.Specs.OperatorConsole;

/// <summary>Dashboard and alert rules ask only for what the console exports.</summary>
public sealed partial class MonitoringFileSpecs
{
    private static readonly string Folder = Path.Combine(Root(), "deploy", "monitoring");

    private static readonly HashSet<string> Exported =
    [
        .. MetricList.All.Select(metric => metric.Name), .. PrometheusText.Own.Select(metric => metric.Name),
        .. PrometheusText.Own.Where(metric => metric.Type == "histogram").SelectMany(metric => new[] { metric.Name + "_bucket", metric.Name + "_sum", metric.Name + "_count" }),
    ];

    [Theory]
    [InlineData("alerts.yml", 10)]
    [InlineData("grafana-dashboard.json", 30)]
    public void should_name_only_metrics_that_are_exported(string file, int namesMin)
    {
        List<string> names = [.. MetricName().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Value)];
        Assert.True(names.Distinct().Count() >= namesMin, $"{file} names only {names.Distinct().Count()}");
        Assert.All(names, name => Assert.Contains(name, Exported));
    }

    [Fact]
    public void should_ask_only_for_labels_that_a_metric_has()
    {
        string rules = File.ReadAllText(Path.Combine(Folder, "alerts.yml")) + File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")).Replace("\\\"", "\"", StringComparison.Ordinal);
        List<Match> asked = [.. Selector().Matches(rules).Cast<Match>()];
        Assert.NotEmpty(asked);
        foreach (Match match in asked)
        {
            if (MetricList.All.FirstOrDefault(metric => metric.Name == match.Groups[1].Value) is not { } metric) continue;
            foreach (Match label in LabelValue().Matches(match.Groups[2].Value).Cast<Match>().Where(label => label.Groups[1].Value != "instance"))
            {
                foreach (string value in label.Groups[2].Value.Split('|'))
                    Assert.Contains(metric.Series, series => series.Labels.Contains($"{label.Groups[1].Value}=\"{value}\"", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void should_be_a_dashboard_whose_panels_do_not_lie_on_one_another()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")));
        HashSet<(int, int)> taken = [];
        foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            JsonElement at = panel.GetProperty("gridPos");
            (int left, int top, int width, int height) = (at.GetProperty("x").GetInt32(), at.GetProperty("y").GetInt32(), at.GetProperty("w").GetInt32(), at.GetProperty("h").GetInt32());
            Assert.InRange(left + width, 1, 24);
            for (int x = left; x < left + width; x++)
            {
                for (int y = top; y < top + height; y++) Assert.True(taken.Add((x, y)), $"{panel.GetProperty("title")} lies on another");
            }
        }
    }

    private static string Root()
    {
        DirectoryInfo? up = new(AppContext.BaseDirectory);
        while (up is not null && !File.Exists(Path.Combine(up.FullName, "MarketMaker.sln"))) up = up.Parent;
        return up!.FullName;
    }

    [GeneratedRegex("marketmaker_[a-z0-9_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("""(marketmaker_[a-z0-9_]+)\{([^}]*)\}""")]
    private static partial Regex Selector();

    [GeneratedRegex("""([a-z]+)=~?"([^"]*)["]""")]
    private static partial Regex LabelValue();
}
