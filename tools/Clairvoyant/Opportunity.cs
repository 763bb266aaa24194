using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>One offer of the day and what a trader who tries for it would have won.</summary>
/// <param name="TimeNs">When the trade would happen. Any origin; opportunities are handed over in this order.</param>
/// <param name="Ticker">Index of the ticker.</param>
/// <param name="OfferSide">Sell: we may buy from it. Buy: we may sell to it.</param>
/// <param name="Price">In 1/10,000 dollar, above 0.</param>
/// <param name="FairPrice">The true fair price at the time, in 1/10,000 dollar.</param>
/// <param name="Shares">How many of its shares were there for us: 0 where somebody else was first.</param>
public readonly record struct Opportunity(long TimeNs, int Ticker, Side OfferSide, int Price, int FairPrice, int Shares)
{
    /// <summary>How far the price is better than fair for us, in ppm of fair.</summary>
    public long EdgePpm => 1_000_000L * (OfferSide == Side.Sell ? FairPrice - Price : Price - FairPrice) / FairPrice;
}
