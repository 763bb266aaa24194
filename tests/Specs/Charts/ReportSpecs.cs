using System.Buffers.Binary;
using MarketMaker.Charts;

namespace MarketMaker.Tests.Specs.Charts;

public sealed class ReportSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-report-").FullName;

    [Fact]
    public void should_write_one_page_that_needs_nothing_beside_it_and_each_chart_as_png_and_svg()
    {
        string page = File.ReadAllText(ReportWriter.Write(Report(), _folder));
        string[] charts = ["profit", "threshold", "capital", "inventory", "wins", "latency", "losses"];
        foreach (string chart in charts)
        {
            byte[] png = File.ReadAllBytes(Path.Combine(_folder, chart + ".png"));
            Assert.Equal(0x89504E470D0A1A0AUL, BinaryPrimitives.ReadUInt64BigEndian(png));
            Assert.Contains(Convert.ToBase64String(png), page, StringComparison.Ordinal);
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(_folder, chart + ".svg")), StringComparison.Ordinal);
        }

        Assert.Equal(charts.Length, page.Split("<img ").Length - 1);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void should_draw_something()
    {
        ReportWriter.Write(Report(), _folder);
        long filled = new FileInfo(Path.Combine(_folder, "profit.png")).Length;
        StrategyReport flat = Report() with { Runs = [new ReportRun("a", [new ReportPoint(0, 0, 0, 0), new ReportPoint(60, 0, 0, 0)])], Clairvoyant = null };
        string other = Path.Combine(_folder, "flat");
        ReportWriter.Write(flat, other);
        Assert.NotEqual(filled, new FileInfo(Path.Combine(other, "profit.png")).Length);
    }

    [Fact]
    public void should_leave_out_what_there_is_nothing_to_say_about_and_escape_what_is_said()
    {
        string page = File.ReadAllText(ReportWriter.Write(new StrategyReport { Title = "<b>", Figures = [["a & b", "1"]] }, _folder));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", page, StringComparison.Ordinal);
    }

    [Fact]
    public void should_read_back_what_was_written()
    {
        string file = Path.Combine(_folder, "series.json");
        ReportFile.Save(file, Report());
        string again = Path.Combine(_folder, "again.json");
        ReportFile.Save(again, ReportFile.Load(file));
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(again));
        Assert.Equal(2, ReportFile.Load(file).Runs.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("not json")]
    public void should_say_what_to_do_about_a_file_that_is_none(string text)
    {
        string file = Path.Combine(_folder, "bad.json");
        File.WriteAllText(file, text);
        Assert.Contains("report --out", Assert.Throws<InvalidDataException>(() => ReportFile.Load(file)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static StrategyReport Report() => new()
    {
        Title = "A day",
        Capital = 1_000,
        Runs = [Run("strict", 2), Run("fixed", 1)],
        Clairvoyant = Run("clairvoyant", 3),
        WinsByEdge = [new EdgeBucket(110, 100, 60), new EdgeBucket(130, 50, 20), new EdgeBucket(150, 2, 1)],
        ProfitByLatency = [new LatencyPoint(100, 50, 40, 60), new LatencyPoint(1_000, 30, 20, 40)],
        Losses = [new LossReason("no cash", 12), new LossReason("edge", 10_000)],
    };

    private static ReportRun Run(string name, double slope) =>
        new(name, [.. Enumerable.Range(0, 60).Select(i => new ReportPoint(i * 60, i * slope, 500 + i, 400 + i, 100 + i))]);
}
