using CsCheck;
using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Clairvoyant;

/// <summary>Markets so small that every plan can be tried, and larger ones at random.</summary>
internal static class TinyMarkets
{
    public const int Tickers = 2;

    /// <summary>Days of two tickers whose prices move, with a few offers of a few shares each, and cash for some of them.</summary>
    public static Gen<TradingDay> Days(int offersMax, int sharesMax) =>
        from offers in Gen.Select(Gen.Int[0, Tickers - 1], Gen.Bool, Gen.Int[-30, 60], Gen.Int[0, sharesMax], Gen.Int[-20, 20]).Array[1, offersMax]
        from cash in Gen.Int[0, 500]
        from stock in Gen.Int[0, 2].Array[Tickers]
        from liquidation in Gen.Int[0, 50_000]
        select Day(offers, cash, stock, liquidation);

    /// <summary>The best that can be done, found by doing everything.</summary>
    public static long BestOfAll(TradingDay day, Accounting accounting)
    {
        long[] taken = new long[day.Opportunities.Count];
        long best = long.MinValue;
        Try(0);
        return best;

        void Try(int offer)
        {
            if (offer == taken.Length)
            {
                TradePlan plan = new(day, taken);
                if (plan.IsPossible) best = Math.Max(best, plan.Profit(accounting));
                return;
            }

            for (taken[offer] = 0; taken[offer] <= day.Opportunities[offer].Shares; taken[offer]++) Try(offer + 1);
            taken[offer] = 0;
        }
    }

    private static TradingDay Day((int Ticker, bool IsSell, int Edge, int Shares, int Move)[] offers, int cash, int[] stock, int liquidationPpm)
    {
        int[] start = [100, 70];
        int[] fair = [.. start];
        List<Opportunity> opportunities = [];
        foreach ((int ticker, bool isSell, int edge, int shares, int move) in offers)
        {
            fair[ticker] = Math.Max(40, fair[ticker] + move);
            int price = Math.Max(1, isSell ? fair[ticker] - edge : fair[ticker] + edge);
            opportunities.Add(new Opportunity(opportunities.Count, ticker, isSell ? Side.Sell : Side.Buy, price, fair[ticker], shares));
        }

        return new TradingDay
        {
            Opportunities = opportunities,
            Cash = cash,
            StartFairPrices = start,
            EndFairPrices = fair,
            StartShares = [.. stock.Select(shares => (long)shares)],
            LiquidationPpm = liquidationPpm,
        };
    }
}
