using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Prices;

/// <summary>
/// What Prices knows and what it stamps on offers, without rings, clock or counters: equal inputs in equal order give equal stamps. The
/// engine's stage and the backtest both run this one.
/// </summary>
/// <remarks>The only writer of the price cache; one thread. Allocates nothing after construction.</remarks>
public sealed class PriceStamper(PricesOptions options, PriceCache cache)
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerUs = 1_000;
    private const long PpmOne = 1_000_000;
    private const TickerFlags VerdictMask = TickerFlags.SellOnly | TickerFlags.Volatile | TickerFlags.Denied;

    private readonly long _staleAgeUs = options.StalePriceAgeMs * NsPerMs / NsPerUs;
    private readonly long _staleVolatileAgeUs = Math.Min(options.StalePriceAgeMs, options.StaleVolatilePriceAgeMs) * NsPerMs / NsPerUs;
    private readonly long _refreshRetryNs = options.RefreshRetryMs * NsPerMs;
    private readonly long _nearestEdgePpm = options.ThresholdEdgePpm - PricesOptions.NearThresholdPpm;
    private readonly long _farthestEdgePpm = options.ThresholdEdgePpm + PricesOptions.NearThresholdPpm;

    /// <summary>Until the venue says that the market is open, it is not.</summary>
    private TickerFlags _marketFlags = TickerFlags.MarketClosed;
    private TickerFlags _verdictForAll;

    /// <summary>Tickers that have a price.</summary>
    public int TickersPriced { get; private set; }

    /// <summary>Stamps one offer with fair price, its age and the ticker's state.</summary>
    /// <param name="offer">Of kind Offer.</param>
    /// <param name="nowNs">Monotonic ns; a batch may share it.</param>
    /// <returns>Whether the ticker needs a price out of turn. Not said again before the retry time, unless <see cref="OnRefreshNotAsked"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Stamp(ref OfferEvent offer, long nowNs)
    {
        ref PriceLine line = ref cache[offer.TickerIndex];
        uint ageUs = uint.MaxValue;
        TickerFlags flags = _marketFlags | _verdictForAll | line.VenueFlags | line.VerdictFlags | line.ListFlags;
        if (line.Price == 0) flags |= TickerFlags.NoPrice;
        else ageUs = Saturated((nowNs - line.AsOfNs) / NsPerUs);
        offer.FairPrice = line.Price;
        offer.PriceAgeUs = ageUs;
        offer.Flags = flags;
        offer.PricedDeltaNs = Saturated(nowNs - offer.ReceivedNs);
        line.OffersNearThreshold += NearThreshold(in offer);
        long staleAgeUs = (flags & TickerFlags.Volatile) == 0 ? _staleAgeUs : _staleVolatileAgeUs;
        return ageUs > staleAgeUs && IsRefreshDue(ref line, nowNs);
    }

    /// <summary>Asks for the line of a ticker that will be stamped soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectOffer(ushort tickerIndex) => cache.Expect(tickerIndex);

    /// <summary>The refresh that was just wanted could not be asked for: the ticker's next offer wants it again.</summary>
    public void OnRefreshNotAsked(ushort tickerIndex) => cache[tickerIndex].RefreshAskedNs = 0;

    /// <summary>Takes a change of a ticker's trading state or of the market hours.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Apply(in OfferEvent change)
    {
        if (change.Kind == OfferEventKind.TradingState) cache[change.TickerIndex].VenueFlags = change.Flags & TickerFlags.Halted;
        else if (change.Kind == OfferEventKind.MarketHours) _marketFlags = change.Flags & TickerFlags.MarketClosed;
    }

    /// <summary>Takes a price, a verdict or a change of the denylist. A tick and a new day change nothing here.</summary>
    public void Apply(in PriceEvent change)
    {
        if (change.Kind is PriceEventKind.Tick or PriceEventKind.NewDay) return;
        if (change.Kind == PriceEventKind.VerdictForAll)
        {
            _verdictForAll = change.Flags & VerdictMask;
            return;
        }

        ref PriceLine line = ref cache[change.TickerIndex];
        switch (change.Kind)
        {
            case PriceEventKind.Price:
                if (line.Price == 0) TickersPriced++;
                line.Price = change.Price;
                line.AsOfNs = change.AsOfNs;
                line.ServiceTimeSeconds = change.ServiceTimeSeconds;
                line.RefreshAskedNs = 0;
                break;
            case PriceEventKind.Verdict:
                line.VerdictFlags = change.Flags & VerdictMask;
                if (change.SigmaCentiBp > 0) line.SigmaCentiBp = change.SigmaCentiBp;
                break;
            case PriceEventKind.Denylist:
                line.ListFlags = change.Flags & TickerFlags.Denied;
                break;
        }
    }

    private static uint Saturated(long value) => (uint)Math.Clamp(value, 0, uint.MaxValue);

    /// <summary>1 when a small error of the fair price could change the verdict, else 0: these are the offers a fresher price is worth something to.</summary>
    /// <remarks>Without a branch: which side an offer is of, and how near, is as good as random.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint NearThreshold(in OfferEvent offer)
    {
        long scaled = offer.OfferSide.Signed((long)offer.Price - offer.FairPrice) * PpmOne;
        // Negative as long as it is beyond one of the two ends.
        long beyond = (scaled - offer.FairPrice * _nearestEdgePpm) | (offer.FairPrice * _farthestEdgePpm - scaled);
        return 1 - (uint)((ulong)beyond >> 63);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsRefreshDue(ref PriceLine line, long nowNs)
    {
        if (line.RefreshAskedNs != 0 && nowNs - line.RefreshAskedNs < _refreshRetryNs) return false;
        line.RefreshAskedNs = Math.Max(nowNs, 1);
        return true;
    }
}
