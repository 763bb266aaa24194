using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class SellOffSpecs
{
    private const long Second = 1_000_000_000;
    private readonly SellOff _sellOff = new(new SellOffOptions(), tickerCount: 2);

    [Theory]
    // A quarter of 4 bp times the root of 100 s is 10 bp.
    [InlineData(400, 100, 0, 2_500)]
    [InlineData(400, 100, 150, 750)]
    [InlineData(400, 100, 300, -1_000)]
    [InlineData(400, 100, 10_000, -1_000)]
    // A quarter of 20 bp times the root of 900 s would be 150 bp: 100 bp is the most.
    [InlineData(2_000, 900, 300, -10_000)]
    [InlineData(0, 900, 300, 0)]
    [InlineData(400, 0, 300, 0)]
    [InlineData(400, -5, 300, 0)]
    [InlineData(100, 1_000_000, 300, -1_118)]
    public void should_fall_in_a_straight_line_to_a_part_of_the_expected_move(int sigma, int cover, int elapsedSeconds, int floorPpm) =>
        Assert.Equal(floorPpm, _sellOff.FloorPpm(7, 7 + elapsedSeconds * Second, sigma, cover));

    [Fact]
    public void should_not_rise_above_its_start_when_time_goes_back() =>
        Assert.Equal(2_500, _sellOff.FloorPpm(100 * Second, 0, 400, 100));

    [Fact]
    public void should_count_from_the_moment_the_ticker_turned_volatile_and_use_the_last_sigma()
    {
        Verdict(100, TickerFlags.Volatile | TickerFlags.SellOnly, sigma: 400);
        Verdict(200, TickerFlags.Volatile | TickerFlags.SellOnly, sigma: 800);
        Assert.True(_sellOff.IsVolatile(0));
        Assert.Equal(-2_000, _sellOff.FloorPpm(0, 400 * Second, 100));
        Assert.Equal(250, _sellOff.FloorPpm(0, 250 * Second, 100));
    }

    [Fact]
    public void should_start_anew_when_a_ticker_turns_volatile_again()
    {
        Verdict(100, TickerFlags.Volatile | TickerFlags.SellOnly, sigma: 400);
        Verdict(200, TickerFlags.None, sigma: 100);
        Assert.False(_sellOff.IsVolatile(0));
        Verdict(1_000, TickerFlags.Volatile | TickerFlags.SellOnly, sigma: 400);
        Assert.Equal(2_500, _sellOff.FloorPpm(0, 1_000 * Second, 100));
        Assert.False(_sellOff.IsVolatile(1));
    }

    [Fact]
    public void should_stand_the_highest_sigma_there_is() => Assert.Equal(-10_000, _sellOff.FloorPpm(0, 300 * Second, int.MaxValue, 2_000));

    private void Verdict(int atSecond, TickerFlags flags, int sigma) => _sellOff.OnVerdict(
        new PriceEvent { Kind = PriceEventKind.Verdict, NowNs = atSecond * Second, Flags = flags, SigmaCentiBp = sigma });
}
