using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class PriceCacheUpdaterSpecs : IDisposable
{
    private const long NsPerMs = ManualTime.NsPerMs;

    private readonly ManualTime _time = new();
    private readonly PriceCache _cache = new(PriceClientBench.UniverseOf(10));
    private readonly MultiProducerRingBuffer<PriceEvent> _prices = new("prices", 1_024);
    private readonly SingleProducerRingBuffer<OfferEvent> _offers = new("offers", 1_024);
    private readonly SingleProducerRingBuffer<RefreshRequest> _refreshes = new("refreshes", 4);
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly EventPoller<OfferEvent> _decisionOffers;
    private readonly EventPoller<RefreshRequest> _asked;
    private readonly PriceCacheUpdater<ManualClock> _updater;

    public PriceCacheUpdaterSpecs()
    {
        EventPoller<OfferEvent> offers = _offers.NewPoller();
        _decisionOffers = _offers.NewPoller(offers);
        _asked = _refreshes.NewPoller();
        PricesOptions options = new() { StalePriceAgeMs = 10_000, OffersBatchMax = 8, PricesBatchMax = 8 };
        _updater = new PriceCacheUpdater<ManualClock>(options, _cache, new ManualClock(_time), _prices.NewPoller(), offers, _refreshes, _counters);
    }

    public void Dispose() => _counters.Dispose();

    [Fact]
    public void should_keep_one_cache_line_per_ticker()
    {
        Assert.Equal(64, Unsafe.SizeOf<PriceLine>());
        Assert.Equal(10, _cache.Lines.Length);
    }

    [Fact]
    public void should_stamp_fair_price_age_and_hop_time()
    {
        OpenMarket();
        Price(3, 1_234_500, asOfNs: _time.Ns - 1_500 * NsPerMs);
        long receivedNs = _time.Ns;
        Offer(3);
        _time.Advance(700);

        OfferEvent offer = Single();

        Assert.Equal(1_234_500, offer.FairPrice);
        Assert.Equal(1_500_000u, offer.PriceAgeUs);
        Assert.Equal(TickerFlags.None, offer.Flags);
        Assert.Equal(700u, offer.PricedDeltaNs);
        Assert.Equal(receivedNs, offer.ReceivedNs);
        Assert.Equal(1, _counters.Read(Counter.PricesOffersStamped));
        Assert.Equal(1, _counters.Read(Counter.PricesUpdated));
        Assert.Equal(1, _counters[HopHistogram.ReceivedToPriced].Count);
    }

    [Fact]
    public void should_apply_prices_before_it_stamps_offers()
    {
        OpenMarket();
        Price(1, 100, _time.Ns);
        Offer(1);
        Price(1, 200, _time.Ns);

        Assert.Equal(200, Single().FairPrice);
    }

    [Fact]
    public void should_let_decision_see_an_offer_only_once_it_is_stamped()
    {
        Offer(1);
        Assert.True(_decisionOffers.AvailableThrough(10) < _decisionOffers.Next);

        _updater.DoWork();

        Assert.Equal(_decisionOffers.Next, _decisionOffers.AvailableThrough(10));
    }

    [Fact]
    public void should_say_no_price_until_the_first_arrives()
    {
        OpenMarket();
        Offer(5);

        OfferEvent offer = Single();

        Assert.Equal((0, uint.MaxValue, TickerFlags.NoPrice), (offer.FairPrice, offer.PriceAgeUs, offer.Flags));
    }

    [Fact]
    public void should_take_the_market_for_closed_until_it_opens_and_after_it_closes()
    {
        Price(1, 100, _time.Ns);
        Offer(1);
        Assert.Equal(TickerFlags.MarketClosed, Single().Flags);
        OpenMarket();
        Offer(1);
        Assert.Equal(TickerFlags.None, Single().Flags);
        Change(OfferEventKind.MarketHours, 0, TickerFlags.MarketClosed);
        Offer(1);
        Assert.Equal(TickerFlags.MarketClosed, Single().Flags);
    }

    [Fact]
    public void should_stamp_a_halt_from_the_offer_behind_it_on_and_on_its_ticker_alone()
    {
        OpenMarket();
        Price(1, 100, _time.Ns);
        Price(2, 100, _time.Ns);
        Offer(1);
        Change(OfferEventKind.TradingState, 1, TickerFlags.Halted);
        Offer(1);
        Offer(2);
        Change(OfferEventKind.TradingState, 1, TickerFlags.None);
        Offer(1);

        Assert.Equal([TickerFlags.None, TickerFlags.Halted, TickerFlags.None, TickerFlags.None], Stamped().Select(offer => offer.Flags));
    }

    [Fact]
    public void should_join_verdicts_on_one_and_on_all_tickers()
    {
        OpenMarket();
        Price(1, 100, _time.Ns);
        Price(2, 100, _time.Ns);
        Verdict(PriceEventKind.Verdict, 1, TickerFlags.Denied);
        Verdict(PriceEventKind.VerdictForAll, 0, TickerFlags.SellOnly);
        Offer(1);
        Offer(2);
        Assert.Equal([TickerFlags.Denied | TickerFlags.SellOnly, TickerFlags.SellOnly], Stamped().Select(offer => offer.Flags));

        Verdict(PriceEventKind.VerdictForAll, 0, TickerFlags.None);
        Offer(1);
        Offer(2);
        Assert.Equal([TickerFlags.Denied, TickerFlags.None], Stamped().Select(offer => offer.Flags));

        Verdict(PriceEventKind.Verdict, 1, TickerFlags.None);
        Offer(1);
        Assert.Equal(TickerFlags.None, Single().Flags);
    }

    [Fact]
    public void should_count_the_time_an_offer_waited_as_age_of_its_price()
    {
        OpenMarket();
        Price(1, 100, _time.Ns);
        Offer(1);
        // The process was stopped between Feed and Prices: the price is as old as the stop was long.
        _time.Advance(12 * ManualTime.NsPerSecond);

        Assert.Equal(12_000_000u, Single().PriceAgeUs);
    }

    [Theory]
    [InlineData(-5_000_000, 0)]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(1_000, 1)]
    [InlineData(4_294_967_295_000, uint.MaxValue)]
    [InlineData(9_000_000_000_000, uint.MaxValue)]
    [InlineData(3_000_000_000_000_000_000, uint.MaxValue)]
    public void should_never_give_a_negative_or_wrapped_age(long ageNs, uint expectedUs)
    {
        OpenMarket();
        Price(1, 100, _time.Ns - ageNs);
        Offer(1);

        Assert.Equal(expectedUs, Single().PriceAgeUs);
    }

    [Fact]
    public void should_saturate_the_hop_time_of_an_offer_that_waited_long()
    {
        Offer(1, receivedNs: _time.Ns - 10 * ManualTime.NsPerSecond);
        Offer(1, receivedNs: _time.Ns + 5);

        Assert.Equal([uint.MaxValue, 0u], Stamped().Select(offer => offer.PricedDeltaNs));
    }

    [Fact]
    public void should_ask_for_a_stale_ticker_once_until_its_next_price()
    {
        Price(1, 100, _time.Ns - 10_001 * NsPerMs);
        Price(2, 100, _time.Ns - 10_000 * NsPerMs);
        Offer(1);
        Offer(1);
        Offer(2);
        Assert.Equal([1], Asked());

        Price(1, 100, _time.Ns - 20_000 * NsPerMs);
        Offer(1);
        Assert.Equal([1], Asked());
    }

    [Fact]
    public void should_ask_again_when_no_price_came_within_the_retry_time()
    {
        Offer(4);
        Assert.Equal([4], Asked());
        _time.Advance(999 * NsPerMs);
        Offer(4);
        Assert.Empty(Asked());
        _time.Advance(1 * NsPerMs);
        Offer(4);
        Assert.Equal([4], Asked());
    }

    [Fact]
    public void should_ask_again_at_the_next_offer_when_the_ring_of_refreshes_was_full()
    {
        for (ushort ticker = 0; ticker < 6; ticker++) Offer(ticker);
        Assert.Equal([0, 1, 2, 3], Asked());

        for (ushort ticker = 0; ticker < 6; ticker++) Offer(ticker);
        Assert.Equal([4, 5], Asked());
    }

    [Fact]
    public void should_handle_no_more_than_a_batch_in_one_cycle()
    {
        for (int i = 0; i < 20; i++) Offer(1);
        for (int i = 0; i < 20; i++) Price(1, 100 + i, _time.Ns);

        Assert.Equal(16, _updater.DoWork());
        Assert.Equal(16, _updater.DoWork());
        Assert.Equal(8, _updater.DoWork());
        Assert.Equal(0, _updater.DoWork());
        Assert.Equal(20, _counters.Read(Counter.PricesOffersStamped));
        Assert.Equal(1, _counters.Read(Counter.PricesTickersPriced));
        Assert.Equal(20, _counters.Read(Counter.PricesUpdated));
    }

    [Fact]
    public void should_allocate_nothing()
    {
        Action cycle = () =>
        {
            Price(1, 100, _time.Ns);
            Price(2, 100, 0);
            for (ushort ticker = 0; ticker < 4; ticker++) Offer(ticker);
            Change(OfferEventKind.TradingState, 1, TickerFlags.Halted);
            _updater.DoWork();
            _asked.Advance(_asked.AvailableThrough(10));
            _decisionOffers.Advance(_decisionOffers.AvailableThrough(100));
        };
        for (int i = 0; i < 100; i++) cycle();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++) cycle();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void OpenMarket() => Change(OfferEventKind.MarketHours, 0, TickerFlags.None);

    private void Offer(ushort ticker, long? receivedNs = null) =>
        Publish(new OfferEvent { Kind = OfferEventKind.Offer, TickerIndex = ticker, ReceivedNs = receivedNs ?? _time.Ns, Flags = TickerFlags.Denied });

    private void Change(OfferEventKind kind, ushort ticker, TickerFlags flags) =>
        Publish(new OfferEvent { Kind = kind, TickerIndex = ticker, Flags = flags });

    private void Publish(OfferEvent offer)
    {
        Assert.True(_offers.TryNext(out long sequence));
        _offers[sequence] = offer;
        _offers.Publish(sequence);
    }

    private void Price(ushort ticker, int price, long asOfNs) =>
        Publish(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = price, AsOfNs = asOfNs, ServiceTimeSeconds = 1 });

    private void Verdict(PriceEventKind kind, ushort ticker, TickerFlags flags) =>
        Publish(new PriceEvent { Kind = kind, TickerIndex = ticker, Flags = flags });

    private void Publish(PriceEvent price)
    {
        Assert.True(_prices.TryNext(out long sequence));
        _prices[sequence] = price;
        _prices.Publish(sequence);
    }

    private OfferEvent Single() => Assert.Single(Stamped());

    private List<OfferEvent> Stamped()
    {
        while (_updater.DoWork() > 0)
        {
        }

        List<OfferEvent> offers = [];
        long last = _decisionOffers.AvailableThrough(1_000);
        for (long sequence = _decisionOffers.Next; sequence <= last; sequence++)
        {
            if (_decisionOffers[sequence].Kind == OfferEventKind.Offer) offers.Add(_decisionOffers[sequence]);
        }

        _decisionOffers.Advance(last);
        return offers;
    }

    private List<int> Asked()
    {
        Stamped();
        List<int> asked = [];
        long last = _asked.AvailableThrough(100);
        for (long sequence = _asked.Next; sequence <= last; sequence++) asked.Add(_asked[sequence].TickerIndex);
        if (last >= _asked.Next) _asked.Advance(last);
        return asked;
    }
}
