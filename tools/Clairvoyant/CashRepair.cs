using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>Makes any wish a plan that a trader could have carried out: walks through time and cuts each trade to the cash or stock there is.</summary>
internal sealed class CashRepair(TradingDay day)
{
    private readonly long[] _stock = new long[day.EndFairPrices.Count];
    private readonly long[] _shares = new long[day.Opportunities.Count];

    public TradePlan Repair(ReadOnlySpan<long> wishedShares)
    {
        long cash = day.Cash;
        for (int ticker = 0; ticker < _stock.Length; ticker++) _stock[ticker] = day.StartShares?[ticker] ?? 0;
        for (int i = 0; i < _shares.Length; i++)
        {
            Opportunity offer = day.Opportunities[i];
            ref long stock = ref _stock[offer.Ticker];
            long shares = Math.Clamp(wishedShares[i], 0, offer.Shares);
            if (offer.OfferSide == Side.Sell)
            {
                shares = Math.Min(shares, cash / offer.Price);
                stock += shares;
                cash -= shares * offer.Price;
            }
            else
            {
                shares = Math.Min(shares, stock);
                stock -= shares;
                cash += shares * offer.Price;
            }

            _shares[i] = shares;
        }

        return new TradePlan(day, _shares);
    }
}
