using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Fills;
using MarketMaker.Venue.Markets;
using MarketMaker.Venue.Orders;

namespace MarketMaker.Venue;

/// <summary>
/// The market thread: generates offers, sends the feed, answers re-requests, takes orders in the order in which they arrive,
/// and ends the session cleanly. Waits for nobody.
/// </summary>
public sealed class VenueAgent(
    VenueMarket market, FeedPublisher feed, UdpReceiver requests, OrderPort port, IReadOnlyList<OrderAccount> accounts, FillsWriter fills, VenueClock clock,
    VenueAgentOptions options) : IAgent
{
    private const long FillsPeriodNs = 50_000_000;
    // A look for them is a system call, and whoever asks has waited for its answer's way and back already.
    private const long RequestsPeriodNs = 20_000;
    private const long EndPacketPeriodNs = 50_000_000;
    private const long GraceNs = 300_000_000;
    private const long EndPacketsNs = 600_000_000;
    private const long CatchUpMaxNs = 2_000_000_000;

    private readonly ManualResetEventSlim _done = new();
    private volatile bool _isStopRequested;
    private volatile bool _isStarted;
    private Phase _phase;
    private long _nextTickNs;
    private long _nextFillsNs;
    private long _nextRequestsNs;
    private long _closedNs;
    private long _nextEndPacketNs;
    private bool _sessionEnded;

    private enum Phase
    {
        Opening,
        Waiting,
        Running,
        Closing,
        Done,
    }

    /// <inheritdoc/>
    public string Name => "market";

    /// <summary>How well the generator kept its schedule.</summary>
    public ScheduleLag Lag { get; } = new();

    /// <summary>Whether offers have begun. Any thread.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>Ns from the first offer to the market's close. Valid once it is done.</summary>
    public long RunNs { get; private set; }

    /// <summary>Asks for a clean end. Any thread.</summary>
    public void RequestStop() => _isStopRequested = true;

    /// <summary>Waits until the session has ended. Any other thread.</summary>
    public bool WaitDone(TimeSpan limit) => _done.Wait(limit);

    /// <inheritdoc/>
    public int DoWork()
    {
        clock.Refresh();
        long nowNs = clock.NowNs;
        int work = _phase == Phase.Done ? 0 : port.Poll(nowNs) + AnswerRequests(nowNs);
        if (nowNs >= _nextFillsNs)
        {
            fills.Flush();
            _nextFillsNs = nowNs + FillsPeriodNs;
        }

        switch (_phase)
        {
            case Phase.Opening:
                market.Open();
                feed.Flush(nowNs);
                foreach (OrderAccount account in accounts) account.OnSystemEvent(OuchEventCode.StartOfDay);
                _phase = Phase.Waiting;
                return 1;
            case Phase.Waiting:
                feed.Flush(nowNs);
                if (_isStopRequested) Close(nowNs);
                else if (!options.WaitForClient || port.HasSeenClients) Start(nowNs);
                return work;
            case Phase.Running:
                if (nowNs < _nextTickNs) return work;
                Run(nowNs);
                return work;
            case Phase.Closing:
                End(nowNs);
                return work;
            default:
                return 0;
        }
    }

    private void Start(long nowNs)
    {
        market.Start();
        Lag.Start(nowNs);
        _isStarted = true;
        _phase = Phase.Running;
    }

    private void Run(long nowNs)
    {
        _nextTickNs = nowNs + options.TickNs;
        Lag.OnTurn(nowNs);
        bool goesOn = market.Advance();
        feed.Flush(nowNs);
        bool isTimeUp = options.RunNs > 0 && nowNs - market.StartNs >= options.RunNs;
        if (_isStopRequested || isTimeUp || !goesOn) Close(nowNs);
    }

    /// <summary>Bounded, so that a storm of re-requests cannot stall the feed: one batch each 20 us.</summary>
    private int AnswerRequests(long nowNs)
    {
        if (nowNs < _nextRequestsNs) return 0;
        _nextRequestsNs = nowNs + RequestsPeriodNs;
        int count = requests.ReceiveBatch();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> answer = feed.Answer(requests.Packet(i));
            if (!answer.IsEmpty) requests.TryReply(i, answer);
        }

        return count;
    }

    private void Close(long nowNs)
    {
        RunNs = market.StartNs < 0 ? 0 : nowNs - market.StartNs;
        market.Close();
        feed.Flush(nowNs);
        _closedNs = nowNs;
        _phase = Phase.Closing;
    }

    /// <summary>Orders that were under way are still answered (rejected: closed); then both sessions are ended.</summary>
    private void End(long nowNs)
    {
        long closingNs = nowNs - _closedNs;
        if (nowNs >= _nextEndPacketNs)
        {
            feed.EndSession(nowNs);
            _nextEndPacketNs = nowNs + EndPacketPeriodNs;
        }

        if (!_sessionEnded && closingNs >= GraceNs)
        {
            foreach (OrderAccount account in accounts) account.OnSystemEvent(OuchEventCode.EndOfDay);
            port.Poll(nowNs);
            _sessionEnded = true;
        }

        if (closingNs < EndPacketsNs || !port.IsCaughtUp && closingNs < CatchUpMaxNs) return;
        port.EndSession();
        port.Close();
        _phase = Phase.Done;
        _done.Set();
    }
}

/// <summary>How the market thread runs.</summary>
public sealed record VenueAgentOptions
{
    /// <summary>Whether offers begin only once a client has logged in to each account of the order port.</summary>
    public bool WaitForClient { get; init; }

    /// <summary>Ns from the first offer to the end; 0 = until told. Default 0.</summary>
    public long RunNs { get; init; }

    /// <summary>Ns between batches of offers. Default 250,000: a quarter of the ms that a batch may be late at most.</summary>
    public long TickNs { get; init; } = 250_000;
}
