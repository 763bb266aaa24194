using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Execution;

/// <summary>
/// The stage Execution: executes become orders on the wire, the venue's answers become responses. It owns the order session.
/// </summary>
/// <remarks>
/// Belongs to one thread. Every execute ends in a sent order or in a NotSent response; none is dropped and none is sent twice.
/// Allocates nothing after its construction. Source: design, sections 4 and 6.
/// </remarks>
/// <typeparam name="TStream">The connection to the venue.</typeparam>
/// <typeparam name="TClock">Where time comes from.</typeparam>
public sealed class ExecutionSender<TStream, TClock> : IAgent
    where TStream : IByteStream
    where TClock : struct, IClock
{
    private const int BatchMax = 64;
    private const int SymbolsPerLine = 8;
    private const int OrderBytes = SoupBinFrame.HeaderBytes + EnterOrder.Length;

    private readonly EventPoller<ExecuteEvent> _executes;
    private readonly LineArray<Symbol> _symbols;
    private readonly TradingGate _gate;
    private readonly CounterFile _counters;
    private readonly TClock _clock;
    private readonly OpenOrders _orders;
    private readonly BookedExecutions _executions;
    private readonly ResponseWriter _responses;
    private readonly OrderAnswers _answers;
    private readonly OrderSession<TStream, TClock> _session;
    private readonly EnterOrderTemplate _template;
    private readonly IntentTag _intents;
    private readonly int _reserveSlots;
    private readonly uint[] _batch = new uint[BatchMax];
    private SendRate _rate;
    private EveryNthTurn _timeLook;
    private EveryNthTurn _warmLook = EveryNthTurn.ForWarming;
    private int _warmTicker;
    private long _nowNs;
    private int _batchCount;
    private bool _batchBuys;
    private int _unknownShown;
    private volatile bool _isHeld;
    private volatile bool _mustDrain;
    private volatile bool _mustLogOut;
    private volatile bool _isDrained;

    /// <summary>Joins the stage to its rings; it connects in its first duty cycle.</summary>
    /// <param name="options">The stage's settings, checked with <see cref="ExecutionOptions.FindError"/>.</param>
    /// <param name="recovery">Where the journal says the session stood.</param>
    /// <param name="universe">The tickers of the day.</param>
    /// <param name="executes">From Decision.</param>
    /// <param name="responses">To Decision and Journal; this stage is its only producer.</param>
    /// <param name="stream">The connection to the order port; the stage opens and closes it.</param>
    /// <param name="gate">The kill switch, read before each order.</param>
    /// <param name="counters">The stage writes the block Execution.</param>
    /// <param name="log">What the stage has to say.</param>
    /// <param name="clock">Time; the default of <typeparamref name="TClock"/> for the host's.</param>
    /// <param name="tables">Where the symbols lie, <see cref="TableBytes"/>; null: anywhere.</param>
    public ExecutionSender(
        ExecutionOptions options,
        ExecutionRecovery recovery,
        Universe universe,
        EventPoller<ExecuteEvent> executes,
        SingleProducerRingBuffer<ResponseEvent> responses,
        TStream stream,
        TradingGate gate,
        CounterFile counters,
        LogWriter log,
        TClock clock = default,
        LineArena? tables = null)
    {
        if (options.FindError() is { } error) throw new ArgumentException(error, nameof(options));
        (_executes, _gate, _counters, _clock) = (executes, gate, counters, clock);
        _symbols = new LineArray<Symbol>(Math.Max(1, universe.Count), tables);
        for (int i = 0; i < universe.Count; i++) _symbols[i] = universe[i];
        _reserveSlots = options.ResponsesReserveSlots;
        _rate = new SendRate(options.SendsPerSecondMax, options.SendBurst);
        _timeLook = new EveryNthTurn(options.AnswerLookEvery);
        _template = new EnterOrderTemplate(CommonTerms(options.NodeTag));
        _intents = new IntentTag(options.NodeTag);
        _orders = new OpenOrders(options.OpenOrdersMax);
        _executions = new BookedExecutions(options.ExecutionsPerDayMax);
        _responses = new ResponseWriter(responses, _orders);
        ContradictionBreaker breaker = new(options.ContradictionsPerMinuteMax, gate, counters, log);
        _answers = new OrderAnswers(_orders, _executions, _responses, breaker, universe, _intents, counters, log);
        _session = new OrderSession<TStream, TClock>(
            options, recovery, stream, clock, _orders, _executions, _answers, _responses, gate, counters, log);
    }

    /// <inheritdoc/>
    public string Name => "Execution";

    /// <summary>Bytes of the symbols of so many tickers.</summary>
    public static long TableBytes(int tickers) => tickers * sizeof(ulong) + 64L;

    /// <summary>Where the session stands. Any thread may ask.</summary>
    public ExecutionState State => _session.State;

    /// <summary>Whether nothing more comes of the session: logged out in order, or refused. Any thread may ask.</summary>
    public bool IsLoggedOut => _session.State is ExecutionState.LoggedOut or ExecutionState.Refused;

    /// <summary>
    /// Whether sends have ended, after <see cref="BeginDrain"/>, no execute waits and no order is open. Any thread may ask.
    /// </summary>
    public bool IsDrained => _isDrained;

    /// <summary>
    /// Whether the venue may still have to tell the outcome of an order, of this run or of a killed one before it. For the stage's thread,
    /// or after it has ended.
    /// </summary>
    public bool MayOweAnswers => _session.HasUnfinishedOrders;

    /// <summary>Tells of an execution that is booked, so that a broken trade can undo it. Before the first duty cycle only.</summary>
    public void RestoreExecution(in RecoveredExecution execution) => _executions.TryAdd(execution);

    /// <summary>Sends nothing, although the session may go live, until <see cref="AllowSends"/>. Before the first duty cycle only.</summary>
    public void HoldSends() => _isHeld = true;

    /// <summary>Ends <see cref="HoldSends"/>. Any thread may call it.</summary>
    public void AllowSends() => _isHeld = false;

    /// <summary>Ends the sends; answers are still awaited. Any thread may call it.</summary>
    public void BeginDrain() => _mustDrain = true;

    /// <summary>Logs out in the next duty cycle and closes the connection. Any thread may call it.</summary>
    public void BeginLogout() => _mustLogOut = true;

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.ExecutionDutyCycles);
        // Orders first: they are what hurries. Answers wait in the socket meanwhile.
        int handled = TakeExecutes();
        // Without work the time is for limits of milliseconds and more.
        if (handled > 0 || _session.State != ExecutionState.Live || _timeLook.IsDue()) _nowNs = _clock.MonotonicNs;
        handled += _session.Poll(_nowNs);
        if (handled == 0 && _warmLook.IsDue()) KeepWarm();
        if (handled > 0) _counters.Add(Counter.ExecutionWorkCycles);
        ShowUnknown();
        if (_mustDrain) _isDrained = _orders.Count == 0 && _executes.AvailableThrough(1) < _executes.Next;
        if (_mustLogOut && _session.State != ExecutionState.LoggedOut) _session.LogOut(_nowNs);
        return handled;
    }

    // A line of symbols, so that none of them sinks into far memory while nothing is sent.
    private void KeepWarm()
    {
        _warmTicker += SymbolsPerLine;
        if (_warmTicker >= _symbols.Length) _warmTicker = 0;
        _symbols.Expect(_warmTicker);
    }

    private int TakeExecutes()
    {
        long first = _executes.Next;
        long last = _executes.AvailableThrough(BatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++) _symbols.Expect(_executes[sequence].TickerIndex);
        // Decision has just read the clock: an order need not wait for another look at it.
        long nowNs = _nowNs = Math.Max(_nowNs, _executes[last].ReceivedNs + _executes[last].DecidedDeltaNs);
        int queuedBefore = _session.Client.Out.Count;
        // One free slot for each open order, and the reserve for orders that execute in several parts.
        int slotsKept = _reserveSlots + _orders.Count;
        long sent = first;
        for (; sent <= last && HasSlotForRefusal; sent++)
        {
            ref ExecuteEvent execute = ref _executes[sent];
            RefusalReason refusal = _responses.HasFreeSlots(slotsKept + _batchCount + 1) ? Write(execute, nowNs) : RefusalReason.NotSentFewFreeSlots;
            if (refusal != RefusalReason.None) NotSent(execute, refusal);
        }

        if (_batchCount > 0) FlushOrders(queuedBefore, nowNs);
        _executes.Advance(sent - 1);
        _orders.Expect(_answers.HighestUserRefNum + 1);
        return (int)(sent - first);
    }

    // Each order written but not yet taken by the socket may still turn into a refusal, and so may the next execute.
    private bool HasSlotForRefusal => _batchCount == 0 ? _responses.TryReserve() : _responses.HasFreeSlots(_batchCount + 1);

    /// <summary>Writes one order behind those that wait for the flush.</summary>
    private RefusalReason Write(in ExecuteEvent execute, long nowNs)
    {
        GateWord gate = _gate.Look();
        if (!gate.MaySend || _mustDrain) return RefusalReason.NotSentHalted;
        bool buys = execute.OrderSide == Side.Buy || execute.IsShortSale;
        if (!gate.MayBuy && buys) return RefusalReason.NotSentBuysStopped;
        if (_session.State != ExecutionState.Live || _isHeld) return RefusalReason.NotSentLoggedOut;
        if (!_rate.TryTake(nowNs)) return RefusalReason.NotSentRateLimit;
        uint userRefNum = _answers.HighestUserRefNum + 1;
        if (!_orders.TryFindFree(ref userRefNum)) return RefusalReason.NotSentTooManyOpen;
        ByteQueue queue = _session.Client.Out;
        Span<byte> space = queue.Space(OrderBytes);
        if (space.IsEmpty) return RefusalReason.NotSentSocketFull;
        SoupBinFrame.WriteHeader(space, SoupBinPacketType.UnsequencedData, EnterOrder.Length);
        _template.Write(
            space[SoupBinFrame.HeaderBytes..],
            userRefNum,
            OuchSide.Of(execute),
            execute.QuantityShares,
            _symbols[execute.TickerIndex],
            execute.LimitPrice);
        if (execute.IntentNumber != 0) _intents.Write(EnterOrderTemplate.ClOrdIdOf(space[SoupBinFrame.HeaderBytes..]), execute.IntentNumber);
        queue.Commit(OrderBytes);
        _orders.Add(userRefNum, execute);
        _answers.HighestUserRefNum = userRefNum;
        _batch[_batchCount++] = userRefNum;
        _batchBuys |= buys;
        return RefusalReason.None;
    }

    /// <summary>
    /// Hands the batch to the socket. An order of which one byte was taken is sent: it is completed later, or its outcome becomes
    /// unknown. The others are taken back: their price would be old by the time the socket has room.
    /// </summary>
    private void FlushOrders(int queuedBefore, long nowNs)
    {
        FaultPoint.Hit(FaultPointName.BeforeSend);
        // The last look: a switch that was thrown while the batch was written leaves at most the system call below already begun.
        GateWord gate = _gate.Look();
        if (!gate.MaySend || (!gate.MayBuy && _batchBuys))
        {
            _session.Client.Out.Truncate(queuedBefore);
            TakeBack(0, gate.MaySend ? RefusalReason.NotSentBuysStopped : RefusalReason.NotSentHalted);
            (_batchCount, _batchBuys) = (0, false);
            return;
        }

        int taken = _session.Flush(nowNs);
        FaultPoint.Hit(FaultPointName.AfterSend);
        bool isBroken = taken < 0;
        int takenOfOrders = Math.Max(0, taken - queuedBefore);
        int sentOrders = (takenOfOrders + OrderBytes - 1) / OrderBytes;
        if (!isBroken && sentOrders < _batchCount)
            _session.Client.Out.Truncate(queuedBefore + sentOrders * OrderBytes - taken);
        long sentNs = _clock.MonotonicNs;
        for (int i = 0; i < sentOrders; i++) OnSent(_batch[i], sentNs);
        if (sentOrders < _batchCount)
            TakeBack(sentOrders, isBroken ? RefusalReason.NotSentLoggedOut : RefusalReason.NotSentSocketFull);
        (_batchCount, _batchBuys) = (0, false);
    }

    private void OnSent(uint userRefNum, long sentNs)
    {
        ref OpenOrder order = ref _orders.Find(userRefNum, out _);
        order.SentNs = sentNs;
        _counters.Add(Counter.ExecutionSent);
        _counters[HopHistogram.ReceivedToSent].Record(sentNs - order.Execute.ReceivedNs);
    }

    private void TakeBack(int firstUnsent, RefusalReason reason)
    {
        // The venue never saw these numbers: the next order takes the first of them.
        _answers.HighestUserRefNum = _batch[firstUnsent] - 1;
        for (int i = firstUnsent; i < _batchCount; i++)
        {
            ref OpenOrder order = ref _orders.Find(_batch[i], out _);
            _orders.Remove(ref order);
            NotSent(order.Execute, reason);
        }
    }

    private void NotSent(in ExecuteEvent execute, RefusalReason reason)
    {
        _counters.Refuse(Counter.ExecutionRefused, reason);
        _responses.NotSent(execute, reason);
    }

    private void ShowUnknown()
    {
        // While the session is live an open order only waits for its answer; without it, nobody knows.
        int unknown = _session.State == ExecutionState.Live ? 0 : _orders.Count;
        if (unknown == _unknownShown) return;
        _unknownShown = unknown;
        _counters.Set(Counter.ExecutionUnknown, unknown);
    }

    private static EnterOrder CommonTerms(string nodeTag)
    {
        ClOrdId.TryCreate(System.Text.Encoding.ASCII.GetBytes(nodeTag), out ClOrdId clOrdId);
        return new EnterOrder
        {
            TimeInForce = OuchTimeInForce.ImmediateOrCancel,
            Display = OuchDisplay.Hidden,
            Capacity = OuchCapacity.Principal,
            Iso = (byte)'N',
            CrossType = OuchCrossType.Continuous,
            ClOrdId = clOrdId,
        };
    }
}
