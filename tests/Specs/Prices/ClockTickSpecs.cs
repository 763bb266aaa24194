using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class ClockTickSpecs
{
    [Fact]
    public void should_tick_every_ten_milliseconds_and_once_after_a_stall()
    {
        ManualTime time = new();
        MultiProducerRingBuffer<PriceEvent> ring = new("prices", 64);
        EventPoller<PriceEvent> poller = ring.NewPoller();
        ClockTick<ManualClock> tick = new(new PricesOptions(), new ManualClock(time), ring);
        long startNs = time.Ns;
        for (int ms = 0; ms < 35; ms++, time.Advance(ManualTime.NsPerMs)) tick.DoWork();
        time.Advance(1_000 * ManualTime.NsPerMs);
        for (int i = 0; i < 5; i++) tick.DoWork();

        List<long> atMs = [];
        long last = poller.AvailableThrough(64);
        for (long sequence = 0; sequence <= last; sequence++)
        {
            Assert.Equal(PriceEventKind.Tick, poller[sequence].Kind);
            atMs.Add((poller[sequence].NowNs - startNs) / ManualTime.NsPerMs);
        }

        Assert.Equal([0, 10, 20, 30, 1_035], atMs);
    }

    [Fact]
    public void should_wait_for_room_in_a_full_ring()
    {
        ManualTime time = new();
        MultiProducerRingBuffer<PriceEvent> ring = new("prices", 2);
        EventPoller<PriceEvent> poller = ring.NewPoller();
        ClockTick<ManualClock> tick = new(new PricesOptions(), new ManualClock(time), ring);
        for (int i = 0; i < 3; i++, time.Advance(10 * ManualTime.NsPerMs)) tick.DoWork();
        Assert.Equal(0, tick.DoWork());

        poller.AvailableThrough(2);
        poller.Advance(0);

        Assert.Equal(1, tick.DoWork());
    }
}
