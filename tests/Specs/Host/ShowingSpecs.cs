using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Host.Showing;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Host;

/// <summary>What the watching thread puts into the counter file for others.</summary>
public sealed class ShowingSpecs : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly CounterFile _counters = CounterFile.InMemory();

    public void Dispose() => _counters.Dispose();

    [Fact]
    public void should_show_what_waits_on_a_ring_and_the_most_that_ever_did()
    {
        SingleProducerRingBuffer<long> ring = new("executes", 16);
        EventPoller<long> consumer = ring.NewPoller();
        RingShow show = new([null, null, ring], () => 3, _counters);
        for (int i = 0; i < 5; i++) ring.TryNext(out _);
        ring.Publish(4);
        show.Show();
        Assert.Equal((16, 5, 5), (_counters.Read(Counter.RingsExecutesSlots), _counters.Read(Counter.RingsExecutesBacklog), _counters.Read(Counter.RingsExecutesHighWater)));
        Assert.Equal((0, 3), (_counters.Read(Counter.RingsOffersSlots), _counters.Read(Counter.RingsJournalBacklog)));
        show.EndSecond();
        Assert.Equal(5, _counters.Read(Counter.RingsExecutesRecentHighWater));

        // Between two looks of the watching thread nine come and go: the consumer itself tells of them.
        consumer.Advance(consumer.AvailableThrough(100));
        ring.TryNext(9, out long last);
        ring.Publish(last);
        consumer.Advance(consumer.AvailableThrough(100));
        show.Show();
        show.EndSecond();
        Assert.Equal((0, 9, 9), (_counters.Read(Counter.RingsExecutesBacklog), _counters.Read(Counter.RingsExecutesHighWater), _counters.Read(Counter.RingsExecutesRecentHighWater)));
        show.Show();
        show.EndSecond();
        Assert.Equal((9, 0), (_counters.Read(Counter.RingsExecutesHighWater), _counters.Read(Counter.RingsExecutesRecentHighWater)));
    }

    [Fact]
    public void should_show_how_far_and_how_long_the_shipper_is_behind()
    {
        string folder = Directory.CreateTempSubdirectory("mm-showing-").FullName;
        try
        {
            Guid journal = Guid.NewGuid();
            string mark = Path.Combine(folder, $"shipped.{journal:D}");
            ShippingShow show = new(new ShippedMark(folder, journal), _counters);
            Show(TransactionId.Of(1, 10), null, 1 * Second);
            Assert.Equal((0, 10, 0), Shown());
            Show(TransactionId.Of(1, 30), TransactionId.Of(1, 10), 4 * Second);
            Assert.Equal((TransactionId.Of(1, 10), 20, 0), Shown());
            Show(TransactionId.Of(1, 40), TransactionId.Of(1, 12), 9 * Second);
            Assert.Equal((TransactionId.Of(1, 12), 28, 5000), Shown());
            Show(TransactionId.Of(2, 6), TransactionId.Of(1, 40), 10 * Second);
            Assert.Equal((TransactionId.Of(1, 40), 6, 0), Shown());
            Show(TransactionId.Of(2, 6), TransactionId.Of(2, 6), 99 * Second);
            Assert.Equal((TransactionId.Of(2, 6), 0, 0), Shown());

            void Show(long lastId, long? shippedId, long nowNs)
            {
                if (shippedId is not null) File.WriteAllText(mark, $"{shippedId}\n");
                _counters.Set(Counter.JournalLastId, lastId);
                show.Show(nowNs);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        (long Id, long Behind, long WaitedMs) Shown() =>
            (_counters.Read(Counter.ShippingLastId), _counters.Read(Counter.ShippingBehind), _counters.Read(Counter.ShippingWaitedMs));
    }

    [Fact]
    public void should_show_a_row_for_every_ticker_some_in_each_duty_cycle_of_decision()
    {
        const int Tickers = 40;
        Universe.TryCreate([.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:00}"))], out Universe? universe, out _);
        TradeBook book = new(Tickers, 1_000_000L * Money.UnitsPerDollar);
        book.RestorePosition(3, 200);
        book.RestorePosition(39, -10);
        book.Mark(3, 50_0000);
        PriceCache cache = new(universe!);
        PriceStamper prices = new(new PricesOptions(), cache);
        long nowNs = new SystemClock().MonotonicNs;
        Price(3, 50_0000, 2 * Second);
        Price(4, 60_0000, 60 * Second);
        prices.Apply(new PriceEvent { Kind = PriceEventKind.Verdict, TickerIndex = 5, Flags = TickerFlags.SellOnly });
        OfferDecision<SystemClock> decision = NewDecision(book);
        TickerShow show = new(universe!, cache, decision.Positions, new PricesOptions { StalePriceAgeMs = 10_000 }, _counters);

        decision.DoWork();
        show.DoWork();
        Assert.Equal(0, _counters.Read(Counter.HostTickerRounds));
        show.Ask();
        decision.DoWork();
        show.DoWork();
        Assert.Equal((200, 0, 0), (_counters.Tickers[3].PositionShares, _counters.Tickers[39].PositionShares, _counters.Read(Counter.HostTickerRounds)));
        for (int i = 0; i < 2; i++) decision.DoWork();
        show.DoWork();
        Assert.Equal((-10, 1), (_counters.Tickers[39].PositionShares, _counters.Read(Counter.HostTickerRounds)));
        Assert.Equal((100_000_000L, 50_0000, TickerFlags.None), (_counters.Tickers[3].Used, _counters.Tickers[3].FairPrice, _counters.Tickers[3].Flags));
        Assert.Equal(TickerFlags.SellOnly | TickerFlags.NoPrice, _counters.Tickers[5].Flags);
        Assert.Equal((40, 2, 1), (_counters.Read(Counter.PriceAgesTickers), _counters.Read(Counter.PriceAgesTickersHeld), _counters.Read(Counter.PriceAgesStaleTickers)));
        Assert.InRange(_counters.Read(Counter.PriceAgesOldestMs), 60_000, 90_000);
        Assert.InRange(_counters.Read(Counter.PriceAgesMedianMs), 2_000, 30_000);

        void Price(ushort ticker, int price, long ageNs) =>
            prices.Apply(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = price, AsOfNs = nowNs - ageNs });
    }

    private OfferDecision<SystemClock> NewDecision(TradeBook book)
    {
        SingleProducerRingBuffer<OfferEvent> offers = new("offers", 16);
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 16);
        SingleProducerRingBuffer<ResponseEvent> responses = new("responses", 16);
        SingleProducerRingBuffer<ExecuteEvent> executes = new("executes", 16);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 16);
        executes.NewPoller();
        priorities.NewPoller();
        return new(new DecisionCore(new DecisionOptions(), book), offers.NewPoller(), prices.NewPoller(), responses.NewPoller(),
            executes, priorities, _counters, new TradingGate(), LogWriter.Create(64, out _), new SystemClock());
    }
}
