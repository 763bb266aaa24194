using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Latency;
using MarketMaker.Speed.Load;

namespace MarketMaker.Tests.Specs.Speed;

public sealed class RungResultSpecs
{
    private const long UsNs = 1_000;
    private const long MsNs = 1_000_000;

    [Fact]
    public void should_hold_a_rate_at_which_nothing_was_lost_and_nothing_lagged()
    {
        Assert.Null(Result(sample => sample).Failure);
    }

    [Fact]
    public void should_count_the_senders_lateness_as_latency()
    {
        RungResult result = Result(sample => sample with { SentNs = sample.IntendedNs + 3 * MsNs, ArrivedNs = sample.IntendedNs + 3 * MsNs + 10 * UsNs });
        Assert.Equal(3 * MsNs + 10 * UsNs, result.WireToWire.P50);
        Assert.Equal(10 * UsNs, result.FromSend.P50);
        Assert.Equal(3 * MsNs, result.Lateness.P50);
        Assert.True(result.IsGeneratorLate);
        Assert.Contains("the generator was late", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void should_not_hold_a_rate_at_which_the_engine_lags()
    {
        Assert.Contains("lag", Result(sample => sample with { ArrivedNs = sample.SentNs + 30 * MsNs }).Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel", 1, 0, 0, 0)]
    [InlineData("gaps", 0, 1, 0, 0)]
    [InlineData("full ring", 0, 0, 1, 0)]
    [InlineData("not sent", 0, 0, 0, 1)]
    public void should_not_hold_a_rate_at_which_anything_was_dropped(string cause, long drops, long gaps, long full, long notSent)
    {
        RungResult result = Result(sample => sample) with { Engine = new EngineReading(10_000, 100, full, drops, gaps, 0, notSent, 0) };
        Assert.Contains(cause, result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void should_not_hold_a_rate_at_which_offers_were_not_seen_or_brought_no_order()
    {
        Assert.Contains("not seen", (Result(sample => sample) with { Engine = new EngineReading(9_999, 100, 0, 0, 0, 0, 0, 0) }).Failure, StringComparison.Ordinal);
        RungResult result = Result(sample => sample);
        result.Pieces[0].Rung.Paying += 5;
        Assert.Contains("brought no order", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void should_judge_a_rate_by_all_its_pieces()
    {
        RungResult one = Result(sample => sample), late = Result(sample => sample with { ArrivedNs = sample.SentNs + 30 * MsNs });
        RungResult both = one with { Pieces = [.. one.Pieces, .. late.Pieces], Engine = one.Engine with { OffersSeen = 20_000 } };
        Assert.Equal((20_000, 2_000, 2_000), (both.Offers, both.Paying, both.Samples.Count));
        Assert.Equal(10 * UsNs, both.Pieces[0].WireToWire.P50);
        Assert.Equal(30 * MsNs, both.Pieces[1].WireToWire.P50);
        Assert.Contains("lag", both.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void should_take_the_value_that_so_many_percent_are_at_or_below()
    {
        Percentiles p = Percentiles.Of(Enumerable.Range(1, 1_000).Select(value => (long)value).Reverse());
        Assert.Equal(new Percentiles(1_000, 500, 900, 990, 999, 1_000), p);
        Assert.Equal(new Percentiles(1, 7, 7, 7, 7, 7), Percentiles.Of([7]));
        Assert.Equal(0, Percentiles.Of([]).Count);
    }

    // A thousand orders over a second, each 10 us after its offer left in time.
    private static RungResult Result(Func<LoadSample, LoadSample> change)
    {
        Rung rung = new(10_000, 0, 1) { Offers = 10_000, Paying = 1_000 };
        for (int i = 0; i < 1_000; i++)
        {
            long at = i * MsNs;
            rung.Samples.Add(change(new LoadSample(at, at, at + 10 * UsNs)));
        }

        return new RungResult { Pieces = [new Piece(rung, [])], Engine = new EngineReading(10_000, 1_000, 0, 0, 0, 0, 0, 0) };
    }
}
