using MarketMaker.Charts;
using MarketMaker.Speed.Records;

namespace MarketMaker.Tests.Specs.Charts;

public sealed class LatencyChartsSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latency").FullName;

    [Fact]
    public void should_draw_each_chart_as_png_and_svg()
    {
        long[] values = [.. Enumerable.Range(1, 2_000).Select(i => (long)i * 100)];
        LatencySeries series = new("500,000/s", values, [.. values.Select((_, i) => i / 200.0)]);
        LatencyCharts.Write(_folder, "Wire to wire", [series], series.Name, [new LadderPoint(500_000, 8, 20, 90, true), new LadderPoint(750_000, 9, 500, 9_000, false)]);
        foreach (string name in new[] { "percentiles", "over-time", "throughput" })
        {
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(_folder, name + ".png"))[..4]);
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(_folder, name + ".svg")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void should_draw_nothing_of_a_run_without_orders()
    {
        LatencyCharts.Write(_folder, "Wire to wire", [new LatencySeries("1/s", [], [])], "1/s", []);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void should_write_percentiles_as_their_plotters_read_them()
    {
        string path = Path.Combine(_folder, "one.hgrm");
        PercentileFile.Write(path, Enumerable.Range(1, 1_000).Select(us => us * 1_000L));
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(["Value", "Percentile", "TotalCount", "1/(1-Percentile)"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(lines, line => line.StartsWith("#[Max", StringComparison.Ordinal) && line.Contains("1000", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
