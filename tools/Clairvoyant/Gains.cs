using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>What one share brings, in 1/10,000 dollar, under an accounting.</summary>
internal static class Gains
{
    /// <summary>Gain of one share of an offer.</summary>
    public static long OfOffer(Accounting accounting, in Opportunity offer)
    {
        long better = accounting == Accounting.Edge ? (long)offer.Price - offer.FairPrice : offer.Price;
        return offer.OfferSide == Side.Sell ? -better : better;
    }

    /// <summary>Gain of one share that is left at the end.</summary>
    public static long OfLeftShare(Accounting accounting, TradingDay day, int ticker) =>
        (accounting == Accounting.Edge ? 0 : day.EndFairPrices[ticker]) - LiquidationCost(day, ticker);

    /// <summary>Cost of being rid of one share at the end; rounded down, so that a bound built on it stays one.</summary>
    public static long LiquidationCost(TradingDay day, int ticker) => (long)day.EndFairPrices[ticker] * day.LiquidationPpm / 1_000_000;

    /// <summary>What the stock of the start counts for: it is no profit.</summary>
    public static long OfStartStock(Accounting accounting, TradingDay day)
    {
        long value = 0;
        if (accounting == Accounting.Edge || day.StartShares is null) return 0;
        for (int ticker = 0; ticker < day.StartShares.Count; ticker++) value += day.StartShares[ticker] * day.StartFairPrices[ticker];
        return value;
    }
}
