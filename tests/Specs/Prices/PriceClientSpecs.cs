using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>What the client asks for, and when.</summary>
public sealed class PriceClientSpecs
{
    [Fact]
    public void should_ask_for_every_ticker_in_turn_and_publish_its_price()
    {
        using PriceClientBench bench = new(tickers: 50);
        bench.Service.OnRequest = path => bench.Service.Price(path, 1 + int.Parse(path[1..]));

        bench.Run(200);

        Assert.Equal(50, bench.Published.Select(price => price.TickerIndex).Distinct().Count());
        Assert.All(bench.Published, price => Assert.Equal((1 + price.TickerIndex) * Money.UnitsPerDollar, price.Price));
        Assert.All(bench.Published, price => Assert.Equal(PriceEventKind.Price, price.Kind));
        int[] counts = [.. Enumerable.Range(0, 50).Select(i => bench.Service.CountOf($"T{i:0000}"))];
        Assert.True(counts.Max() - counts.Min() <= 1, "every ticker has the same number of turns");
        Assert.Equal([LogMessage.PriceServiceUp], bench.Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(999)]
    [InlineData(5_000)]
    public void should_never_exceed_the_budget_in_any_second_and_use_almost_all_of_it(int requestsPerSecond)
    {
        using PriceClientBench bench = new(5_000, options => options with { RequestsPerSecond = requestsPerSecond, PipelineDepth = 64 });

        bench.Run(3_000, stepNs: 777_777);

        long[] sentNs = [.. bench.Service.Requests.Select(request => request.Ns)];
        AssertBudget(sentNs, requestsPerSecond);
        Assert.True(sentNs.Length >= 3 * requestsPerSecond * 0.97, $"{sentNs.Length} requests in 3 s of {requestsPerSecond}/s");
    }

    [Fact]
    public void should_not_exceed_the_budget_when_answers_fail_and_requests_are_repeated()
    {
        using PriceClientBench bench = new(200, options => options with { RequestsPerSecond = 500, BackoffMinMs = 1, BackoffMaxMs = 2 });
        Random chance = new(7);
        bench.Service.OnRequest = path => chance.Next(5) switch
        {
            0 => new Reply("garbage\r\n"),
            1 => FakePriceService.Status(500),
            2 => bench.Service.Price(path, 100m) with { Closes = true },
            _ => bench.Service.Price(path, 100m),
        };

        bench.Run(3_000);

        AssertBudget([.. bench.Service.Requests.Select(request => request.Ns)], 500);
        Assert.Equal(200, bench.Published.Select(price => price.TickerIndex).Distinct().Count());
    }

    [Fact]
    public void should_spread_requests_over_all_connections_and_pipeline_no_deeper_than_set()
    {
        using PriceClientBench bench = new(100, options => options with { Connections = 3, PipelineDepth = 5 });
        bench.Service.OnRequest = _ => FakePriceService.Stall;

        bench.Run(100);

        Assert.Equal(3, bench.Service.OpenConnections);
        Assert.Equal(15, bench.Service.Requests.Count);
    }

    [Fact]
    public void should_put_a_ticker_that_prices_asks_for_to_the_front_and_only_once()
    {
        using PriceClientBench bench = new(1_000, options => options with { RequestsPerSecond = 100 });
        bench.Run(50);
        int before = bench.Service.Requests.Count;

        bench.Ask(900);
        bench.Ask(900);
        bench.Run(50);

        Assert.Equal("T0900", bench.Service.Requests[before].Path);
        Assert.Equal(1, bench.Service.CountOf("T0900"));
        Assert.Equal(1, bench.Count(Counter.PriceClientPriorityRequests));
        Assert.Single(bench.PricesOf(900));
    }

    [Fact]
    public void should_have_no_two_requests_of_one_ticker_under_way()
    {
        using PriceClientBench bench = new(tickers: 3);
        bench.Service.OnRequest = _ => FakePriceService.Stall;

        bench.Run(100);
        bench.Ask(1);
        bench.Run(100);

        Assert.Equal(["T0000", "T0001", "T0002"], bench.Service.Requests.Select(request => request.Path).Order());
    }

    [Fact]
    public void should_understand_answers_split_and_requests_cut_anywhere()
    {
        foreach (int bytes in new[] { 1, 2, 3, 7, 100 })
        {
            using PriceClientBench bench = new(tickers: 20);
            bench.Service.BytesPerReceiveMax = bytes;
            bench.Service.BytesPerSendMax = bytes;

            bench.Run(2_000, stepNs: 500_000);

            Assert.Equal(20, bench.Published.Select(price => price.TickerIndex).Distinct().Count());
            Assert.Equal(0, bench.Count(Counter.PriceClientDisconnects));
            Assert.Equal(0, bench.Count(Counter.PriceClientRefusedBodies));
        }
    }

    [Fact]
    public void should_hold_a_price_and_read_no_further_while_the_ring_is_full()
    {
        using PriceClientBench bench = new(tickers: 100, priceSlots: 4);
        bench.TakesPrices = false;
        bench.Run(5_000);
        Assert.Equal(5, bench.Count(Counter.PriceClientPrices));
        int requests = bench.Service.Requests.Count;

        bench.TakesPrices = true;
        bench.Run(500);

        Assert.True(bench.Service.Requests.Count > requests + 100, "it goes on when there is room");
        Assert.Equal(bench.Count(Counter.PriceClientPrices), bench.Published.Count);
        Assert.Equal(0, bench.Count(Counter.PriceClientTimeouts));
    }

    [Fact]
    public void should_count_every_price_as_of_the_moment_its_request_was_sent()
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Service.OnRequest = path => bench.Service.Price(path, 100m) with { DelayNs = 300 * ManualTime.NsPerMs };

        bench.Run(400);

        PriceEvent price = Assert.Single(bench.Published);
        Assert.Equal(bench.Service.Requests[0].Ns, price.AsOfNs);
        Assert.Equal(bench.Service.Requests[0].Ns + 300 * ManualTime.NsPerMs, price.NowNs);
        Assert.Equal(ManualTime.WallSecondsAtStart, price.ServiceTimeSeconds);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(-2, 1)]
    [InlineData(-61, 60)]
    [InlineData(-86_401, 86_400)]
    public void should_add_the_seconds_by_which_the_service_trails_beyond_one(int serviceAheadSeconds, long olderSeconds)
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Service.OnRequest = path => bench.Service.Price(path, 100m, bench.Time.WallSeconds + serviceAheadSeconds);

        bench.Run(5);

        Assert.Equal(bench.Service.Requests[0].Ns - olderSeconds * ManualTime.NsPerSecond, bench.Published[0].AsOfNs);
    }

    private static void AssertBudget(long[] sentNs, int requestsPerSecond)
    {
        for (int first = 0, after = 0; first < sentNs.Length; first++)
        {
            while (after < sentNs.Length && sentNs[after] < sentNs[first] + ManualTime.NsPerSecond) after++;
            Assert.True(after - first <= requestsPerSecond, $"{after - first} requests in the second from {sentNs[first]}");
        }
    }
}
