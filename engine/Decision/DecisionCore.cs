using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Decision;

/// <summary>
/// All that Decision decides, without rings, clock or counters: equal inputs in equal order give equal verdicts and equal orders. The engine's
/// stage, the replay of a capture and the backtest all run this one.
/// </summary>
/// <remarks>One thread. Time arrives in events. Allocates nothing after construction.</remarks>
public sealed class DecisionCore
{
    private readonly OfferRule _rule;

    /// <summary>Starts from what was recovered.</summary>
    /// <param name="options">Limits and thresholds.</param>
    /// <param name="book">Cash and positions; the core owns it from now on.</param>
    public DecisionCore(DecisionOptions options, TradeBook book)
    {
        Book = book;
        _rule = new OfferRule(options, book);
    }

    /// <summary>Cash, stock and reservations.</summary>
    public TradeBook Book { get; }

    /// <summary>Takes a price, a tick, a verdict or a change of the denylist.</summary>
    public void OnPrice(in PriceEvent price)
    {
        if (price.Kind == PriceEventKind.Price) Book.Mark(price.TickerIndex, price.Price);
    }

    /// <summary>Takes an answer of the venue, or Execution's word that nothing was sent.</summary>
    public void OnResponse(in ResponseEvent response) => Book.Apply(response);

    /// <summary>Judges one offer. What is to be taken is either given to <see cref="Take"/> before any other call, or passed on as ExecutionBusy.</summary>
    /// <param name="offer">Stamped by Prices.</param>
    /// <param name="stops">What may not be done now.</param>
    /// <param name="quantityShares">Shares to take; 0 when refused.</param>
    /// <param name="isShortSale">Whether the shares to sell are not ours.</param>
    /// <returns><see cref="RefusalReason.None"/> to take it, else the first gate that refused.</returns>
    public RefusalReason Judge(in OfferEvent offer, TradingStops stops, out int quantityShares, out bool isShortSale)
    {
        (quantityShares, isShortSale) = (0, false);
        if (stops != TradingStops.None)
        {
            if ((stops & TradingStops.Sends) != 0) return RefusalReason.Halted;
            if (offer.OfferSide == Side.Sell) return RefusalReason.BuysStopped;
        }

        RefusalReason verdict = _rule.Decide(offer, out quantityShares, out isShortSale);
        // What is sold short must be bought back.
        return isShortSale && stops != TradingStops.None ? RefusalReason.BuysStopped : verdict;
    }

    /// <summary>Reserves for an offer that was judged to be taken, and makes the order.</summary>
    /// <param name="offer">The offer just judged.</param>
    /// <param name="quantityShares">As judged.</param>
    /// <param name="isShortSale">As judged.</param>
    /// <param name="execute">Gets the order; its hop of Decision is the caller's to set.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Take(in OfferEvent offer, int quantityShares, bool isShortSale, out ExecuteEvent execute)
    {
        Side orderSide = offer.OfferSide.Opposite();
        Book.Reserve(offer.TickerIndex, orderSide, quantityShares, offer.Price);
        execute = new ExecuteEvent
        {
            OfferReference = offer.OrderReference,
            FeedSequence = offer.FeedSequence,
            ReceivedNs = offer.ReceivedNs,
            DecodedDeltaNs = offer.DecodedDeltaNs,
            PricedDeltaNs = offer.PricedDeltaNs,
            LimitPrice = offer.Price,
            QuantityShares = quantityShares,
            FairPrice = offer.FairPrice,
            TickerIndex = offer.TickerIndex,
            OrderSide = orderSide,
            IsShortSale = isShortSale,
        };
    }
}
