using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

public class RaceSpecs
{
    private const int Engine = 1;

    // One competitor that looks at everything and always takes exactly a millisecond (plus less than 1.024 us).
    private static readonly MarketOptions Duel = new()
    {
        Tickers = 1,
        OffersPerSecond = 1_000,
        PayingShare = 1,
        LifetimeMs = 4_000,
        Competitors = 1,
        CompetitorMedianUs = 1_000,
        CompetitorSigma = 0,
        CompetitorLook = 1,
        CompetitorEdgeLowest = 0.005,
        CompetitorEdgeHighest = 0.005,
        SplitShare = 0,
        DeadOnArrivalShare = 0,
        BreakShare = 0,
    };

    [Theory]
    [InlineData(999_000, true)]
    [InlineData(1_002_000, false)]
    public void should_give_the_offer_to_who_arrives_first(long reactionNs, bool engineWins)
    {
        (SimulatedMarket<RecordingSink> market, MarketLog log, long publishedNs) = PublishOne();
        var offer = log.Added[0];
        int executed = market.Enter(Order(offer), publishedNs + reactionNs);
        Assert.Equal(engineWins ? offer.Shares : 0, executed);
        market.Advance(publishedNs + 1_010_000);
        MarketFill fill = Assert.Single(log.Fills, f => f.Price == offer.Price && f.Quantity == offer.Shares);
        Assert.Equal(engineWins ? Engine : 0, fill.Order.Participant);
    }

    [Fact]
    public void should_execute_at_the_resting_price_best_price_first_then_oldest()
    {
        MarketLog log = new();
        MarketOptions options = Duel with { Competitors = 0, OffersPerSecond = 50_000 };
        SimulatedMarket<RecordingSink> market = new(options, new RecordingSink(log));
        market.Advance(5_000_000);
        var sellers = log.Book.Where(o => o.Value.Side == Side.Sell).OrderBy(o => o.Value.Price).ThenBy(o => o.Key).ToList();
        for (int i = 0; i < 20; i++)
        {
            market.Enter(new MarketOrder(0, 1, 0, 0, Side.Buy, sellers[i].Value.Price, sellers[i].Value.Shares), 5_000_000);
            Assert.Equal(sellers[i].Key, log.LastExecuted.Reference);
            Assert.Equal(sellers[i].Value.Price, log.Fills[^1].Price);
        }
    }

    [Fact]
    public void should_execute_nothing_beyond_the_limit()
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(Duel with { Competitors = 0, OffersPerSecond = 50_000 }, new RecordingSink(log));
        market.Advance(5_000_000);
        int best = log.Book.Values.Where(o => o.Side == Side.Sell).Min(o => o.Price);
        Assert.Equal(0, market.Enter(new MarketOrder(0, 1, 0, 0, Side.Buy, best - 1, 100), 5_000_000));
        Assert.Empty(log.Fills);
    }

    private static (SimulatedMarket<RecordingSink> Market, MarketLog Log, long PublishedNs) PublishOne()
    {
        MarketLog log = new();
        SimulatedMarket<RecordingSink> market = new(Duel, new RecordingSink(log));
        long now = 0;
        market.Advance(now);
        while (log.Added.Count == 0) market.Advance(now += 10_000);
        return (market, log, now);
    }

    private static MarketOrder Order((ulong Reference, int Ticker, Side Side, int Shares, int Price) offer) =>
        new(Engine, 1, 0, offer.Ticker, offer.Side.Opposite(), offer.Price, offer.Shares);
}
