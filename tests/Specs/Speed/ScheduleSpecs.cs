using MarketMaker.Speed.Load;

namespace MarketMaker.Tests.Specs.Speed;

public sealed class ScheduleSpecs
{
    private const long StartNs = 1_000_000_000;

    [Theory]
    [InlineData(1_000)]
    [InlineData(500_000)]
    [InlineData(5_000_000)]
    public void should_keep_the_rate_that_was_asked_for(long rate)
    {
        Schedule schedule = new(StartNs, rate);
        const int Offers = 1 << 17;
        for (int i = 1; i < Offers; i++) schedule.Advance();
        double seconds = (schedule.NextNs - StartNs) / 1e9;
        Assert.Equal(rate, Offers / seconds, rate * 0.001);
    }

    [Fact]
    public void should_intend_the_same_times_however_late_it_is_asked()
    {
        Schedule prompt = new(StartNs, 500_000), late = new(StartNs, 500_000);
        long[] expected = Take(prompt);
        Thread.Sleep(5);
        Assert.Equal(expected, Take(late));
    }

    [Fact]
    public void should_bunch_arrivals_as_chance_does()
    {
        long[] times = Take(new Schedule(StartNs, 1_000_000));
        long[] gaps = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)];
        // Of exponential gaps, 1 - 1/e are below their mean.
        Assert.Equal(0.632, gaps.Count(gap => gap < 1_000) / (double)gaps.Length, 0.02);
    }

    private static long[] Take(Schedule schedule)
    {
        long[] times = new long[10_000];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = schedule.NextNs;
            schedule.Advance();
        }

        return times;
    }
}
