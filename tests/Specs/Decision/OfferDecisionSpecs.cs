using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Decision;

public sealed class OfferDecisionSpecs
{
    [Fact]
    public void should_refuse_what_adds_to_our_stock_while_buys_are_stopped_and_sell_what_we_hold()
    {
        SingleProducerRingBuffer<OfferEvent> offers = new("offers", 64);
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 64);
        SingleProducerRingBuffer<ResponseEvent> responses = new("responses", 64);
        SingleProducerRingBuffer<ExecuteEvent> executes = new("executes", 64);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 64);
        priorities.NewPoller();
        TradeBook book = new(2, 1_000_000_0000);
        book.RestorePosition(0, 100);
        using CounterFile counters = CounterFile.InMemory();
        TradingGate gate = new();
        gate.Open();
        EventPoller<ExecuteEvent> taken = executes.NewPoller();
        OfferDecision<SystemClock> decision = new(new DecisionCore(Events.Plain with { ShortSelling = true }, book), offers.NewPoller(), prices.NewPoller(),
            responses.NewPoller(), executes, priorities, counters, gate, LogWriter.Create(64, out _), new SystemClock());

        gate.StopBuying(StopReasons.Map, stop: true);
        Publish(offers, Side.Sell, ticker: 0);
        Publish(offers, Side.Buy, ticker: 1);
        Publish(offers, Side.Buy, ticker: 0);
        decision.DoWork();
        Assert.Equal(2, counters.ReadRefused(Counter.DecisionRefused, RefusalReason.BuysStopped));
        Assert.Equal(0, taken.AvailableThrough(10));
        Assert.Equal((Side.Sell, false), (taken[0].OrderSide, taken[0].IsShortSale));
        taken.Advance(0);

        gate.StopBuying(StopReasons.Map, stop: false);
        Publish(offers, Side.Sell, ticker: 0);
        Publish(offers, Side.Buy, ticker: 1);
        decision.DoWork();
        Assert.Equal(2, taken.AvailableThrough(10));
        Assert.Equal((Side.Buy, true), (taken[1].OrderSide, taken[2].IsShortSale));
    }

    [Fact]
    public void should_throw_the_kill_switch_for_good_and_say_so_when_the_day_lost_too_much()
    {
        SingleProducerRingBuffer<OfferEvent> offers = new("offers", 64);
        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 64);
        SingleProducerRingBuffer<ResponseEvent> responses = new("responses", 64);
        SingleProducerRingBuffer<ExecuteEvent> executes = new("executes", 64);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 64);
        priorities.NewPoller();
        executes.NewPoller();
        TradeBook book = new(2, 900_000_0000);
        book.RestorePosition(0, 1_000);
        using CounterFile counters = CounterFile.InMemory();
        LogWriter log = LogWriter.Create(64, out EventPoller<LogEvent> lines);
        TradingGate gate = new();
        gate.Open();
        OfferDecision<SystemClock> decision = new(new DecisionCore(Events.Plain, book), offers.NewPoller(), prices.NewPoller(),
            responses.NewPoller(), executes, priorities, counters, gate, log, new SystemClock());

        foreach (int price in (int[])[100_0000, 89_0000, 95_0000, 79_0000])
        {
            Publish(prices, Events.Price(0, price));
            Publish(prices, Events.Tick(1));
            decision.DoWork();
        }

        Assert.Equal(StopReasons.DayLoss, gate.Look().Sends);
        List<LogMessage> said = [];
        for (long line = 0, last = lines.AvailableThrough(64); line <= last; line++) said.Add(lines[line].Message);
        Assert.Equal([LogMessage.DayLossStopsBuying, LogMessage.DayLossRelieved, LogMessage.DayLossHalts, LogMessage.DayLossStopsBuying], said);
        Assert.Equal(21_000, counters.Read(Counter.DecisionDayLossPpm));
        Assert.Equal(1_000_000_0000, counters.Read(Counter.DecisionOpeningEquity));
    }

    private static void Publish(MultiProducerRingBuffer<PriceEvent> ring, PriceEvent price)
    {
        Assert.True(ring.TryNext(out long sequence));
        ring[sequence] = price;
        ring.Publish(sequence);
    }

    private static void Publish(SingleProducerRingBuffer<OfferEvent> ring, Side side, ushort ticker)
    {
        Assert.True(ring.TryNext(out long sequence));
        ring[sequence] = new OfferEvent
        {
            Kind = OfferEventKind.Offer,
            OfferSide = side,
            Price = side == Side.Buy ? 110_0000 : 90_0000,
            FairPrice = 100_0000,
            QuantityShares = 10,
            TickerIndex = ticker,
        };
        ring.Publish(sequence);
    }
}
