using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
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
        TradeBook book = new(2, 1_000_000_0000);
        book.RestorePosition(0, 1_000);
        using CounterFile counters = CounterFile.InMemory();
        TradingGate gate = new();
        gate.Open();
        EventPoller<ExecuteEvent> taken = executes.NewPoller();
        OfferDecision<SystemClock> decision = new(new DecisionOptions { ShortSelling = true }, book, offers.NewPoller(), prices.NewPoller(),
            responses.NewPoller(), executes, counters, gate, new SystemClock());

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
