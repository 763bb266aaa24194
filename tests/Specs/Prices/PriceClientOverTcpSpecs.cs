using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>Loader and client against an HTTP server that is not ours, over the loopback interface.</summary>
public sealed class PriceClientOverTcpSpecs : IDisposable
{
    private readonly HttpListener _server = new();
    private readonly int _port = FreePort();

    public PriceClientOverTcpSpecs()
    {
        _server.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _server.Start();
        Thread thread = new(Serve) { IsBackground = true };
        thread.Start();
    }

    public void Dispose() => _server.Close();

    [Fact]
    public void should_load_the_universe_and_price_every_ticker_over_a_socket()
    {
        PriceClientOptions options = new() { Address = $"127.0.0.1:{_port}", RequestsPerSecond = 10_000 };
        UniverseLoader<TcpStream, SystemClock> loader = new(options, NewStream(), default);
        Assert.True(loader.TryLoad(), loader.Error);
        Assert.Equal(3, loader.Universe!.Count);

        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 1_024);
        EventPoller<PriceEvent> poller = prices.NewPoller();
        using CounterFile counters = CounterFile.InMemory();
        PriceClient<TcpStream, SystemClock, RoundRobinSchedule> client = new(
            options,
            loader.Universe,
            [NewStream(), NewStream()],
            default,
            new RoundRobinSchedule(3),
            prices,
            new SingleProducerRingBuffer<RefreshRequest>("refreshes", 64).NewPoller(),
            counters,
            LogWriter.Create(64, out _));
        int[] priceOf = new int[3];
        Stopwatch watch = Stopwatch.StartNew();
        while ((priceOf.Contains(0) || counters.Read(Counter.PriceClientPrices) < 50) && watch.Elapsed < TimeSpan.FromSeconds(10))
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

        Assert.Equal([1_010_000, 1_020_000, 1_030_000], priceOf);
        Assert.Equal(0, counters.Read(Counter.PriceClientRefusedBodies));
        Assert.Equal(0, counters.Read(Counter.PriceClientDisconnects));
    }

    private TcpStream NewStream() => new(new TcpStreamOptions { Host = "127.0.0.1", Port = _port });

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Serve()
    {
        try
        {
            while (true) Answer(_server.GetContext());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static void Answer(HttpListenerContext context)
    {
        string name = context.Request.Url!.AbsolutePath[1..];
        string body = name switch
        {
            "all" => """["CCC", "AAA", "BBB"]""",
            _ => $$"""{"price":{{101 + (name[0] - 'A')}}.00,"time":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"ticker":"{{name}}"}""",
        };
        // One answer with a length, the other in chunks: both happen with real servers.
        context.Response.SendChunked = name == "BBB";
        byte[] bytes = Encoding.ASCII.GetBytes(body);
        if (name != "BBB") context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes);
        context.Response.Close();
    }
}
