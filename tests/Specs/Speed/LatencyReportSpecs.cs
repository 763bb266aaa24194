using MarketMaker.Speed.Latency;
using MarketMaker.Speed.Load;
using MarketMaker.Speed.Records;

namespace MarketMaker.Tests.Specs.Speed;

public sealed class LatencyReportSpecs
{
    private const long UsNs = 1_000;

    private static readonly LatencyOptions Options = new()
    {
        Rate = 1_000,
        Seconds = 3,
        WarmUpSeconds = 1,
        Repeats = 3,
        Layout = "fused",
        Wait = "auto",
        Driver = "socket",
        Ladder = false,
        SoakMinutes = 0,
        Tickers = 5_000,
        Config = "",
        Dist = "",
        Data = "",
        Output = "",
        Record = false,
        KeepFiles = false,
    };

    [Fact]
    public void should_compare_each_piece_with_the_floor_taken_before_it()
    {
        Figure[] ratios = Report(12, 20, 30).OverFloors([Floor(1, 10), Floor(2, 16), Floor(3, 30)]);
        Assert.Equal([(1, 1.2), (2, 1.25), (3, 1.0)], ratios.Select(ratio => (ratio.Repeat, ratio.Value)));
        Assert.All(ratios, ratio => Assert.Equal(("latency/fused/socket/1000", "ratio"), (ratio.Scenario, ratio.Unit)));
    }

    [Fact]
    public void should_compare_no_piece_that_has_no_floor_or_no_order()
    {
        Figure[] ratios = Report(12, 0, 30).OverFloors([Floor(2, 16), Floor(3, 10)]);
        Assert.Equal([(3, 3.0)], ratios.Select(ratio => (ratio.Repeat, ratio.Value)));
    }

    [Fact]
    public void should_compare_all_orders_with_the_echo_before_and_after()
    {
        Figure[] echo = [Floor(1, 8) with { Name = "udp-tcp-echo-p50" }, Floor(2, 12) with { Name = "udp-tcp-echo-p50" }];
        Assert.Equal(1.2, Assert.Single(Report(11, 12, 13).OverEcho(echo)).Value);
        Assert.Empty(Report(11, 12, 13).OverEcho([]));
        Assert.Empty(Report(0).OverEcho(echo));
    }

    private static Figure Floor(int repeat, double us) => new("1", Comparison.FloorScenario, LoadFloor.P50, "ns", repeat, us * UsNs);

    // A piece for each number: an order so many us after its packet left; 0: none came.
    private static LatencyReport Report(params long[] tookUs) => new(Options, "1", [new RungResult { Pieces = [.. tookUs.Select(PieceOf)], Engine = default }]);

    private static Piece PieceOf(long tookUs)
    {
        Rung rung = new(1_000, 0, 1);
        if (tookUs > 0) rung.Samples.Add(new LoadSample(0, 5 * UsNs, (5 + tookUs) * UsNs));
        return new Piece(rung, []);
    }
}
