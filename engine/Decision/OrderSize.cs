using MarketMaker.Contracts;

namespace MarketMaker.Decision;

/// <summary>How many shares of an offer may be taken: clipped to the order's limit, to the stock, to the ticker's and the whole share of the capital, and to the cash.</summary>
/// <remarks>Stock counts at the fair price, an order at its limit price. Reached only by offers that pay.</remarks>
internal sealed class OrderSize(DecisionOptions options, TradeBook book)
{
    private long _capitalUsedMax;
    private long _tickerUsedMax;

    /// <summary>Takes the capital of the moment, of which shares are allowed.</summary>
    public void SetCapital(long capital)
    {
        _capitalUsedMax = Ppm.Of(Math.Max(0, capital), options.CapitalUsedMaxPpm);
        _tickerUsedMax = Ppm.Of(Math.Max(0, capital), options.TickerUsedMaxPpm);
    }

    /// <summary>The most shares that one order may hold of an offer; 0: not even one.</summary>
    public long OrderSharesMax(in OfferEvent offer) => Math.Min(Math.Min(offer.QuantityShares, Money.QuantitySharesMax), options.OrderNotionalMax / offer.Price);

    /// <summary>Clips an offer.</summary>
    /// <param name="offer">One that pays.</param>
    /// <param name="shares">What <see cref="OrderSharesMax"/> said.</param>
    /// <param name="quantityShares">How many to take; 0 when refused.</param>
    /// <param name="isShortSale">Whether the shares to sell are not ours.</param>
    public RefusalReason Clip(in OfferEvent offer, long shares, out int quantityShares, out bool isShortSale)
    {
        (quantityShares, isShortSale) = (0, false);
        if (shares == 0) return RefusalReason.OrderLimit;
        ref readonly TickerState ticker = ref book[offer.TickerIndex];
        bool sells = offer.OfferSide == Side.Buy;
        if (sells && ticker.FreeShares > 0)
        {
            quantityShares = (int)Math.Min(shares, ticker.FreeShares);
            return RefusalReason.None;
        }

        if (sells && !options.ShortSelling) return RefusalReason.NoInventory;
        isShortSale = sells;
        // A short sale must be bought back: it is held to the cash we have, like a buy.
        shares = Math.Min(shares, book.CashAvailable / offer.Price);
        if (shares == 0) return RefusalReason.NoCash;
        long held = sells ? -ticker.FreeShares : Math.Max(0, ticker.PositionShares);
        shares = Math.Min(shares, Fitting(_tickerUsedMax - held * offer.FairPrice - (sells ? 0 : ticker.ReservedCash), offer.Price));
        if (shares == 0) return RefusalReason.TickerLimit;
        shares = Math.Min(shares, Fitting(_capitalUsedMax - book.CapitalUsed, offer.Price));
        if (shares == 0) return RefusalReason.CapitalLimit;
        quantityShares = (int)shares;
        return RefusalReason.None;
    }

    private static long Fitting(long room, int price) => Math.Max(0, room) / price;
}
