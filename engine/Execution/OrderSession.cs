using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Execution;

/// <summary>
/// The order session over all its connections: connect, log in, replay, fence, live; and back to the start when it breaks.
/// </summary>
internal sealed partial class OrderSession<TStream, TClock>
    where TStream : IByteStream
    where TClock : struct, IClock
{
    private const long NsPerMs = 1_000_000;

    // A prime: about a minute of milliseconds. A thousand restarts a day use up a hundredth of the numbers.
    private const long FenceSalts = 65_521;

    private readonly ExecutionOptions _options;
    private readonly TStream _stream;
    private readonly TClock _clock;
    private readonly OpenOrders _orders;
    private readonly BookedExecutions _executions;
    private readonly OrderAnswers _answers;
    private readonly ResponseWriter _responses;
    private readonly OrderSweep _sweep;
    private readonly TradingGate _gate;
    private readonly CounterFile _counters;
    private readonly LogWriter _log;
    private readonly Fence _fence;
    private readonly VenueSession _session;
    private EveryNthTurn _answerLook;
    private Backoff _backoff;
    private bool _isOpened;
    private long _deadlineNs;
    private long _retryAtNs = long.MinValue;
    private volatile ExecutionState _state;

    public OrderSession(
        ExecutionOptions options,
        ExecutionRecovery recovery,
        TStream stream,
        TClock clock,
        OpenOrders orders,
        BookedExecutions executions,
        OrderAnswers answers,
        ResponseWriter responses,
        TradingGate gate,
        CounterFile counters,
        LogWriter log)
    {
        (_options, _stream, _clock, _orders, _executions) = (options, stream, clock, orders, executions);
        (_answers, _responses, _gate, _counters, _log) = (answers, responses, gate, counters, log);
        _sweep = new OrderSweep(orders, answers, responses);
        Client = new SoupBinClientSession(options.ReceiveBufferBytes, silenceNs: options.VenueSilenceMs * NsPerMs);
        // Two runs of one day shall not choose the same numbers for their fences.
        uint saltNumbers = (uint)(clock.WallClockNs / NsPerMs % FenceSalts);
        _fence = new Fence(Client, PackFirm(options.Firm), saltNumbers, options.FenceRetryMs * NsPerMs);
        _backoff = new Backoff(options.ReconnectMinMs, options.ReconnectMaxMs, options.JitterSeed);
        _session = new VenueSession(recovery, options.Calendar);
        _answers.BookedThrough = recovery.BookedThrough;
        _answerLook = new EveryNthTurn(options.AnswerLookEvery);
    }

    /// <summary>Where the session stands; any thread may ask.</summary>
    public ExecutionState State => _state;

    /// <summary>The connection's bytes in and out.</summary>
    public SoupBinClientSession Client { get; }

    private bool IsConversing => IsLoggedIn || _state == ExecutionState.LoggingIn;

    private bool IsLoggedIn => _state is ExecutionState.Replaying or ExecutionState.Fencing or ExecutionState.Live;

    /// <summary>Does what is at hand: bounded, never waits.</summary>
    /// <returns>Events handled.</returns>
    public int Poll(long nowNs)
    {
        int handled = ContinueSweep();
        switch (_state)
        {
            case ExecutionState.Disconnected when nowNs >= _retryAtNs:
                Connect(nowNs);
                return handled + 1;
            case ExecutionState.LoggingIn when !_isOpened:
                return handled + AwaitConnection(nowNs);
            case ExecutionState.LoggingIn or ExecutionState.Replaying or ExecutionState.Fencing or ExecutionState.Live:
                return handled + Converse(nowNs);
            default:
                return handled;
        }
    }

    /// <summary>Writes what the socket takes of the bytes waiting.</summary>
    /// <returns>Bytes taken; -1 when the connection broke, and then it is given up.</returns>
    public int Flush(long nowNs)
    {
        int taken = Client.Out.FlushTo(_stream);
        if (taken > 0) Client.Sent(nowNs);
        if (taken < 0) Lose(nowNs);
        return taken;
    }

    /// <summary>Leaves in order: the session goes on at the venue.</summary>
    public void LogOut(long nowNs)
    {
        if (IsLoggedIn && Client.TryLogout()) Flush(nowNs);
        _stream.Close();
        _fence.Drop();
        if (_state != ExecutionState.Refused) Enter(ExecutionState.LoggedOut);
    }

    private void Connect(long nowNs)
    {
        _isOpened = false;
        _deadlineNs = nowNs + _options.ConnectTimeoutMs * NsPerMs;
        _stream.BeginConnect();
        Enter(ExecutionState.LoggingIn);
    }

    private int AwaitConnection(long nowNs)
    {
        StreamState stream = _stream.State;
        if (stream == StreamState.Closed || (stream == StreamState.Connecting && nowNs >= _deadlineNs)) Lose(nowNs);
        if (stream != StreamState.Connected) return 0;
        _isOpened = true;
        _deadlineNs = nowNs + _options.ConnectTimeoutMs * NsPerMs;
        Client.Open(_options.Username.Span, _options.Password.Span, _session.Wanted, _session.SequenceWanted, nowNs);
        Flush(nowNs);
        return 1;
    }

    private int Converse(long nowNs)
    {
        int handled = Read(nowNs);
        if (_state == ExecutionState.LoggingIn && nowNs >= _deadlineNs) Lose(nowNs);
        if (_state is ExecutionState.Replaying or ExecutionState.Fencing) _fence.Retry(nowNs);
        if (_state == ExecutionState.Fencing && !_fence.IsRaising && !_sweep.IsRunning) GoLive();
        if (IsConversing && !Client.KeepAlive(nowNs)) Lose(nowNs);
        else if (IsConversing && Client.Out.Count > 0) Flush(nowNs);
        return handled;
    }

    private int Read(long nowNs)
    {
        int handled = Drain(nowNs);
        if (!IsConversing || Client.In.FreeBytes == 0) return handled;
        // While no order is open only a sign of life can come, and a look at the socket is a system call.
        if (_state == ExecutionState.Live && _orders.Count == 0 && !_answerLook.IsDue()) return handled;
        if (_sweep.IsRunning || !_responses.TryReserve())
        {
            // Not read on purpose, so the venue's silence is ours.
            Client.Received(nowNs);
            _counters.Add(Counter.ExecutionStalls);
            return handled;
        }

        int bytes = Client.In.FillFrom(_stream);
        if (bytes < 0) Lose(nowNs);
        if (bytes <= 0) return handled;
        _responses.AnsweredNs = _clock.MonotonicNs;
        Client.Received(nowNs);
        return handled + Drain(nowNs);
    }

    /// <summary>Handles the whole packets received so far, as long as there is room for what they cause.</summary>
    private int Drain(long nowNs)
    {
        int handled = 0;
        // A connection that was refused or lost half-way through the bytes has nothing more to say: a replay that begins at the wrong
        // message would move the journal over executions it has never seen.
        while (IsConversing && !_sweep.IsRunning && _responses.TryReserve())
        {
            switch (Client.Next(out ReadOnlySpan<byte> payload))
            {
                case SoupBinClientEvent.None: return handled;
                case SoupBinClientEvent.Sequenced: OnMessage(payload, Client.Sequence, nowNs); break;
                case SoupBinClientEvent.LoginAccepted: OnLoginAccepted(nowNs); break;
                case SoupBinClientEvent.LoginRejected: OnLoginRejected(nowNs); break;
                case SoupBinClientEvent.EndOfSession: OnEndOfSession(nowNs); break;
                case SoupBinClientEvent.Malformed: OnMalformed(nowNs); break;
            }

            handled++;
        }

        return handled + ContinueSweep();
    }

    private void OnMessage(ReadOnlySpan<byte> payload, long sequence, long nowNs)
    {
        _session.LastReceived = sequence;
        bool isBooked = sequence <= _answers.BookedThrough;
        if (isBooked) _counters.Add(Counter.ExecutionReplayedMessages);
        if (AccountQueryResponse.TryRead(payload, out AccountQueryResponse answered, out _))
            OnAccountQueryResponse(answered, sequence, nowNs);
        else if (MassCancelResponse.TryRead(payload, out MassCancelResponse response, out _))
            OnMassCancelResponse(response, sequence);
        else
            _answers.Handle(payload, sequence);
        if (sequence == _answers.BookedThrough && _answers.AllOpenHaveTheirTicker()) _sweep.BeginRestoring();
        if (_answers.OrderWithoutTicker != 0) Refuse(LogMessage.OrderWithoutTicker, _answers.OrderWithoutTicker, sequence);
    }

    private void OnAccountQueryResponse(in AccountQueryResponse response, long sequence, long nowNs)
    {
        // An answer that is booked already was given to an earlier run; its number is only a lower bound.
        if (sequence > _answers.BookedThrough)
            _fence.OnAccountQueryResponse(response.NextUserRefNum, _answers.HighestUserRefNum, nowNs);
        if (_state == ExecutionState.Replaying && _fence.Number != 0) Enter(ExecutionState.Fencing);
        _answers.Progress(new VenueMessage(sequence, response.TimestampNs));
    }

    private void OnMassCancelResponse(in MassCancelResponse response, long sequence)
    {
        VenueMessage message = new(sequence, response.TimestampNs);
        _answers.HighestUserRefNum = Math.Max(_answers.HighestUserRefNum, response.UserRefNum);
        if (!_fence.OnMassCancelResponse(response.UserRefNum)) _answers.Progress(message);
        else if (sequence > _answers.BookedThrough) _sweep.BeginConcluding(message);
        else
        {
            // The venue counts this fresh answer among those that are booked: it has lost messages.
            Refuse(LogMessage.ReplayRefused, _answers.BookedThrough + 1, sequence);
        }
    }

    private int ContinueSweep()
    {
        if (!_sweep.IsRunning) return 0;
        int handled = _sweep.Continue();
        if (!_sweep.IsRunning && _sweep.IsConcluded) OnFenced();
        return handled;
    }

    private void OnFenced()
    {
        _answers.HasFenced = true;
        _session.MayOweAnswers = false;
        _log.Write(LogMessage.Fenced, _sweep.NeverArrived);
        GoLive();
    }

    /// <summary>
    /// The fence stands. A session the journal has not heard of waits until it has: a run that is killed right after its first order must
    /// find that order's session in the journal.
    /// </summary>
    private void GoLive()
    {
        if (_state != ExecutionState.Fencing || (_session.IsNewToJournal && !_responses.AllAreConsumed)) return;
        _session.IsNewToJournal = false;
        _backoff.Reset();
        Enter(ExecutionState.Live);
    }

    private void OnMalformed(long nowNs)
    {
        _counters.Add(Counter.ExecutionMalformedMessages);
        Lose(nowNs);
    }

    /// <summary>The connection is gone; what became of the open orders is unknown until the next fence.</summary>
    private void Lose(long nowNs)
    {
        int error = _stream.LastError;
        _stream.Close();
        _fence.Drop();
        _retryAtNs = nowNs + _backoff.NextWaitNs();
        _counters.Add(Counter.ExecutionDisconnects);
        _log.Write(LogMessage.ConnectionLost, error, _orders.Count);
        Enter(ExecutionState.Disconnected);
    }

    /// <summary>Cannot go on without a person: never tried again.</summary>
    private void Refuse(LogMessage why, long a, long b, ReadOnlySpan<byte> text = default)
    {
        _gate.StopSending(StopReasons.Session, stop: true);
        _stream.Close();
        _fence.Drop();
        _log.Write(why, a, b, text);
        Enter(ExecutionState.Refused);
    }

    private void Enter(ExecutionState state)
    {
        _state = state;
        _counters.Set(Counter.ExecutionState, (long)state);
    }

    private static uint PackFirm(string firm) => (uint)firm[0] << 24 | (uint)firm[1] << 16 | (uint)firm[2] << 8 | firm[3];
}
