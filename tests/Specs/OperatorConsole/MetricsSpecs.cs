using System.Globalization;
using System.Text.RegularExpressions;
using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Metrics;

namespace MarketMaker.Tests.Specs.OperatorConsole;

public sealed partial class MetricsSpecs : IDisposable
{
    private readonly ScriptedCounters _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void should_export_every_counter_of_the_list()
    {
        HashSet<Counter> exported = [.. MetricList.All.SelectMany(metric => metric.Series).Select(series => series.Counter)];
        IEnumerable<string> missing = Enum.GetValues<Counter>().Distinct()
            .Where(counter => counter is not (Counter.SlotCount or Counter.AlarmSince) && !counter.ToString().EndsWith("Refused", StringComparison.Ordinal) && !exported.Contains(counter))
            .Select(counter => counter.ToString());
        Assert.Empty(missing);
    }

    [Fact]
    public void should_name_metrics_as_prometheus_asks()
    {
        Assert.Equal(MetricList.All.Count, MetricList.All.Select(metric => metric.Name).Distinct().Count());
        Assert.All(MetricList.All, metric =>
        {
            Assert.Matches("^marketmaker_[a-z][a-z0-9_]*$", metric.Name);
            Assert.Equal(metric.Type == "counter", metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.NotEqual("", metric.Help);
            Assert.Equal(metric.Series.Count, metric.Series.Select(series => series.Labels).Distinct().Count());
        });
    }

    [Fact]
    public void should_write_the_text_format_with_help_and_type_before_the_first_sample()
    {
        _engine.File.Add(Counter.FeedPackets, 7);
        _engine.File.Set(Counter.DecisionEquity, 12_345_6700);
        _engine.File.Set(Counter.JournalLastId, long.MaxValue - 1);
        string text = Text();
        string typed = "";
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) typed = line.Split(' ')[2];
            else
            {
                Assert.Matches(Sample(), line);
                Assert.StartsWith(typed, line, StringComparison.Ordinal);
            }
        }

        Assert.Contains("\nmarketmaker_feed_packets_total 7\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmarketmaker_equity_dollars 12345.67\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nmarketmaker_journal_last_id {long.MaxValue - 1}\n", text, StringComparison.Ordinal);
        Assert.StartsWith("# HELP marketmaker_up", text, StringComparison.Ordinal);
        Assert.Contains("\nmarketmaker_up 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void should_write_latencies_as_a_histogram_whose_buckets_add_up()
    {
        foreach (long ns in (long[])[500, 15_000, 15_000, 3_000_000, 60_000_000_000]) _engine.File[HopHistogram.ReceivedToSent].Record(ns);
        List<(string Le, double Count)> buckets = [.. Bucket().Matches(Text()).Select(match => (match.Groups[1].Value, double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];
        Assert.Equal(buckets.Select(bucket => bucket.Count).Order(), buckets.Select(bucket => bucket.Count));
        Assert.Equal((1, 3, 4, 5), (Le("0.000001"), Le("0.00002"), Le("0.005"), Le("+Inf")));
        Assert.Contains("\nmarketmaker_hop_seconds_count{hop=\"received_to_sent\"} 5\n", Text(), StringComparison.Ordinal);

        double Le(string le) => buckets.Single(bucket => bucket.Le == le).Count;
    }

    [Fact]
    public void should_say_that_an_engine_is_not_up_and_which_alarms_are_raised()
    {
        _engine.File.Set(Counter.AlarmSince + (int)Alarm.FeedGap, _engine.NowNs);
        Assert.Contains("marketmaker_alarm{alarm=\"feed-gap\",severity=\"warning\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("marketmaker_alarm{alarm=\"engine-dead\",severity=\"critical\"} 0\n", Text(), StringComparison.Ordinal);
        _engine.File.Set(Counter.HostState, (long)EngineState.Stopped);
        Assert.Contains("marketmaker_up 0\n", Text(), StringComparison.Ordinal);
    }

    private string Text()
    {
        EngineFigures figures = _engine.Figures();
        return PrometheusText.Write(_engine.History, figures);
    }

    [GeneratedRegex("""^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? (-?[0-9.]+(E[-+][0-9]+)?|NaN)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""marketmaker_hop_seconds_bucket\{hop="received_to_sent",le="([^"]+)"\} ([0-9]+)""")]
    private static partial Regex Bucket();
}
