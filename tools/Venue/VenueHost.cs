using System.Net;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Fills;
using MarketMaker.Venue.Markets;
using MarketMaker.Venue.Orders;
using MarketMaker.Venue.Prices;
using MarketMaker.Venue.Replay;

namespace MarketMaker.Venue;

/// <summary>A venue that runs: opens the ports, starts the threads, ends them in order, reports.</summary>
public sealed class VenueHost : IAsyncDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(5);

    private readonly VenueOptions _options;
    private readonly VenueMarket _market;
    private readonly FeedPublisher _feed;
    private readonly List<UdpSender> _senders = [];
    private readonly List<UdpFeedLine> _lines = [];
    private readonly UdpReceiver _requests;
    private readonly TcpAcceptor _orders;
    private readonly TcpAcceptor _snapshots;
    private readonly FillsWriter _fills;
    private readonly OrderAccount[] _accounts;
    private readonly VenueAgent _agent;
    private readonly AgentThread _marketThread;
    private readonly AgentThread _snapshotThread;
    private readonly PriceServer _prices;

    private VenueHost(VenueOptions options, Func<FeedPublisher, VenueClock, VenueMarket> createMarket)
    {
        if (!MoldSession.TryParse(options.Session, out MoldSession feedSession) ||
            !SessionId.TryCreate(Encoding.ASCII.GetBytes(options.Session), out SessionId orderSession))
            throw new ArgumentException($"'{options.Session}' is no session: 1 to 10 letters and digits.");
        _options = options;
        VenueClock clock = new();
        _feed = new FeedPublisher(feedSession, options.MessagesKept, CreateLines(options));
        _market = createMarket(_feed, clock);
        VenueLogin login = new(options.Usernames, options.Password);
        _accounts = [.. options.Usernames.Select((_, number) => new OrderAccount(_market.FirstAccount + number, _market, new SequencedStore(options.OrderStoreBytesMax), clock))];
        byte[][] tickers = [.. _market.Prices.Names.Select(Encoding.ASCII.GetBytes)];
        _fills = new FillsWriter(options.FillsPath, options.Session, ticker => tickers[ticker], p => Encoding.ASCII.GetBytes(Participant(p)));
        foreach (OrderAccount account in _accounts) _market.Connect(account, _fills);
        _requests = new UdpReceiver(new UdpReceiverOptions { Bind = new IPEndPoint(options.Bind, options.RequestPort), ReceiveBufferBytes = 1 << 20 });
        _orders = new TcpAcceptor(new IPEndPoint(options.Bind, options.OrderPort));
        _snapshots = new TcpAcceptor(new IPEndPoint(options.Bind, options.SnapshotPort));
        OrderPort port = new(_orders.TryAccept, _accounts, orderSession, login);
        _agent = new VenueAgent(_market, _feed, _requests, port, _accounts, _fills, clock, options.Agent);
        TradingGate gate = new();
        _marketThread = new AgentThread([_agent], new AgentThreadOptions { Core = options.Core, Wait = Wait(options.Spin, 50_000) }, gate);
        SnapshotServer snapshot = new(_snapshots, _feed.Directory, orderSession, login);
        _snapshotThread = new AgentThread([snapshot], new AgentThreadOptions { Wait = Wait(spin: false, 2_000_000) }, gate);
        _prices = new PriceServer(new IPEndPoint(options.Bind, options.PricePort), _market.Prices, options.PriceFaults);
    }

    /// <summary>Opens everything and starts the threads.</summary>
    /// <exception cref="SocketSetupException">A port or address cannot be had.</exception>
    public static async Task<VenueHost> StartAsync(VenueOptions options, Func<FeedPublisher, VenueClock, VenueMarket> createMarket)
    {
        VenueHost host = new(options, createMarket);
        await host._prices.StartAsync();
        host._snapshotThread.Start();
        host._marketThread.Start();
        if (options.ReadyPath is not null) VenueJson.Write(options.ReadyPath, host.Ready);
        return host;
    }

    /// <summary>The ports.</summary>
    public VenueReady Ready => new(
        Environment.ProcessId,
        _options.Session,
        _options.Feed.ToString(),
        _options.FeedB?.ToString(),
        _requests.Port,
        _snapshots.Port,
        _orders.Port,
        _prices.Port,
        _market.Prices.Names.Count);

    /// <summary>Whether offers have begun.</summary>
    public bool IsStarted => _agent.IsStarted;

    /// <summary>Asks for a clean end. Any thread.</summary>
    public void RequestStop() => _agent.RequestStop();

    /// <summary>Waits for the end of the session.</summary>
    /// <returns>What a thread threw, or null.</returns>
    public Exception? WaitDone()
    {
        while (!_agent.WaitDone(TimeSpan.FromMilliseconds(200)))
        {
            if ((_marketThread.Fault ?? _snapshotThread.Fault) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>Ends the threads, completes the fills, writes the report.</summary>
    public async Task<VenueReport> CompleteAsync()
    {
        _marketThread.Stop(JoinLimit);
        _snapshotThread.Stop(JoinLimit);
        _fills.Dispose();
        VenueReport report = Report();
        if (_options.StatisticsPath is not null) VenueJson.Write(_options.StatisticsPath, report);
        await _prices.DisposeAsync();
        return report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _marketThread.Stop(JoinLimit);
        _snapshotThread.Stop(JoinLimit);
        _fills.Dispose();
        await _prices.DisposeAsync();
        _requests.Dispose();
        _orders.Dispose();
        _snapshots.Dispose();
        foreach (UdpSender sender in _senders) sender.Dispose();
    }

    private static WaitStrategyOptions Wait(bool spin, int sleepNs) => spin
        ? new WaitStrategyOptions { Kind = WaitStrategyKind.BusySpin }
        : new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 0, SleepNs = sleepNs };

    private string Participant(int participant) =>
        participant < _market.FirstAccount ? $"C{participant + 1:00}" : _options.Usernames[participant - _market.FirstAccount];

    private IFeedLine[] CreateLines(VenueOptions options)
    {
        IPEndPoint[] destinations = options.FeedB is null ? [options.Feed] : [options.Feed, options.FeedB];
        IFeedLine[] lines = new IFeedLine[destinations.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            _senders.Add(new UdpSender(new UdpSenderOptions { Destination = destinations[i], Interface = options.Interface }));
            _lines.Add(new UdpFeedLine(_senders[i]));
            lines[i] = options.Damage.IsNone ? _lines[i] : new DamagedFeedLine(_lines[i], options.Damage, (ulong)i);
        }

        return lines;
    }

    private VenueReport Report()
    {
        OrderStatistics orders = OrderStatistics.Sum(_accounts.Select(account => account.Statistics));
        SystemClock clock = new();
        return new VenueReport
        {
            Session = _options.Session,
            Seconds = _agent.RunNs / 1e9,
            OffersSent = _market.Offers,
            PayingOffers = (_market as SimulatedVenueMarket)?.PayingOffers ?? 0,
            Messages = _feed.Messages,
            Packets = _feed.Packets,
            PacketsLost = _lines.Sum(line => line.Lost),
            Executions = new SortedDictionary<string, long>(_market.ExecutionsByParticipant.ToDictionary(e => Participant(e.Key), e => e.Value)),
            FillRows = _fills.Rows,
            OrdersReceived = orders.Received,
            OrdersWon = orders.Won,
            OrdersLost = orders.Lost,
            OrdersDead = orders.Dead,
            OrdersRejected = orders.Rejected,
            Broken = orders.Broken,
            Repeated = orders.Repeated,
            Malformed = orders.Malformed,
            PricesAnswered = _prices.Answered,
            LagMaxUs = _agent.Lag.MaxNs / 1_000,
            LagShare = _agent.Lag.Share,
            Suppressed = (_market as SimulatedVenueMarket)?.Suppressed ?? 0,
            StartedWallNs = _market.StartNs < 0 ? 0 : clock.WallClockNs - (clock.MonotonicNs - _market.StartNs),
            WildTickers = (_market as SimulatedVenueMarket)?.WildNames.ToArray() ?? [],
            Adapted = (_market as ReplayVenueMarket)?.Adapted ?? 0,
            TornBytes = (_market as ReplayVenueMarket)?.TornBytes ?? 0,
        };
    }
}
