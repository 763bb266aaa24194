using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Prices;

/// <summary>
/// The stage Prices: takes what is new on <c>prices</c>, then stamps every offer with fair price, its age and the ticker's state.
/// <see cref="PriceStamper"/> knows how; this is its place between the rings.
/// </summary>
/// <remarks>The only writer of the price cache. Allocates nothing; one clock read per batch of offers.</remarks>
public sealed class PriceCacheUpdater<TClock> : IAgent
    where TClock : struct, IClock
{
    /// <summary>Offers between the asking for a price line and its use: some 100 ns of work, about what a line takes from the last-level cache.</summary>
    private const int ExpectAhead = 8;

    private readonly PriceStamper _stamper;
    private readonly EventPoller<PriceEvent> _prices;
    private readonly EventPoller<OfferEvent> _offers;
    private readonly SingleProducerRingBuffer<RefreshRequest> _refreshes;
    private readonly CounterFile _counters;
    private readonly TClock _clock;
    private readonly int _pricesBatchMax;
    private readonly int _offersBatchMax;

    /// <summary>Wires the stage.</summary>
    /// <param name="options">Checked by the host.</param>
    /// <param name="cache">Becomes this stage's own.</param>
    /// <param name="clock">Read once per batch of offers.</param>
    /// <param name="prices">This stage's poller of <c>prices</c>.</param>
    /// <param name="offers">This stage's poller of <c>offers</c>; Decision's is chained behind it.</param>
    /// <param name="refreshes">Where tickers are named that need a price out of turn.</param>
    /// <param name="counters">The block Prices is this stage's.</param>
    public PriceCacheUpdater(
        PricesOptions options,
        PriceCache cache,
        TClock clock,
        EventPoller<PriceEvent> prices,
        EventPoller<OfferEvent> offers,
        SingleProducerRingBuffer<RefreshRequest> refreshes,
        CounterFile counters)
    {
        _stamper = new PriceStamper(options, cache);
        _clock = clock;
        _prices = prices;
        _offers = offers;
        _refreshes = refreshes;
        _counters = counters;
        _pricesBatchMax = options.PricesBatchMax;
        _offersBatchMax = options.OffersBatchMax;
    }

    /// <inheritdoc/>
    public string Name => "Prices";

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.PricesDutyCycles);
        // One look at offers a turn, and before the one at prices: an offer that was published after a price is judged with that price.
        long last = _offers.AvailableThrough(_offersBatchMax);
        ExpectOffers(last);
        int handled = ApplyPrices() + StampOffers(last);
        if (handled > 0) _counters.Add(Counter.PricesWorkCycles);
        return handled;
    }

    // The first offers' lines come while the prices are taken and the clock is read; the others ask for theirs on the way.
    private void ExpectOffers(long last)
    {
        last = Math.Min(last, _offers.Next + ExpectAhead - 1);
        for (long sequence = _offers.Next; sequence <= last; sequence++) Expect(_offers[sequence]);
    }

    private int StampOffers(long last)
    {
        long first = _offers.Next;
        if (last < first) return 0;
        long nowNs = _clock.MonotonicNs;
        int stamped = 0;
        long lastDeltaNs = 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            if (sequence + ExpectAhead <= last) Expect(_offers[sequence + ExpectAhead]);
            ref OfferEvent offer = ref _offers[sequence];
            if (offer.Kind == OfferEventKind.Offer)
            {
                if (_stamper.Stamp(ref offer, nowNs)) AskForRefresh(offer.TickerIndex, nowNs);
                lastDeltaNs = offer.PricedDeltaNs;
                stamped++;
            }
            else
            {
                _stamper.Apply(in offer);
            }
        }

        _offers.Advance(last);
        if (stamped > 0)
        {
            _counters.Add(Counter.PricesOffersStamped, stamped);
            _counters[HopHistogram.ReceivedToPriced].Record(lastDeltaNs);
        }

        return (int)(last - first + 1);
    }

    private void Expect(in OfferEvent offer)
    {
        // A change of the market's hours names no ticker.
        if (offer.Kind == OfferEventKind.Offer) _stamper.ExpectOffer(offer.TickerIndex);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AskForRefresh(ushort tickerIndex, long nowNs)
    {
        // A full ring is no loss: the ticker's next offer asks again.
        if (!_refreshes.TryNext(out long sequence))
        {
            _stamper.OnRefreshNotAsked(tickerIndex);
            return;
        }

        _refreshes[sequence] = new RefreshRequest { TickerIndex = tickerIndex, AskedNs = nowNs };
        _refreshes.Publish(sequence);
    }

    private int ApplyPrices()
    {
        long first = _prices.Next;
        long last = _prices.AvailableThrough(_pricesBatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            ref readonly PriceEvent change = ref _prices[sequence];
            _stamper.Apply(in change);
            if (change.Kind == PriceEventKind.Price) _counters.Add(Counter.PricesUpdated);
            else if (change.Kind == PriceEventKind.Tick) _counters.Add(Counter.PricesTicks);
        }

        _prices.Advance(last);
        _counters.Set(Counter.PricesTickersPriced, _stamper.TickersPriced);
        return (int)(last - first + 1);
    }
}
