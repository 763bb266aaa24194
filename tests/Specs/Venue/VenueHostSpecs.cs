using System.Net;
using System.Text.Json;
using MarketMaker.Market;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;
using MarketMaker.Venue;
using MarketMaker.Venue.Markets;
using ItchEvent = MarketMaker.Protocols.Itch50.SystemEvent;
using OuchBroken = MarketMaker.Protocols.Ouch50.BrokenTrade;

namespace MarketMaker.Tests.Specs.Venue;

/// <summary>The whole venue over real sockets on loopback, with a small client in place of the engine.</summary>
public sealed class VenueHostSpecs : IDisposable
{
    private static readonly MarketOptions Market = new()
    {
        Tickers = 50,
        OffersPerSecond = 20_000,
        Competitors = 2,
        SplitShare = 0.3,
        BreakShare = 0.05,
        BreakDelayMs = 50,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("venue-").FullName;
    private readonly List<string> _executed = [];
    private readonly List<string> _broken = [];
    private readonly Dictionary<uint, (string Ticker, string Side)> _orders = [];
    private string _systemEvents = "";
    private bool _feedEnded;
    private bool _ordersEnded;
    private ulong _nextOnFeed = 1;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task should_run_a_session_whose_witness_agrees_with_the_client_execution_by_execution()
    {
        using UdpReceiver feed = new(new UdpReceiverOptions { ReceiveBufferBytes = 8 << 20 });
        VenueOptions options = Options(feed.Port);
        VenueReport report;
        await using (VenueHost host = await VenueHost.StartAsync(options, (publisher, clock) => new SimulatedVenueMarket(Market, publisher, clock)))
        {
            Assert.Equal(JsonSerializer.Serialize(host.Ready, VenueJson.Default.VenueReady), File.ReadAllText(options.ReadyPath!).TrimEnd());
            Assert.Equal("SSS" + new string('R', 50) + new string('H', 50) + "G", await Task.Run(() => ReadSnapshot(host.Ready.SnapshotPort)));
            Assert.False(host.IsStarted);
            Task client = Task.Run(() => Trade(feed, host.Ready.OrderPort));
            Assert.Null(await Task.Run(host.WaitDone));
            await client.WaitAsync(TimeSpan.FromSeconds(10));
            report = await host.CompleteAsync();
        }

        string[][] rows = [.. File.ReadAllLines(options.FillsPath).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(report.FillRows, rows.Length);
        Assert.NotEmpty(_executed);
        Assert.NotEmpty(_broken);
        Assert.Equal(_executed, rows.Where(r => r[7] == "TESTER" && r[8] == "EXECUTION").Select(r => string.Join(',', r[1..7])));
        Assert.Equal(_broken, rows.Where(r => r[7] == "TESTER" && r[8] == "BREAK").Select(r => $"{r[1]},{r[2]}"));
        Assert.Contains(rows, r => r[7] == "C01" && r[1] == "0");
        Assert.Equal("OSQMEC", _systemEvents);
        Assert.True(_feedEnded && _ordersEnded);
        Assert.Equal(report.Messages, (long)_nextOnFeed - 1);
        Assert.Equal(_orders.Count, report.OrdersReceived);
        Assert.Equal(report.OrdersReceived, report.OrdersWon + report.OrdersLost + report.OrdersRejected);
        Assert.Equal(_executed.Count, report.Executions["TESTER"]);
    }

    [Fact]
    public async Task should_wait_for_a_client_and_end_cleanly_without_one()
    {
        VenueOptions options = Options(feedPort: 9);
        await using VenueHost host = await VenueHost.StartAsync(options, (publisher, clock) => new SimulatedVenueMarket(Market, publisher, clock));
        await Task.Delay(100);
        Assert.False(host.IsStarted);
        host.RequestStop();
        Assert.Null(await Task.Run(host.WaitDone));
        VenueReport report = await host.CompleteAsync();
        Assert.Equal((0, 106), (report.OffersSent, report.Messages));
        Assert.Single(File.ReadAllLines(options.FillsPath));
        Assert.True(File.Exists(options.StatisticsPath));
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("sim --rate -1")]
    [InlineData("sim --loss 2")]
    [InlineData("sim --feed nowhere")]
    [InlineData("sim --username TOOLONGNAME")]
    [InlineData("replay")]
    [InlineData("replay /no/such/file.itch")]
    [InlineData("sim --no-such-option 1")]
    public async Task should_exit_with_2_on_bad_arguments(string arguments) => Assert.Equal(2, await VenueCommand.RunAsync(arguments.Split(' ')));

    private VenueOptions Options(int feedPort) => new()
    {
        Feed = new IPEndPoint(IPAddress.Loopback, feedPort),
        Session = "TESTRUN",
        Username = "TESTER",
        Password = "PASS",
        FillsPath = Path.Combine(_folder, "venue-fills.csv"),
        ReadyPath = Path.Combine(_folder, "ready.json"),
        StatisticsPath = Path.Combine(_folder, "stats.json"),
        MessagesKept = 1 << 16,
        Agent = new VenueAgentOptions { WaitForClient = true, RunNs = 700_000_000 },
    };

    private static string ReadSnapshot(int port)
    {
        using TcpStream stream = new(new TcpStreamOptions { Host = "127.0.0.1", Port = port });
        SoupBinClientSession soup = Login(stream);
        string types = "";
        for (long deadline = Environment.TickCount64 + 5_000; Environment.TickCount64 < deadline && !types.EndsWith('G');)
        {
            soup.Out.FlushTo(stream);
            soup.In.FillFrom(stream);
            for (SoupBinClientEvent e = soup.Next(out ReadOnlySpan<byte> payload); e != SoupBinClientEvent.None; e = soup.Next(out payload))
            {
                if (e == SoupBinClientEvent.Sequenced) types += (char)payload[0];
            }
        }

        return types;
    }

    private static SoupBinClientSession Login(TcpStream stream)
    {
        stream.BeginConnect();
        while (stream.State == StreamState.Connecting) Thread.Yield();
        SoupBinClientSession soup = new();
        soup.Open("TESTER"u8, "PASS"u8, default, 1, 0);
        return soup;
    }

    /// <summary>Goes for every tenth offer; writes down what the venue says.</summary>
    private void Trade(UdpReceiver feed, int orderPort)
    {
        using TcpStream stream = new(new TcpStreamOptions { Host = "127.0.0.1", Port = orderPort });
        SoupBinClientSession soup = Login(stream);
        for (long deadline = Environment.TickCount64 + 8_000; Environment.TickCount64 < deadline && !(_ordersEnded && _feedEnded);)
        {
            for (int i = feed.ReceiveBatch() - 1, at = 0; at <= i; at++) ReadPacket(feed.Packet(at), soup);
            soup.Out.FlushTo(stream);
            soup.In.FillFrom(stream);
            for (SoupBinClientEvent e = soup.Next(out ReadOnlySpan<byte> payload); e != SoupBinClientEvent.None; e = soup.Next(out payload))
            {
                if (e == SoupBinClientEvent.Sequenced) ReadAnswer(payload, soup.Sequence);
                if (e == SoupBinClientEvent.EndOfSession) _ordersEnded = true;
            }
        }
    }

    private void ReadPacket(ReadOnlySpan<byte> packet, SoupBinClientSession soup)
    {
        Assert.True(MoldPacket.TryRead(packet, out MoldHeader header, out MoldBlocks blocks));
        Assert.Equal(_nextOnFeed, header.SequenceNumber);
        _feedEnded |= header.MessageCount == MoldHeader.EndOfSession;
        while (blocks.TryNext(out ReadOnlySpan<byte> message))
        {
            _nextOnFeed++;
            if (ItchCodec.TryRead(message, out ItchEvent systemEvent)) _systemEvents += (char)systemEvent.EventCode;
            if (!ItchCodec.TryRead(message, out AddOrder add) || add.OrderReference % 10 != 0 || !soup.IsLoggedIn) continue;
            uint number = (uint)_orders.Count + 1;
            bool isBuy = add.Side == Contracts.Side.Sell;
            _orders.Add(number, (add.Stock.ToString(), isBuy ? "BUY" : "SELL"));
            soup.TrySend(OrderAccountSpecs.Order(number, add.Stock.ToString(), isBuy ? 'B' : 'S', add.Shares, add.Price));
        }
    }

    private void ReadAnswer(ReadOnlySpan<byte> message, long sequence)
    {
        if (Executed.TryRead(message, out Executed executed, out _))
        {
            (string ticker, string side) = _orders[executed.UserRefNum];
            _executed.Add($"{sequence},{executed.MatchNumber},{ticker},{side},{executed.Price},{executed.QuantityShares}");
        }
        else if (OuchBroken.TryRead(message, out OuchBroken broken, out _))
        {
            _broken.Add($"{sequence},{broken.MatchNumber}");
        }
    }
}
