using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Prices;

/// <summary>
/// Keeps the fair prices fresh: asks the price service for every ticker inside a budget of requests per second, over kept-alive,
/// pipelined connections; urgent tickers first. What passes every check goes to the <c>prices</c> ring.
/// </summary>
/// <remarks>One thread, not the hot one. Allocates nothing after construction and throws nothing for what the service does.</remarks>
public sealed class PriceClient<TStream, TClock> : IAgent
    where TStream : class, IByteStream
    where TClock : struct, IClock
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;
    private const int RefreshBatchMax = 256;

    /// <summary>
    /// How often the schedule is asked for a ticker that is not under way already, before the rest waits for the next cycle.
    /// </summary>
    private const int TurnsMax = 16;

    private readonly PriceConnection<TStream>[] _connections;
    private readonly PriceRequests _requests;
    private readonly PriceChecks _checks;
    private readonly TickerLane _priority;
    private readonly TickerLane _urgent;
    private readonly TickerLane _repeats;
    private readonly bool[] _isUnderWay;
    private readonly MultiProducerRingBuffer<PriceEvent> _prices;
    private readonly EventPoller<RefreshRequest> _priorities;
    private readonly EventPoller<RefreshRequest> _refreshes;
    private readonly CounterFile _counters;
    private readonly PriceClientHealth _health;
    private readonly TClock _clock;
    private readonly long _timeoutNs;
    private readonly RefreshSchedule _schedule;
    private RequestBudget _budget;
    private PriceEvent _held;
    private bool _isHolding;
    private long _nowNs;
    private long _wallNs;

    /// <summary>Takes all the memory and wires the client; connects at the first duty cycle.</summary>
    /// <param name="options">Checked by the host.</param>
    /// <param name="universe">The tickers to keep fresh.</param>
    /// <param name="streams">One per connection, closed.</param>
    /// <param name="clock">Read once per duty cycle.</param>
    /// <param name="schedule">Whose turn it is when nothing is urgent.</param>
    /// <param name="prices">Where good prices go; the client is one of its producers.</param>
    /// <param name="priorities">The tickers that Decision wants at once: before all others.</param>
    /// <param name="refreshes">The tickers that Prices wants out of turn.</param>
    /// <param name="counters">The block PriceClient is this client's.</param>
    /// <param name="log">Says when the service is gone and when it is back.</param>
    public PriceClient(
        PriceClientOptions options,
        Universe universe,
        ReadOnlySpan<TStream> streams,
        TClock clock,
        RefreshSchedule schedule,
        MultiProducerRingBuffer<PriceEvent> prices,
        EventPoller<RefreshRequest> priorities,
        EventPoller<RefreshRequest> refreshes,
        CounterFile counters,
        LogWriter log)
    {
        _requests = new PriceRequests(universe, options.Address);
        _connections = new PriceConnection<TStream>[streams.Length];
        for (int i = 0; i < streams.Length; i++)
            _connections[i] = new PriceConnection<TStream>(streams[i], options.PipelineDepth, _requests.LengthMax);
        _checks = new PriceChecks(universe.Count);
        _priority = new TickerLane(universe.Count);
        _urgent = new TickerLane(universe.Count);
        _repeats = new TickerLane(universe.Count);
        _isUnderWay = new bool[universe.Count];
        _health = new PriceClientHealth(options, log);
        _clock = clock;
        _schedule = schedule;
        _prices = prices;
        _priorities = priorities;
        _refreshes = refreshes;
        _counters = counters;
        _budget = new RequestBudget(options.RequestsPerSecond);
        _timeoutNs = options.RequestTimeoutMs * NsPerMs;
        if (schedule.AgeCapNs > options.PriceAgeCapSeconds * NsPerSecond)
            log.Write(LogMessage.PriceBudgetSmall, options.RequestsPerSecond, schedule.AgeCapNs / NsPerSecond);
    }

    /// <inheritdoc/>
    public string Name => "PriceClient";

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.PriceClientDutyCycles);
        // The ring is full: its producers wait. TCP holds the answers, and no request is made whose answer could not be taken.
        if (_isHolding && !TryPublishHeld())
        {
            _counters.Add(Counter.PriceClientStalls);
            return 0;
        }

        _nowNs = _clock.MonotonicNs;
        _wallNs = _clock.WallClockNs;
        int work = TakeWishes(_priorities, _priority) + TakeWishes(_refreshes, _urgent) + (_schedule.Work(_nowNs) ? 1 : 0);
        foreach (PriceConnection<TStream> connection in _connections) work += Drive(connection);
        if (!_isHolding) work += SendRequests();
        if (work > 0) _counters.Add(Counter.PriceClientWorkCycles);
        return work;
    }

    private int Drive(PriceConnection<TStream> connection)
    {
        if (connection.Phase == StreamState.Closed)
        {
            if (_nowNs < connection.RetryAtNs) return 0;
            connection.BeginConnect(_nowNs);
        }

        StreamState actual = connection.StreamState;
        if (actual == StreamState.Closed) return OnLost(connection);
        if (actual == StreamState.Connecting) return _nowNs - connection.ConnectingSinceNs > _timeoutNs ? OnLost(connection) : 0;
        connection.Phase = StreamState.Connected;
        return ReadAnswers(connection);
    }

    private int ReadAnswers(PriceConnection<TStream> connection)
    {
        int answers = 0;
        // One more than can be under way, so that an end right behind the last answer is seen in the same cycle.
        for (int turn = 0; turn <= connection.Depth && !_isHolding; turn++)
        {
            ConnectionRead read = connection.Read(out PendingRequest request);
            if (read == ConnectionRead.Broken) return answers + OnBroken(connection);
            if (read == ConnectionRead.Nothing) break;
            answers++;
            bool inStep = TakeAnswer(connection, request);
            if (!inStep) return answers + OnLost(connection);
            if (connection.Answer.MustClose) return answers + OnClosedInOrder(connection);
        }

        if (!_isHolding && connection.PendingCount > 0 && _nowNs - connection.OldestSentNs > _timeoutNs)
        {
            _counters.Add(Counter.PriceClientTimeouts);
            return answers + OnLost(connection);
        }

        return answers;
    }

    /// <returns>False when answers and requests are out of step.</returns>
    private bool TakeAnswer(PriceConnection<TStream> connection, PendingRequest request)
    {
        ushort ticker = request.TickerIndex;
        _isUnderWay[ticker] = false;
        connection.FailuresInRow = 0;
        if (connection.Answer.StatusCode != 200)
        {
            // The ticker waits for its next turn: asking again at once would only load a service in trouble.
            _counters.Add(Counter.PriceClientErrorStatuses);
            return true;
        }

        _health.OnAnswer(connection);
        ReadOnlySpan<byte> body = connection.Answer.Body;
        if (!PriceBody.TryParse(body, _requests.TickerOf(ticker), out int price, out long timeSeconds, out PriceBodyError error))
        {
            _counters.Add(Counter.PriceClientRefusedBodies);
            // Another's price: the answers behind it may be shifted as well, so the connection is not trusted any further.
            return error != PriceBodyError.WrongTicker;
        }

        switch (_checks.Check(ticker, price, timeSeconds, _wallNs / NsPerSecond))
        {
            case PriceFinding.Good:
                Publish(request, price, timeSeconds);
                break;
            case PriceFinding.Jump:
                _counters.Add(Counter.PriceClientRefusedJumps);
                if (_checks.IsWorthSecondAnswer(ticker)) _urgent.TryAdd(ticker);
                break;
            default:
                _counters.Add(Counter.PriceClientRefusedTimes);
                break;
        }

        return true;
    }

    private void Publish(PendingRequest request, int price, long timeSeconds)
    {
        _counters.Add(Counter.PriceClientPrices);
        // Our wall clock at the moment of the request; the service's time beyond one second behind it is age that nobody else counts.
        long wallAtSendSeconds = (_wallNs - (_nowNs - request.SentNs)) / NsPerSecond;
        long trailingSeconds = Math.Max(0, wallAtSendSeconds - timeSeconds - 1);
        _held = new PriceEvent
        {
            Kind = PriceEventKind.Price,
            TickerIndex = request.TickerIndex,
            Price = price,
            ServiceTimeSeconds = timeSeconds,
            AsOfNs = request.SentNs - trailingSeconds * NsPerSecond,
            NowNs = _nowNs,
        };
        _schedule.OnPrice(request.TickerIndex, price, _held.AsOfNs);
        _isHolding = true;
        TryPublishHeld();
    }

    private bool TryPublishHeld()
    {
        if (!_prices.TryNext(out long sequence)) return false;
        _prices[sequence] = _held;
        _prices.Publish(sequence);
        _isHolding = false;
        return true;
    }

    private int TakeWishes(EventPoller<RefreshRequest> wishes, TickerLane lane)
    {
        long first = wishes.Next;
        long last = wishes.AvailableThrough(RefreshBatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            ushort ticker = wishes[sequence].TickerIndex;
            // An answer is on its way; whom it is too old for asks again when it comes.
            if (!_isUnderWay[ticker] && lane.TryAdd(ticker)) _counters.Add(Counter.PriceClientPriorityRequests);
        }

        wishes.Advance(last);
        return (int)(last - first + 1);
    }

    private int SendRequests()
    {
        int sent = 0;
        while (_budget.IsOpen(_nowNs) && TryFindRoom(out PriceConnection<TStream>? connection) && TryTakeTicker(out ushort ticker))
        {
            _budget.Take(_nowNs);
            _isUnderWay[ticker] = true;
            connection!.Enqueue(ticker, _nowNs, _requests[ticker]);
            sent++;
        }

        if (sent > 0) _counters.Add(Counter.PriceClientRequests, sent);
        foreach (PriceConnection<TStream> connection in _connections)
        {
            if (connection.Phase == StreamState.Connected && !connection.TryFlush()) OnLost(connection);
        }

        return sent;
    }

    /// <summary>The connection with the fewest requests under way, so that one slow answer holds up as few as can be.</summary>
    private bool TryFindRoom(out PriceConnection<TStream>? best)
    {
        best = null;
        foreach (PriceConnection<TStream> connection in _connections)
        {
            if (connection.HasRoom && (best is null || connection.PendingCount < best.PendingCount)) best = connection;
        }

        return best is not null;
    }

    private bool TryTakeTicker(out ushort ticker)
    {
        while (_priority.TryTake(out ticker) || _urgent.TryTake(out ticker) || _repeats.TryTake(out ticker))
        {
            if (_isUnderWay[ticker]) continue;
            _schedule.OnAsked(ticker, _nowNs);
            return true;
        }

        for (int turn = 0; turn < TurnsMax; turn++)
        {
            ticker = _schedule.Next(_nowNs);
            if (!_isUnderWay[ticker]) return true;
        }

        return false;
    }

    private int OnBroken(PriceConnection<TStream> connection)
    {
        if (connection.FramingError != HttpError.None) _counters.Add(Counter.PriceClientRefusedBodies);
        return OnLost(connection);
    }

    private int OnLost(PriceConnection<TStream> connection)
    {
        _counters.Add(Counter.PriceClientDisconnects);
        _health.OnLost(connection, _nowNs);
        // The request at the head waits for its turn: it may be the one the service chokes on. Those behind it only had bad luck.
        if (connection.PendingCount > 0) _isUnderWay[connection.Dequeue().TickerIndex] = false;
        RepeatPending(connection);
        connection.Close();
        return 1;
    }

    private int OnClosedInOrder(PriceConnection<TStream> connection)
    {
        _health.OnClosedInOrder(connection, _nowNs);
        RepeatPending(connection);
        connection.Close();
        return 1;
    }

    private void RepeatPending(PriceConnection<TStream> connection)
    {
        while (connection.PendingCount > 0)
        {
            ushort ticker = connection.Dequeue().TickerIndex;
            _isUnderWay[ticker] = false;
            _repeats.TryAdd(ticker);
        }
    }
}
