using MarketMaker.Measuring;
using MarketMaker.Speed.Records;

namespace MarketMaker.Tests.Specs.Speed;

public sealed class ComparisonSpecs
{
    private static readonly double[] Before = [100, 101, 102, 103, 104];

    [Fact]
    public void should_call_a_time_that_grew_worse_and_one_that_fell_better()
    {
        Assert.Equal(Change.Worse, Compare(Before, [110, 111, 112, 113, 114]));
        Assert.Equal(Change.Better, Compare([110, 111, 112, 113, 114], Before));
    }

    [Fact]
    public void should_call_a_rate_that_grew_better()
    {
        Assert.Equal(Change.Better, Compare(Before, [110, 111, 112, 113, 114], unit: "1/s"));
    }

    [Fact]
    public void should_call_noise_what_overlaps()
    {
        Assert.Equal(Change.Noise, Compare(Before, [90, 101.5, 120, 121, 122]));
    }

    [Fact]
    public void should_call_noise_what_differs_surely_but_by_less_than_a_twentieth()
    {
        Assert.Equal(Change.Noise, Compare(Before, [104.1, 104.2, 104.3, 104.4, 104.5]));
    }

    [Fact]
    public void should_call_noise_four_repeats_whatever_they_say()
    {
        Assert.Equal(Change.Noise, Compare([100, 101, 102, 103], [200, 201, 202, 203]));
    }

    [Fact]
    public void should_blame_the_machine_when_its_floor_moved_as_far()
    {
        Assert.Equal(Change.Noise, Compare(Before, [130, 131, 132, 133, 134], floorBefore: 100, floorAfter: 140));
        Assert.Equal(Change.Worse, Compare(Before, [130, 131, 132, 133, 134], floorBefore: 100, floorAfter: 110));
    }

    [Fact]
    public void should_judge_a_ratio_by_itself_whatever_the_floor_did()
    {
        Assert.Equal(Change.Worse, Compare(Before, [130, 131, 132, 133, 134], unit: "ratio", floorBefore: 100, floorAfter: 300));
    }

    // From the tables of Mann and Whitney: exact probabilities of the smaller U, two-sided.
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 6, 7, 8, 9, 10 }, 0.0079)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 0.1)]
    [InlineData(new double[] { 1, 3, 5, 7 }, new double[] { 2, 4, 6, 8 }, 0.6857)]
    [InlineData(new double[] { 1, 2, 4, 5, 7 }, new double[] { 3, 6, 8, 9, 10 }, 0.0952)]
    public void should_know_what_chance_brings(double[] a, double[] b, double expected)
    {
        Assert.Equal(expected, MannWhitney.P(a, b), 0.0001);
        Assert.Equal(expected, MannWhitney.P(b, a), 0.0001);
    }

    [Fact]
    public void should_know_what_chance_brings_with_ties_too()
    {
        Assert.Equal(1, MannWhitney.P([5, 5, 5], [5, 5, 5]));
        // Forty against forty wholly apart: no chance worth a word.
        Assert.True(MannWhitney.P([.. Enumerable.Repeat(1.0, 40)], [.. Enumerable.Repeat(2.0, 40)]) < 1e-9);
    }

    [Fact]
    public void should_read_back_the_lines_it_writes_and_name_those_that_are_none()
    {
        string path = Path.GetTempFileName();
        try
        {
            Figure figure = new("101500", "latency/fused/socket/500000", "wire-to-wire-p50", "ns", 3, 8123.25);
            File.WriteAllText(path, $"{Figure.Header}\n{figure.ToLine()}\n");
            Assert.Equal([figure], Figure.Read(path));
            File.AppendAllText(path, "half a line\n");
            Assert.Contains($"{path}:3", Assert.Throws<MeasureException>(() => Figure.Read(path).ToArray()).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Change Compare(double[] before, double[] after, string unit = "ns", double floorBefore = 100, double floorAfter = 100) =>
        Assert.Single(Comparison.Of(
            [.. Figures(before, unit), new Figure("1", Comparison.FloorScenario, "cache-line-p50", "ns", 1, floorBefore)],
            [.. Figures(after, unit), new Figure("2", Comparison.FloorScenario, "cache-line-p50", "ns", 1, floorAfter)])).Change;

    private static IEnumerable<Figure> Figures(double[] values, string unit) => values.Select((value, i) => new Figure("1", "latency", "wire-to-wire-p50", unit, i + 1, value));
}
