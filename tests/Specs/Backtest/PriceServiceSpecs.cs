using MarketMaker.Backtest.Simulation;
using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Backtest;

public sealed class PriceServiceSpecs
{
    private const long NsPerSecond = 1_000_000_000;
    private const int Tickers = 20;

    private readonly PriceCache _cache = new(TickerNames.Universe(Tickers));

    [Theory]
    [InlineData(7, 0)]
    [InlineData(200, 0)]
    [InlineData(50, 2.0)]
    public void should_never_pass_its_budget_in_any_second(int requestsPerSecond, double pollSeconds)
    {
        (PriceService service, FairPrices prices) = Create(new PriceServiceOptions { RequestsPerSecond = requestsPerSecond, PollSeconds = pollSeconds });
        MarketRandom random = new(1, 1);
        List<long> sent = [];
        for (long nowNs = 0; nowNs < 30 * NsPerSecond; nowNs = Math.Max(service.NextNs, nowNs + 1))
        {
            prices.Advance(nowNs);
            long before = service.Requests;
            service.Work(nowNs, out _);
            for (long i = before; i < service.Requests; i++) sent.Add(nowNs);
            if (random.Below(3) == 0) service.Ask(random.Below(Tickers), nowNs);
        }

        Assert.True(service.UrgentRequests > 0);
        for (int i = requestsPerSecond; i < sent.Count; i++) Assert.True(sent[i] - sent[i - requestsPerSecond] >= NsPerSecond);
    }

    [Fact]
    public void should_deliver_the_price_of_the_request_after_its_latency()
    {
        (PriceService service, FairPrices prices) = Create(new PriceServiceOptions { RequestsPerSecond = 1, Latency = LatencyTable.LogNormal(100_000, 0) });
        service.Work(0, out _);
        int price = prices.Price(0);
        prices.Set(0, price + 500);
        Assert.False(service.Work(50_000_000, out _));
        Assert.Equal(100_000_000, service.NextNs);
        Assert.True(service.Work(100_000_000, out PriceEvent answer));
        Assert.Equal((0, price, 0L), (answer.TickerIndex, answer.Price, answer.AsOfNs));
    }

    [Fact]
    public void should_ask_out_of_turn_at_once_when_the_budget_allows()
    {
        (PriceService service, _) = Create(new PriceServiceOptions { RequestsPerSecond = 100, PollSeconds = 100 });
        service.Work(0, out _);
        Assert.True(service.Work(service.NextNs, out _));
        service.Ask(13, 20_000_000);
        Assert.Equal(20_000_000, service.NextNs);
        service.Work(20_000_000, out _);
        Assert.Equal(1, service.UrgentRequests);
        Assert.Equal(2, service.Requests);
    }

    [Fact]
    public void should_hold_answers_against_the_engines_checks()
    {
        (PriceService service, FairPrices prices) = Create(new PriceServiceOptions { RequestsPerSecond = 500 }, new FaultOptions { BadPriceShare = 0.2 });
        long good = 0;
        long far = 0;
        for (long nowNs = 0; nowNs < 100 * NsPerSecond; nowNs = Math.Max(service.NextNs, nowNs + 1))
        {
            if (!service.Work(nowNs, out PriceEvent price)) continue;
            good++;
            // A price that is off by a twelfth or a twentieth is within what a price may move.
            if (price.Price < prices.Price(price.TickerIndex) * 0.94 || price.Price > prices.Price(price.TickerIndex) * 1.09) far++;
        }

        Assert.True(good > 10_000 && service.Refused > 1_000);
        // One answer in 15 is far off; only where the next one says the same is it believed.
        Assert.InRange(far, 0, good / 100);
    }

    private (PriceService Service, FairPrices Prices) Create(PriceServiceOptions service, FaultOptions? faults = null)
    {
        MarketOptions market = MarketOptions.Strategy(1, 0) with { Tickers = Tickers, DailyVolatility = 0, JumpsPerDay = 0 };
        BacktestOptions options = new() { Market = market, Cash = 1, Prices = service, Faults = faults ?? new FaultOptions(), Seconds = 100 };
        FairPrices prices = new(market, SampleTables.Normal(), SampleTables.Exponential());
        return (new PriceService(options, prices, _cache, new FaultPlan(options), startNs: 0), prices);
    }
}
