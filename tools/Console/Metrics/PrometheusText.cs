using System.Globalization;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Metrics;

/// <summary>An image in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>What the endpoint says it sends.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The names that are no counter of the list, with their help.</summary>
    public static readonly (string Name, string Type, string Help)[] Own =
    [
        (MetricList.Prefix + "up", "gauge", "1 while the engine lives and its heartbeat is fresh."),
        (MetricList.Prefix + "info", "gauge", "Always 1; node and configuration stand in the labels."),
        (MetricList.Prefix + "heartbeat_age_seconds", "gauge", "Since the watching thread last ran."),
        (MetricList.Prefix + "start_time_seconds", "gauge", "When the engine began, seconds since 1970."),
        (MetricList.Prefix + "alarm", "gauge", "1 while the alarm of that name is raised, 0 else."),
        (MetricList.Prefix + "hop_seconds", "histogram", "Latencies along the path of an offer, by hop."),
        (MetricList.Prefix + "hop_max_seconds", "gauge", "The longest since the start, by hop."),
    ];

    // 1-2-5 from a microsecond to ten seconds: what lies outside is in the first or the last.
    private static readonly double[] BucketsSeconds = [.. Enumerable.Range(-6, 7).SelectMany(power => new[] { 1, 2, 5 }.Select(digit => digit * Math.Pow(10, power))), 10];

    /// <summary>Writes the last image of a history; one that has none is an engine that is not up.</summary>
    public static string Write(ImageHistory history, EngineFigures? figures)
    {
        StringBuilder text = new(64 * 1024);
        bool isUp = history.Latest is { } latest && EngineLifeJudge.Of(latest, history.IsRecorded) == EngineLife.Alive;
        Head(text, Own[0]);
        Line(text, Own[0].Name, "", isUp ? 1 : 0);
        if (history.Latest is not { } now || figures is null) return text.ToString();
        Head(text, Own[1]);
        Line(text, Own[1].Name, $"node=\"{Escaped(now.Header.Node)}\",configuration=\"{now.Header.ConfigurationHash:x16}\",state=\"{Escaped(figures.State)}\"", 1);
        Head(text, Own[2]);
        Line(text, Own[2].Name, "", figures.HeartbeatAgeSeconds);
        Head(text, Own[3]);
        Line(text, Own[3].Name, "", now.Header.StartedWallNs / 1e9);
        Head(text, Own[4]);
        foreach (AlarmDescription known in Alarms.All)
            Line(text, Own[4].Name, $"alarm=\"{known.Id}\",severity=\"{MetricList.Snake(known.Severity.ToString())}\"", figures.Alarms.Any(alarm => alarm.Id == known.Id) ? 1 : 0);
        foreach (Metric metric in MetricList.All) Write(text, metric, now);
        Hops(text, now);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Metric metric, CounterImage now)
    {
        Head(text, (metric.Name, metric.Type, metric.Help));
        foreach (Series series in metric.Series)
        {
            // An id has more digits than a double holds.
            if (series.Scale == 1) Line(text, metric.Name, series.Labels, now.Read(series.Counter).ToString(CultureInfo.InvariantCulture));
            else Line(text, metric.Name, series.Labels, now.Read(series.Counter) * series.Scale);
        }
    }

    private static void Hops(StringBuilder text, CounterImage now)
    {
        (string name, _, _) = Own[5];
        Head(text, Own[5]);
        foreach (HopHistogram hop in Enum.GetValues<HopHistogram>().Where(hop => hop != HopHistogram.Count))
        {
            HistogramImage values = now[hop];
            string label = $"hop=\"{MetricList.Snake(hop.ToString())}\"";
            // The largest bucket and the count are one number, also of a histogram that is being written.
            long all = values.CountAtMost(long.MaxValue);
            foreach (double bucket in BucketsSeconds)
                Line(text, name + "_bucket", $"{label},le=\"{bucket.ToString("0.######", CultureInfo.InvariantCulture)}\"", values.CountAtMost((long)Math.Round(bucket * 1e9)));
            Line(text, name + "_bucket", $"{label},le=\"+Inf\"", all);
            Line(text, name + "_sum", label, values.SumNs / 1e9);
            Line(text, name + "_count", label, all);
        }

        Head(text, Own[6]);
        foreach (HopHistogram hop in Enum.GetValues<HopHistogram>().Where(hop => hop != HopHistogram.Count))
            Line(text, Own[6].Name, $"hop=\"{MetricList.Snake(hop.ToString())}\"", now[hop].MaxNs / 1e9);
    }

    private static void Head(StringBuilder text, (string Name, string Type, string Help) metric) =>
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal)).Append('\n')
            .Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value) => Line(text, name, labels, value.ToString("R", CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Escaped(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
