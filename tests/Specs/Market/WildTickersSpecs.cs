using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class WildTickersSpecs
{
    private const long Second = 1_000_000_000;

    private static readonly MarketOptions Calm = new() { Tickers = 2_000, JumpsPerDay = 0 };
    private static readonly MarketOptions Wild = Calm with { WildShare = 0.5, WildFactor = 4, WildFromSeconds = 100, WildForSeconds = 100 };

    [Fact]
    public void should_move_wild_tickers_so_many_times_as_much_and_only_in_their_time()
    {
        FairPrices prices = new(Wild, SampleTables.Normal(), SampleTables.Exponential());
        WildTickers wild = new(Wild);
        Assert.InRange(Enumerable.Range(0, Wild.Tickers).Count(wild.Contains), 900, 1_100);
        double[] ratios = [.. Enumerable.Range(0, 3).Select(part => Moved(prices, part * 100, wild.Contains) / Moved(prices, part * 100, ticker => !wild.Contains(ticker)))];
        Assert.InRange(ratios[0], 0.9, 1.1);
        Assert.InRange(ratios[1], 3.6, 4.4);
        Assert.InRange(ratios[2], 0.9, 1.1);
    }

    [Fact]
    public void should_leave_a_seeds_market_as_it_is_for_all_other_tickers()
    {
        FairPrices with = new(Wild, SampleTables.Normal(), SampleTables.Exponential());
        FairPrices without = new(Calm, SampleTables.Normal(), SampleTables.Exponential());
        WildTickers wild = new(Wild);
        with.Advance(300 * Second);
        without.Advance(300 * Second);
        for (int i = 0; i < Calm.Tickers; i++) Assert.Equal(wild.Contains(i), with.Price(i) != without.Price(i));
    }

    // Root mean square of the logarithmic moves over 100 s; the second call for the same time finds the prices there already.
    private double Moved(FairPrices prices, int fromSeconds, Func<int, bool> which)
    {
        if (!_moves.TryGetValue(fromSeconds, out double[]? moves))
        {
            prices.Advance(fromSeconds * Second);
            int[] before = [.. Enumerable.Range(0, Wild.Tickers).Select(prices.Price)];
            prices.Advance((fromSeconds + 100) * Second);
            _moves[fromSeconds] = moves = [.. before.Select((price, ticker) => Math.Pow(Math.Log((double)prices.Price(ticker) / price), 2))];
        }

        return Math.Sqrt(moves.Where((_, ticker) => which(ticker)).Average());
    }

    private readonly Dictionary<int, double[]> _moves = [];
}
