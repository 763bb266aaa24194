using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class HistogramSpecs
{
    private readonly Histogram _histogram = CounterFile.InMemory()[HopHistogram.ReceivedToSent];

    [Fact]
    public void should_be_empty_before_the_first_value()
    {
        Assert.Equal(0, _histogram.Count);
        Assert.Equal(0, _histogram.ValueAtPercentile(99));
    }

    [Fact]
    public void should_give_percentiles_within_one_percent_of_the_sorted_values()
    {
        Random random = new(7);
        long[] values = new long[10_000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (long)Math.Exp(random.NextDouble() * 25);
            _histogram.Record(values[i]);
        }

        Array.Sort(values);
        foreach (double percentile in new[] { 1, 10, 50, 90, 99, 99.9 })
        {
            long exact = values[(int)Math.Ceiling(values.Length * percentile / 100) - 1];
            long given = _histogram.ValueAtPercentile(percentile);
            Assert.InRange(given, exact, exact + exact / 100 + 1);
        }

        Assert.Equal(values[^1], _histogram.Max);
        Assert.Equal(values[^1], _histogram.ValueAtPercentile(100));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(long.MaxValue, (1L << 40) - 1)]
    public void should_clamp_what_is_out_of_range(long recorded, long kept)
    {
        _histogram.Record(recorded);
        Assert.Equal(kept, _histogram.Max);
        Assert.Equal(kept, _histogram.ValueAtPercentile(50));
    }

    [Fact]
    public void should_record_without_allocating()
    {
        _histogram.Record(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) _histogram.Record(i * 37);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void should_tell_of_a_window_what_was_recorded_in_it_alone()
    {
        for (int i = 0; i < 1000; i++) _histogram.Record(1_000_000);
        HistogramWindow window = new(_histogram);
        for (int i = 1; i <= 100; i++) _histogram.Record(i);
        window.Close();
        Assert.Equal(100, window.Count);
        Assert.Equal(99, window.ValueAtPercentile(99));
        window.Open();
        window.Close();
        Assert.Equal((0, 0), (window.Count, window.ValueAtPercentile(99)));
    }
}
