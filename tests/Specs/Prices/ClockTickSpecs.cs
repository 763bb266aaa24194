using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
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
    public void should_say_once_that_a_day_begins_at_the_venues_midnight_also_when_the_clock_is_set_back()
    {
        ManualTime time = new() { WallNs = VenueCalendar.MidnightNs(2026_11_24, -300) - ManualTime.NsPerSecond };
        MultiProducerRingBuffer<PriceEvent> ring = new("prices", 1024);
        EventPoller<PriceEvent> poller = ring.NewPoller();
        ClockTick<ManualClock> tick = new(new PricesOptions(), new ManualClock(time), ring, new VenueCalendar(null, TimeSpan.FromHours(-5)));
        for (int ms = 0; ms < 3_000; ms += 10)
        {
            tick.DoWork();
            time.Advance(10 * ManualTime.NsPerMs);
            if (ms == 2_000) time.WallNs -= 10 * ManualTime.NsPerSecond;
        }

        List<PriceEvent> days = [];
        long last = poller.AvailableThrough(1_024);
        for (long sequence = 0; sequence <= last; sequence++)
        {
            if (poller[sequence].Kind == PriceEventKind.NewDay) days.Add(poller[sequence]);
        }

        Assert.Equal(2026_11_24, Assert.Single(days).TradingDate);
    }

    [Fact]
    public void should_begin_no_day_where_the_settings_name_one_for_every_session()
    {
        ManualTime time = new();
        MultiProducerRingBuffer<PriceEvent> ring = new("prices", 1024);
        EventPoller<PriceEvent> poller = ring.NewPoller();
        ClockTick<ManualClock> tick = new(new PricesOptions(), new ManualClock(time), ring, new VenueCalendar(new DateOnly(2019, 1, 30), TimeSpan.Zero));
        for (int hour = 0; hour < 50; hour++, time.Advance(3_600 * ManualTime.NsPerSecond)) tick.DoWork();
        Assert.Equal(49, poller.AvailableThrough(1_024));
        for (int i = 0; i < 50; i++) Assert.Equal(PriceEventKind.Tick, poller[i].Kind);
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
