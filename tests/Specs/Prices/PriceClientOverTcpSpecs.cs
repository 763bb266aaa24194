using System.Diagnostics;
using System.Net;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>Loader and client against Kestrel over the loopback interface, with pipelining.</summary>
public sealed class PriceClientOverTcpSpecs : IAsyncLifetime
{
    private const int Tickers = 200;

    private readonly WebApplication _server;
    private int _port;

    public PriceClientOverTcpSpecs()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(Answer);
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _port = new Uri(_server.Urls.First()).Port;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void should_load_the_universe_and_price_every_ticker_over_a_socket()
    {
        PriceClientOptions options = new() { Address = $"127.0.0.1:{_port}", RequestsPerSecond = 20_000 };
        UniverseLoader<TcpStream, SystemClock> loader = new(options, NewStream(), default);
        Assert.True(loader.TryLoad(), loader.Error);
        Assert.Equal(Tickers, loader.Universe!.Count);

        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 1_024);
        EventPoller<PriceEvent> poller = prices.NewPoller();
        using CounterFile counters = CounterFile.InMemory();
        PriceClient<TcpStream, SystemClock> client = new(
            options,
            loader.Universe,
            [NewStream(), NewStream()],
            default,
            new RefreshSchedule(options, new PriceCache(loader.Universe)),
            prices,
            new SingleProducerRingBuffer<RefreshRequest>("priorities", 64).NewPoller(),
            new SingleProducerRingBuffer<RefreshRequest>("refreshes", 64).NewPoller(),
            counters,
            LogWriter.Create(64, out _));
        int[] priceOf = new int[Tickers];
        Stopwatch watch = Stopwatch.StartNew();
        while ((priceOf.Contains(0) || counters.Read(Counter.PriceClientPrices) < 2_000) && watch.Elapsed < TimeSpan.FromSeconds(10))
        {
            if (client.DoWork() == 0) Thread.Sleep(1);
            long last = poller.AvailableThrough(1_024);
            for (long sequence = poller.Next; sequence <= last; sequence++)
            {
                priceOf[poller[sequence].TickerIndex] = poller[sequence].Price;
                Assert.InRange(new SystemClock().MonotonicNs - poller[sequence].AsOfNs, 0, 10_000_000_000);
            }

            if (last >= poller.Next) poller.Advance(last);
        }

        Assert.Equal(Enumerable.Range(0, Tickers).Select(i => (100 + i) * Money.UnitsPerDollar), priceOf);
        Assert.Equal(0, counters.Read(Counter.PriceClientRefusedBodies));
        Assert.Equal(0, counters.Read(Counter.PriceClientDisconnects));
    }

    private TcpStream NewStream() => new(new TcpStreamOptions { Host = "127.0.0.1", Port = _port });

    private static async Task Answer(HttpContext context)
    {
        string name = context.Request.Path.Value![1..];
        string body = name == "all"
            ? "[" + string.Join(',', Enumerable.Range(0, Tickers).Reverse().Select(i => $"\"T{i:000}\"")) + "]"
            : $$"""{"price":{{100 + int.Parse(name[1..])}}.00,"time":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"ticker":"{{name}}"}""";
        // Half of the answers with a length, half in chunks: Kestrel sends chunks when no length is set.
        if (!name.EndsWith('1')) context.Response.ContentLength = body.Length;
        await context.Response.WriteAsync(body);
    }
}
