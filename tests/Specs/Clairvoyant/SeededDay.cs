using MarketMaker.Clairvoyant;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Clairvoyant;

/// <summary>A day of ten tickers with exponential edges, drawn from a seed.</summary>
internal static class SeededDay
{
    private const int Tickers = 10;
    private const long DayNs = 23_400_000_000_000;

    /// <summary>Makes a day.</summary>
    /// <param name="seed">Of every choice.</param>
    /// <param name="offers">How many.</param>
    /// <param name="cashShare">Cash as a share of the value of all sellers' offers that pay 1 %.</param>
    /// <param name="volatility">Daily volatility of the fair prices as a fraction.</param>
    public static TradingDay Make(int seed, int offers, double cashShare, double volatility)
    {
        Random random = new(seed);
        double[] fair = [.. Enumerable.Range(0, Tickers).Select(_ => (20 + 180 * random.NextDouble()) * 10_000)];
        int[] start = [.. fair.Select(price => (int)price)];
        List<Opportunity> list = [];
        double payingValue = 0;
        for (int i = 0; i < offers; i++)
        {
            int ticker = random.Next(Tickers);
            fair[ticker] *= Math.Exp(volatility * Math.Sqrt((double)Tickers / offers) * Math.Sqrt(3) * (2 * random.NextDouble() - 1));
            double edge = -Math.Log(1 - random.NextDouble()) * 0.006;
            Side side = random.NextDouble() < 0.6 ? Side.Sell : Side.Buy;
            int price = (int)(fair[ticker] * (side == Side.Sell ? 1 - edge : 1 + edge));
            int shares = 1 + (int)(1_000_0000 / fair[ticker] * 2 * random.NextDouble());
            if (edge >= 0.01 && side == Side.Sell) payingValue += (double)price * shares;
            list.Add(new Opportunity(DayNs / offers * i, ticker, side, price, (int)fair[ticker], shares));
        }

        return new TradingDay
        {
            Opportunities = list,
            Cash = (long)(payingValue * cashShare),
            StartFairPrices = start,
            EndFairPrices = [.. fair.Select(price => (int)price)],
        };
    }
}
