using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Decision;

/// <summary>The gates and the rule: a pure function of the offer, the book and the limits.</summary>
/// <remarks>Source: strategy document, section 6, cheap checks first. Allocates nothing, reads no clock, divides only for offers that pay.</remarks>
public sealed class OfferRule(DecisionOptions options, TradeBook book)
{
    private const long PpmOne = 1_000_000;

    private readonly long _buyFactorPpm = PpmOne - options.BuyEdgePpm;
    private readonly long _sellFactorPpm = PpmOne + options.SellEdgePpm;

    /// <summary>Decides whether to take one offer, and how much of it.</summary>
    /// <param name="offer">Price in 1/10,000 dollar, quantity in shares, fair price, its age and flags as stamped by Prices.</param>
    /// <param name="quantityShares">How many shares to take; 0 when refused.</param>
    /// <param name="isShortSale">Whether the shares to sell are not ours.</param>
    /// <returns><see cref="RefusalReason.None"/> to take it, else the first gate that refused.</returns>
    public RefusalReason Decide(in OfferEvent offer, out int quantityShares, out bool isShortSale)
    {
        quantityShares = 0;
        isShortSale = false;
        if (offer.Flags != TickerFlags.None && RefuseByFlags(offer.Flags, offer.OfferSide) is not RefusalReason.None and RefusalReason flagged)
            return flagged;
        if (offer.PriceAgeUs > options.PriceAgeMaxUs) return RefusalReason.StalePrice;
        // One unsigned comparison each also refuses zero and everything negative.
        if ((uint)offer.Price - 1 >= Money.PriceMax || offer.QuantityShares <= 0) return RefusalReason.InsaneOffer;
        if (!Pays(offer)) return RefusalReason.Edge;
        return Size(offer, out quantityShares, out isShortSale);
    }

    /// <summary>Whether the offer is at or beyond the required edge: exact and inclusive, in 64-bit integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Pays(in OfferEvent offer)
    {
        long offered = offer.Price * PpmOne;
        return offer.OfferSide == Side.Buy ? offered >= offer.FairPrice * _sellFactorPpm : offered <= offer.FairPrice * _buyFactorPpm;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RefusalReason RefuseByFlags(TickerFlags flags, Side offerSide)
    {
        if ((flags & TickerFlags.Denied) != 0) return RefusalReason.Denied;
        if ((flags & TickerFlags.Halted) != 0) return RefusalReason.TickerHalted;
        if ((flags & TickerFlags.MarketClosed) != 0) return RefusalReason.MarketClosed;
        if ((flags & TickerFlags.NoPrice) != 0) return RefusalReason.NoPrice;
        return (flags & TickerFlags.SellOnly) != 0 && offerSide == Side.Sell ? RefusalReason.SellOnly : RefusalReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason Size(in OfferEvent offer, out int quantityShares, out bool isShortSale)
    {
        quantityShares = 0;
        isShortSale = false;
        if (book.OrdersInFlight >= options.OrdersInFlightMax) return RefusalReason.InFlightLimit;
        ref readonly TickerState ticker = ref book[offer.TickerIndex];
        long shares = Math.Min(Math.Min(offer.QuantityShares, Money.QuantitySharesMax), options.OrderNotionalMax / offer.Price);
        if (shares == 0) return RefusalReason.OrderLimit;

        if (offer.OfferSide == Side.Buy && ticker.FreeShares > 0)
        {
            quantityShares = (int)Math.Min(shares, ticker.FreeShares);
            return RefusalReason.None;
        }

        if (offer.OfferSide == Side.Buy && !options.ShortSelling) return RefusalReason.NoInventory;
        long held = offer.OfferSide == Side.Buy ? -ticker.FreeShares : Math.Max(0, ticker.PositionShares);
        long room = options.TickerNotionalMax - held * offer.FairPrice - (offer.OfferSide == Side.Buy ? 0 : ticker.ReservedCash);
        shares = Math.Min(shares, Math.Max(0, room) / offer.Price);
        if (shares == 0) return RefusalReason.TickerLimit;
        isShortSale = offer.OfferSide == Side.Buy;
        // A short sale must be bought back: it is held to the cash we have, like a buy.
        shares = Math.Min(shares, book.CashAvailable / offer.Price);
        if (shares == 0) return RefusalReason.NoCash;
        quantityShares = (int)shares;
        return RefusalReason.None;
    }
}
