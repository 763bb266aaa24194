using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Prices;

/// <summary>
/// The stage Prices: takes what is new on <c>prices</c>, then stamps every offer with fair price, its age and the ticker's state.
/// </summary>
/// <remarks>The only writer of the price cache. Allocates nothing; one clock read per batch of offers.</remarks>
public sealed class PriceCacheUpdater<TClock> : IAgent
    where TClock : struct, IClock
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;
    private const TickerFlags VerdictMask = TickerFlags.SellOnly | TickerFlags.Denied;

    private readonly PriceCache _cache;
    private readonly EventPoller<PriceEvent> _prices;
    private readonly EventPoller<OfferEvent> _offers;
    private readonly SingleProducerRingBuffer<RefreshRequest> _refreshes;
    private readonly CounterFile _counters;
    private readonly TClock _clock;
    private readonly int _pricesBatchMax;
    private readonly int _offersBatchMax;
    private readonly long _stalePriceAgeUs;
    private readonly long _refreshRetryNs;

    /// <summary>Until the venue says that the market is open, it is not.</summary>
    private TickerFlags _marketFlags = TickerFlags.MarketClosed;
    private TickerFlags _verdictForAll;

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
        _cache = cache;
        _clock = clock;
        _prices = prices;
        _offers = offers;
        _refreshes = refreshes;
        _counters = counters;
        _pricesBatchMax = options.PricesBatchMax;
        _offersBatchMax = options.OffersBatchMax;
        _stalePriceAgeUs = options.StalePriceAgeMs * NsPerMs / NsPerUs;
        _refreshRetryNs = options.RefreshRetryMs * NsPerMs;
    }

    /// <inheritdoc/>
    public string Name => "Prices";

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.PricesDutyCycles);
        Span<PriceLine> lines = _cache.Lines;
        // Prices first: an offer that was published after a price is judged with that price.
        return ApplyPrices(lines) + StampOffers(lines);
    }

    private int StampOffers(Span<PriceLine> lines)
    {
        long first = _offers.Next;
        long last = _offers.AvailableThrough(_offersBatchMax);
        if (last < first) return 0;
        long nowNs = _clock.MonotonicNs;
        int stamped = 0;
        long lastDeltaNs = 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            ref OfferEvent offer = ref _offers[sequence];
            if (offer.Kind == OfferEventKind.Offer)
            {
                Stamp(ref offer, ref lines[offer.TickerIndex], nowNs);
                lastDeltaNs = offer.PricedDeltaNs;
                stamped++;
            }
            else
            {
                OnStateChange(in offer, lines);
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

    private void Stamp(ref OfferEvent offer, ref PriceLine line, long nowNs)
    {
        line.OffersSeen++;
        uint ageUs = uint.MaxValue;
        TickerFlags flags = _marketFlags | _verdictForAll | line.VenueFlags | line.VerdictFlags;
        if (line.Price == 0) flags |= TickerFlags.NoPrice;
        else ageUs = Saturated((nowNs - line.AsOfNs) / NsPerUs);
        offer.FairPrice = line.Price;
        offer.PriceAgeUs = ageUs;
        offer.Flags = flags;
        offer.PricedDeltaNs = Saturated(nowNs - offer.ReceivedNs);
        if (ageUs > _stalePriceAgeUs) OnStalePrice(offer.TickerIndex, ref line, nowNs);
    }

    private static uint Saturated(long value) => (uint)Math.Clamp(value, 0, uint.MaxValue);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnStalePrice(ushort tickerIndex, ref PriceLine line, long nowNs)
    {
        if (line.RefreshAskedNs != 0 && nowNs - line.RefreshAskedNs < _refreshRetryNs) return;
        // A full ring is no loss: the ticker's next offer asks again.
        if (!_refreshes.TryNext(out long sequence)) return;
        _refreshes[sequence] = new RefreshRequest { TickerIndex = tickerIndex, AskedNs = nowNs };
        _refreshes.Publish(sequence);
        line.RefreshAskedNs = Math.Max(nowNs, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnStateChange(in OfferEvent change, Span<PriceLine> lines)
    {
        if (change.Kind == OfferEventKind.TradingState) lines[change.TickerIndex].VenueFlags = change.Flags & TickerFlags.Halted;
        else if (change.Kind == OfferEventKind.MarketHours) _marketFlags = change.Flags & TickerFlags.MarketClosed;
    }

    private int ApplyPrices(Span<PriceLine> lines)
    {
        long first = _prices.Next;
        long last = _prices.AvailableThrough(_pricesBatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++) Apply(in _prices[sequence], lines);
        _prices.Advance(last);
        return (int)(last - first + 1);
    }

    private void Apply(in PriceEvent change, Span<PriceLine> lines)
    {
        switch (change.Kind)
        {
            case PriceEventKind.Price:
                ref PriceLine line = ref lines[change.TickerIndex];
                if (line.Price == 0) _counters.Add(Counter.PricesTickersPriced);
                line.Price = change.Price;
                line.AsOfNs = change.AsOfNs;
                line.ServiceTimeSeconds = change.ServiceTimeSeconds;
                line.RefreshAskedNs = 0;
                _counters.Add(Counter.PricesUpdated);
                break;
            case PriceEventKind.Tick:
                _counters.Add(Counter.PricesTicks);
                break;
            case PriceEventKind.Verdict:
                lines[change.TickerIndex].VerdictFlags = change.Flags & VerdictMask;
                break;
            case PriceEventKind.VerdictForAll:
                _verdictForAll = change.Flags & VerdictMask;
                break;
        }
    }
}
