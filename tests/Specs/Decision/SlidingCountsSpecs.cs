using CsCheck;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class SlidingCountsSpecs
{
    private const long WindowNs = 1_000;

    [Fact]
    public void should_count_all_of_the_window_and_nothing_older_than_a_seventh_more() =>
        Gen.Select(Gen.Int[0, 1], Gen.Long[0, 400]).Array[1, 200].Sample(events =>
        {
            SlidingCounts counts = new(2, WindowNs);
            List<(int Owner, long Ns)> seen = [];
            long nowNs = 0;
            foreach ((int owner, long waitNs) in events)
            {
                nowNs += waitNs;
                counts.Add(owner, nowNs);
                seen.Add((owner, nowNs));
                for (int asked = 0; asked < 2; asked++)
                {
                    int within = seen.Count(one => one.Owner == asked && nowNs - one.Ns < WindowNs);
                    int nearly = seen.Count(one => one.Owner == asked && nowNs - one.Ns < WindowNs * 8 / 7 + 8);
                    Assert.InRange(counts.Count(asked, nowNs), within, nearly);
                }
            }
        });

    [Fact]
    public void should_forget_everything_after_a_long_silence()
    {
        SlidingCounts counts = new(1, WindowNs);
        for (int i = 0; i < 100; i++) counts.Add(0, i);
        Assert.Equal(100, counts.Count(0, 100));
        Assert.Equal(0, counts.Count(0, 1_000_000_000));
        // A clock that seems to go back loses nothing.
        counts.Add(0, 5);
        Assert.Equal(1, counts.Count(0, 1_000_000_000));
    }
}
