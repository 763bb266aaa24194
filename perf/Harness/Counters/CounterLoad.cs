using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;

namespace MarketMaker.Harness.Counters;

/// <summary>The stages Prices and Decision over their real rings and a mapped counter file, on one thread: offers in batches of 64, prices and answers between them.</summary>
internal sealed class CounterLoad : IDisposable
{
    public const int Tickers = 5_000;

    private const int BatchOffers = 64, Prepared = 1 << 16, RingSlots = 1 << 12;
    private const int OneDollar = 10_000;

    private readonly CounterFile _counters;
    private readonly PriceCache _cache;
    private readonly SingleProducerRingBuffer<OfferEvent> _offers = new("offers", RingSlots);
    private readonly MultiProducerRingBuffer<PriceEvent> _prices = new("prices", 1 << 13);
    private readonly SingleProducerRingBuffer<ExecuteEvent> _executes = new("executes", RingSlots);
    private readonly SingleProducerRingBuffer<ResponseEvent> _responses = new("responses", RingSlots);
    private readonly EventPoller<ExecuteEvent> _sent;
    private readonly EventPoller<RefreshRequest> _refreshes, _priorities;
    private readonly PriceCacheUpdater<SystemClock> _updater;
    private readonly OfferDecision<SystemClock> _decision;
    private readonly OfferEvent[] _prepared = new OfferEvent[Prepared];
    private long _published;
    private ushort _nextPrice;

    /// <summary>Prepares it with its counters at a path.</summary>
    public CounterLoad(string path)
    {
        Universe.TryCreate([.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:0000}"))], out Universe? universe, out _);
        _counters = CounterFile.Create(path, new CounterWriter("MEASURE", 0, Stopwatch.GetTimestamp(), 0));
        _counters.SetTickers(universe!);
        _cache = new PriceCache(universe!);
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", 1024), priorities = new("priorities", 1024);
        (_refreshes, _priorities, _sent) = (refreshes.NewPoller(), priorities.NewPoller(), _executes.NewPoller());
        EventPoller<OfferEvent> toPrices = _offers.NewPoller(), toDecision = _offers.NewPoller(toPrices);
        EventPoller<PriceEvent> pricesToPrices = _prices.NewPoller(), pricesToDecision = _prices.NewPoller(pricesToPrices);
        TradingGate gate = new();
        gate.Open();
        _updater = new(new PricesOptions(), _cache, default, pricesToPrices, toPrices, refreshes, _counters);
        TradeBook book = new(Tickers, 1_000_000_000L * Money.UnitsPerDollar);
        DecisionCore core = new(new DecisionOptions { SendsPerSecondMax = 1_000_000 }, book);
        _decision = new(core, toDecision, pricesToDecision, _responses.NewPoller(), _executes, priorities, _counters, gate, LogWriter.Create(4096, out _), default);
        Prepare(new Random(1));
        Open();
    }

    /// <summary>Asks Decision for the rows of the tickers, as the watching thread does each second.</summary>
    public PositionBoard Positions => _decision.Positions;

    /// <summary>Runs for some time.</summary>
    /// <returns>Nanoseconds for each offer.</returns>
    public double Run(TimeSpan length)
    {
        long began = Stopwatch.GetTimestamp(), end = began + (long)length.TotalNanoseconds, offers = 0, now;
        do
        {
            for (int i = 0; i < 16; i++, offers += BatchOffers) Turn();
            now = Stopwatch.GetTimestamp();
        }
        while (now < end);
        return (double)(now - began) / offers;
    }

    /// <summary>Throws when what ran was not what was meant to be measured.</summary>
    public void Check()
    {
        long refused = Enum.GetValues<RefusalReason>().Sum(reason => _counters.ReadRefused(Counter.DecisionRefused, reason));
        long judged = _counters.Read(Counter.DecisionOffersJudged), taken = _counters.Read(Counter.DecisionExecutes);
        if (judged != refused + taken || taken == 0) throw new MeasureException($"{judged} offers were judged, {refused} refused and {taken} taken: not what was to be measured");
    }

    public void Dispose() => _counters.Dispose();

    private void Turn()
    {
        if (!_offers.TryNext(BatchOffers, out long last)) throw new MeasureException("the ring of offers is full");
        long nowNs = Stopwatch.GetTimestamp();
        for (long sequence = last - BatchOffers + 1; sequence <= last; sequence++)
        {
            ref OfferEvent offer = ref _offers[sequence];
            offer = _prepared[_published++ & (Prepared - 1)];
            offer.ReceivedNs = nowNs;
        }

        _offers.Publish(last);
        // Some 2,000 prices for half a million offers.
        if ((last & 255) < BatchOffers) Price(_nextPrice = (ushort)((_nextPrice + 1) % Tickers));
        _updater.DoWork();
        _decision.DoWork();
        Answer(nowNs);
        _refreshes.Advance(_refreshes.AvailableThrough(RingSlots));
        _priorities.Advance(_priorities.AvailableThrough(RingSlots));
    }

    private void Answer(long nowNs)
    {
        long first = _sent.Next, last = _sent.AvailableThrough(RingSlots);
        for (long sequence = first; sequence <= last; sequence++)
        {
            ref readonly ExecuteEvent order = ref _sent[sequence];
            if (!_responses.TryNext(out long response)) throw new MeasureException("the ring of responses is full");
            _responses[response] = new ResponseEvent
            {
                Kind = ResponseKind.Canceled,
                TickerIndex = order.TickerIndex,
                OrderSide = order.OrderSide,
                QuantityShares = order.QuantityShares,
                LimitPrice = order.LimitPrice,
                FairPrice = order.FairPrice,
                AnsweredNs = nowNs,
            };
            _responses.Publish(response);
        }

        if (last >= first) _sent.Advance(last);
    }

    private void Prepare(Random random)
    {
        foreach (ref OfferEvent offer in _prepared.AsSpan())
        {
            bool pays = random.Next(100) == 0;
            offer.Kind = OfferEventKind.Offer;
            offer.TickerIndex = (ushort)random.Next(Tickers);
            offer.OfferSide = pays || random.Next(2) == 0 ? Side.Sell : Side.Buy;
            offer.Price = pays ? 98 * OneDollar : 100 * OneDollar + random.Next(-8_000, 8_000);
            offer.QuantityShares = random.Next(1, 5);
        }
    }

    private void Open()
    {
        _offers.TryNext(out long sequence);
        _offers[sequence] = new OfferEvent { Kind = OfferEventKind.MarketHours };
        _offers.Publish(sequence);
        for (int i = 0; i < Tickers; i++)
        {
            Price((ushort)i);
            _updater.DoWork();
            _decision.DoWork();
        }
    }

    private void Price(ushort ticker)
    {
        if (!_prices.TryNext(out long sequence)) throw new MeasureException("the ring of prices is full");
        long nowNs = Stopwatch.GetTimestamp();
        _prices[sequence] = new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = ticker, Price = 100 * OneDollar, AsOfNs = nowNs, NowNs = nowNs, ServiceTimeSeconds = 1 };
        _prices.Publish(sequence);
    }
}
