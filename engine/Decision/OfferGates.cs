using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Decision;

/// <summary>The cheap checks that most offers end at: state of the ticker, age of the price, sanity, and the least edge of the side.</summary>
/// <remarks>Source: strategy document, section 6. Looks at nothing but the offer; no division.</remarks>
internal sealed class OfferGates(DecisionOptions options)
{
    private readonly uint _priceAgeMaxUs = options.PriceAgeMaxUs;
    private readonly uint _volatilePriceAgeMaxUs = Math.Min(options.PriceAgeMaxUs, options.VolatilePriceAgeMaxUs);
    private readonly long _buyFactorPpm = Ppm.One - options.BuyEdgePpm;
    private readonly long _sellFactorPpm = Ppm.One + options.SellEdgePpm;
    // What every sale has to pay, however dear capital is: who pays less is refused here, who pays less than the floor is looked at again.
    private readonly long _leastSellFactorPpm = Ppm.One + options.SellEdgePpm - options.SellReliefMaxPpm;

    /// <summary>The first gate that refuses; None when the offer pays the least edge of its side, a buyer's with all relief that a sale may get.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RefusalReason Check(in OfferEvent offer)
    {
        if (offer.Flags != TickerFlags.None && RefuseByFlags(offer) is not RefusalReason.None and RefusalReason flagged) return flagged;
        if (offer.PriceAgeUs > _priceAgeMaxUs) return RefusalReason.StalePrice;
        // One unsigned comparison each also refuses zero and everything negative.
        if ((uint)offer.Price - 1 >= Money.PriceMax || offer.QuantityShares <= 0) return RefusalReason.InsaneOffer;
        return Pays(offer) ? RefusalReason.None : RefusalReason.Edge;
    }

    /// <summary>Whether a seller's offer pays the floor and so many ppm more.</summary>
    public bool PaysExtra(in OfferEvent offer, int extraPpm) => (long)offer.Price * Ppm.One <= offer.FairPrice * (_buyFactorPpm - extraPpm);

    /// <summary>Whether a buyer's offer pays the floor.</summary>
    public bool PaysSellFloor(in OfferEvent offer) => (long)offer.Price * Ppm.One >= offer.FairPrice * _sellFactorPpm;

    /// <summary>Whether a buyer's offer pays the floor but for so many ppm.</summary>
    public bool PaysWithRelief(in OfferEvent offer, int reliefPpm) => (long)offer.Price * Ppm.One >= offer.FairPrice * (_sellFactorPpm - reliefPpm);

    /// <summary>Whether a buyer's offer pays a floor of its own, which may be below the fair price.</summary>
    public static bool PaysFloor(in OfferEvent offer, int floorPpm) => (long)offer.Price * Ppm.One >= offer.FairPrice * (long)(Ppm.One + floorPpm);

    // At or beyond the required edge: exact and inclusive, in 64-bit integers; without a branch on the side, which is as good as random.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Pays(in OfferEvent offer)
    {
        long factorPpm = _leastSellFactorPpm + (_buyFactorPpm - _leastSellFactorPpm) * offer.OfferSide.Bit();
        return offer.OfferSide.Signed((long)offer.Price * Ppm.One - offer.FairPrice * factorPpm) >= 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason RefuseByFlags(in OfferEvent offer)
    {
        TickerFlags flags = offer.Flags;
        if ((flags & TickerFlags.Denied) != 0) return RefusalReason.Denied;
        if ((flags & TickerFlags.Halted) != 0) return RefusalReason.TickerHalted;
        if ((flags & TickerFlags.MarketClosed) != 0) return RefusalReason.MarketClosed;
        if ((flags & TickerFlags.NoPrice) != 0) return RefusalReason.NoPrice;
        if ((flags & TickerFlags.SellOnly) != 0 && offer.OfferSide == Side.Sell) return RefusalReason.SellOnly;
        return (flags & TickerFlags.Volatile) != 0 && offer.PriceAgeUs > _volatilePriceAgeMaxUs ? RefusalReason.StalePrice : RefusalReason.None;
    }
}
