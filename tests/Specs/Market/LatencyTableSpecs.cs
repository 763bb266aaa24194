using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class LatencyTableSpecs
{
    [Fact]
    public void should_read_the_percentiles_that_a_histogram_prints()
    {
        string[] printed =
        [
            "       Value     Percentile TotalCount 1/(1-Percentile)",
            "      10.000 0.000000000000          1           1.00",
            "      20.000 0.500000000000         50           2.00",
            "     120.000 1.000000000000        100",
            "#[Mean    =       45.000, StdDeviation   =       30.000]",
        ];
        LatencyTable table = LatencyTable.FromPercentiles(printed, nsPerUnit: 1_000);
        int[] values = [.. Enumerable.Range(0, SampleTables.Length).Select(i => table.Draw((ulong)i))];
        Assert.InRange(values[0], 10_000, 10_010);
        Assert.InRange(values[SampleTables.Length / 2], 19_990, 20_050);
        Assert.InRange(values[^1], 119_900, 120_000);
        // Half of them even between 10 and 20 us, half between 20 and 120 us.
        Assert.InRange(values.Average(), 42_400, 42_600);
        Assert.Equal(values.Order(), values);
    }

    [Theory]
    [InlineData("300:0.6", 300_000)]
    [InlineData("20", 20_000)]
    public void should_read_a_median_with_or_without_a_spread(string text, int medianNs)
    {
        LatencyTable table = LatencyTable.Parse(text);
        Assert.InRange(table.Draw(SampleTables.Length / 2), medianNs * 0.99, medianNs * 1.01 + 1_000);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("0")]
    [InlineData("300:0.6:1")]
    [InlineData("300:9")]
    [InlineData("-5")]
    public void should_say_how_a_reaction_time_is_written(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => LatencyTable.Parse(text));
        Assert.Contains("MEDIAN_US[:SIGMA]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_percentiles_that_fall_and_files_without_any()
    {
        Assert.Throws<FormatException>(() => LatencyTable.FromPercentiles(["10 0.5", "9 0.9"], 1));
        Assert.Throws<FormatException>(() => LatencyTable.FromPercentiles(["nothing here"], 1));
        Assert.Throws<FormatException>(() => LatencyTable.FromPercentiles(["5000000000 0.5"], 1));
    }
}
