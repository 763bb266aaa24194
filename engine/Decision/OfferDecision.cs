using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Decision;

/// <summary>The Decision stage: offers, prices and responses in; executes out. Its verdicts depend on its inputs alone.</summary>
/// <remarks>The clock is read only to stamp the hop of an offer that was taken; no verdict depends on it.</remarks>
public sealed class OfferDecision<TClock> : IAgent where TClock : struct, IClock
{
    /// <summary>Events of one input in a duty cycle: more than Feed brings in one, so that a shared thread never falls behind.</summary>
    private const int BatchMax = 4_096;

    /// <summary>Offers between the asking for what is known of a ticker and its use.</summary>
    private const int ExpectAhead = 8;

    /// <summary>A diagnosis takes microseconds, and a person does not read faster.</summary>
    private const long ShowPeriodNs = 10_000_000_000;

    private readonly EventPoller<OfferEvent> _offers;
    private readonly EventPoller<PriceEvent> _prices;
    private readonly EventPoller<ResponseEvent> _responses;
    private readonly SingleProducerRingBuffer<ExecuteEvent> _executes;
    private readonly SingleProducerRingBuffer<RefreshRequest> _priorities;
    private readonly DecisionCore _core;
    private readonly CounterFile _counters;
    private readonly TradingGate _gate;
    private readonly LogWriter _log;
    private readonly TClock _clock;
    private bool _judgedFirstOffer;
    private bool _hasTaken;
    private EveryNthTurn _warmLook = EveryNthTurn.ForWarming;
    private WinFinding _finding;
    private bool _isOurDelay;
    private long _nextShowNs;
    private bool _mustNotBuy;
    private bool _mustHalt;
    private TradingStops? _recordedStops;

    /// <summary>Joins the stage to its rings.</summary>
    /// <param name="core">What decides; the stage owns it from now on.</param>
    /// <param name="offers">Chained behind Prices, so that every offer is stamped.</param>
    /// <param name="prices">Chained behind Prices.</param>
    /// <param name="responses">From Execution.</param>
    /// <param name="executes">To Execution; this stage is its only producer.</param>
    /// <param name="priorities">To PriceClient: tickers whose price is needed at once; this stage is its only producer.</param>
    /// <param name="counters">The stage writes the block Decision.</param>
    /// <param name="gate">Halted: every offer is refused. No buys: only what we hold may be sold. Halted for good when the day has lost too much.</param>
    /// <param name="log">Says what the day's loss ends.</param>
    /// <param name="clock">For hop times.</param>
    public OfferDecision(
        DecisionCore core,
        EventPoller<OfferEvent> offers,
        EventPoller<PriceEvent> prices,
        EventPoller<ResponseEvent> responses,
        SingleProducerRingBuffer<ExecuteEvent> executes,
        SingleProducerRingBuffer<RefreshRequest> priorities,
        CounterFile counters,
        TradingGate gate,
        LogWriter log,
        TClock clock)
    {
        (_core, _offers, _prices, _responses, _executes, _priorities) = (core, offers, prices, responses, executes, priorities);
        (_counters, _gate, _log, _clock) = (counters, gate, log, clock);
        Positions = new PositionBoard(core.Book, counters);
        ShowBook();
    }

    /// <inheritdoc/>
    public string Name => "Decision";

    /// <summary>Shows stock and reservations of every ticker, when the watching thread asks.</summary>
    public PositionBoard Positions { get; }

    /// <summary>Copies every input for a capture; null: there is none.</summary>
    public CaptureRecorder? Capture { get; init; }

    /// <inheritdoc/>
    public int DoWork()
    {
        _counters.Add(Counter.DecisionDutyCycles);
        // One look at offers a turn: what it shows waits on its way into the caches while the rest is done.
        long lastOffer = _offers.AvailableThrough(BatchMax);
        ExpectOffers(lastOffer);
        // Responses first: they free capital for the offers that follow.
        int bookWork = TakeResponses() + TakePrices();
        if (bookWork > 0)
        {
            ObeyDayLoss();
            if (_core.NowNs >= _nextShowNs) ShowWins();
        }

        bool tookBefore = _hasTaken;
        _hasTaken = false;
        int offers = TakeOffers(lastOffer);
        // What an order changed is shown a turn later: it goes first where Execution shares this thread. A refused offer changes nothing in the book.
        if (tookBefore || (bookWork > 0 && !_hasTaken)) ShowBook();
        if (bookWork + offers > 0) _counters.Add(Counter.DecisionWorkCycles);
        else if (_warmLook.IsDue()) _core.KeepWarm();

        AskForPrices();
        _core.ServeSnapshot();
        Positions.ServeSome();
        if (Capture is not null) EndCaptureBatch(Capture);
        return bookWork + offers;
    }

    private void EndCaptureBatch(CaptureRecorder capture)
    {
        capture.EndBatch();
        _counters.Set(Counter.DecisionNotCaptured, capture.NotRecorded);
    }

    private void ObeyDayLoss()
    {
        if (_core.MustHalt == _mustHalt && _core.MustNotBuy == _mustNotBuy) return;
        if (_core.MustHalt && !_mustHalt)
        {
            _gate.StopSending(StopReasons.DayLoss, stop: true);
            _log.Write(LogMessage.DayLossHalts, _core.DayLossPpm, _core.DayLossBasis);
        }

        if (_core.MustNotBuy != _mustNotBuy)
            _log.Write(_core.MustNotBuy ? LogMessage.DayLossStopsBuying : LogMessage.DayLossRelieved, _core.DayLossPpm, _core.DayLossBasis);
        (_mustHalt, _mustNotBuy) = (_core.MustHalt, _core.MustNotBuy);
    }

    private void ShowWins()
    {
        _nextShowNs = _core.NowNs + ShowPeriodNs;
        WinDiagnosis diagnosis = _core.Wins.Diagnose();
        WinRecordCounters.Show(_counters, _core.Wins, diagnosis, _core.Markout);
        if (diagnosis.Finding == _finding && diagnosis.IsOurDelay == _isOurDelay) return;
        (_finding, _isOurDelay) = (diagnosis.Finding, diagnosis.IsOurDelay);
        long winPercent = diagnosis.Wins * 100L / Math.Max(1, diagnosis.Tries);
        LogMessage message = _finding switch
        {
            WinFinding.TooWide => LogMessage.WinsTooWide,
            WinFinding.TooSlow => LogMessage.WinsTooSlow,
            _ => LogMessage.WinsHealthy,
        };
        _log.Write(message, winPercent, diagnosis.Tries);
        if (_isOurDelay) _log.Write(LogMessage.WinsOurDelay, diagnosis.Delays.UpperNs);
    }

    private void AskForPrices()
    {
        while (_core.TryTakeRefresh(out ushort tickerIndex))
        {
            _counters.Add(Counter.DecisionPriorities);
            // A full ring is no loss: what makes the price be needed asks again.
            if (!_priorities.TryNext(out long sequence))
            {
                _counters.Add(Counter.DecisionPrioritiesDropped);
                continue;
            }

            _priorities[sequence] = new RefreshRequest { TickerIndex = tickerIndex, AskedNs = _clock.MonotonicNs };
            _priorities.Publish(sequence);
        }
    }

    private int TakeResponses()
    {
        long first = _responses.Next;
        long last = _responses.AvailableThrough(BatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            if (_core.OnResponse(_responses[sequence])) _log.Write(LogMessage.LossesInARow, _core.Wins.SlowDowns);
            Capture?.Response(_responses[sequence]);
        }

        _responses.Advance(last);
        return (int)(last - first + 1);
    }

    private int TakePrices()
    {
        long first = _prices.Next;
        long last = _prices.AvailableThrough(BatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            _core.OnPrice(_prices[sequence]);
            Capture?.Price(_prices[sequence]);
        }

        _prices.Advance(last);
        return (int)(last - first + 1);
    }

    // What the first offers need comes while the book is brought up to date; the others ask for theirs on the way.
    private void ExpectOffers(long last)
    {
        last = Math.Min(last, _offers.Next + ExpectAhead - 1);
        for (long sequence = _offers.Next; sequence <= last; sequence++)
        {
            ref readonly OfferEvent offer = ref _offers[sequence];
            if (offer.Kind != OfferEventKind.Offer) continue;
            _core.ExpectOffer(offer.TickerIndex);
            _core.ExpectOrder(offer);
        }
    }

    private int TakeOffers(long last)
    {
        long first = _offers.Next;
        if (last < first) return 0;
        // Read once a batch: Execution reads the gate again at every send.
        GateWord gate = _gate.Look();
        TradingStops stops = (gate.MaySend ? TradingStops.None : TradingStops.Sends) | (gate.MayBuy ? TradingStops.None : TradingStops.Buys);
        if (Capture is not null && stops != _recordedStops) Capture.Stops((_recordedStops = stops).Value);
        int judged = 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            if (sequence + ExpectAhead <= last && _offers[sequence + ExpectAhead].Kind == OfferEventKind.Offer) _core.ExpectOffer(_offers[sequence + ExpectAhead].TickerIndex);
            ref OfferEvent offer = ref _offers[sequence];
            if (offer.Kind != OfferEventKind.Offer) continue;
            judged++;
            RefusalReason verdict = _core.Judge(offer, stops, out int quantityShares, out bool isShortSale);
            if (verdict == RefusalReason.None) verdict = Take(offer, quantityShares, isShortSale);
            if (verdict == RefusalReason.None) continue;
            _counters.Refuse(Counter.DecisionRefused, verdict);
            Capture?.Refused(offer, verdict);
        }

        _offers.Advance(last);
        _counters.Add(Counter.DecisionOffersJudged, judged);
        if (!_judgedFirstOffer && judged > 0) OnFirstOffer();
        return (int)(last - first + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RefusalReason Take(in OfferEvent offer, int quantityShares, bool isShortSale)
    {
        if (!_executes.TryNext(out long sequence)) return RefusalReason.ExecutionBusy;
        ref ExecuteEvent execute = ref _executes[sequence];
        _core.Take(offer, quantityShares, isShortSale, out execute);
        uint decidedDeltaNs = (uint)Math.Clamp(_clock.MonotonicNs - offer.ReceivedNs, 0, uint.MaxValue);
        execute.DecidedDeltaNs = decidedDeltaNs;
        _hasTaken = true;
        // Before Journal may number its intent.
        Capture?.Taken(offer, execute);
        _executes.Publish(sequence);
        _counters.Add(Counter.DecisionExecutes);
        _counters[HopHistogram.ReceivedToDecided].Record(decidedDeltaNs);
        return RefusalReason.None;
    }

    private void OnFirstOffer()
    {
        _judgedFirstOffer = true;
        _counters.Set(Counter.DecisionFirstOfferNs, _clock.MonotonicNs);
    }

    private void ShowBook()
    {
        _counters.Set(Counter.DecisionCashFree, _core.Book.CashFree);
        _counters.Set(Counter.DecisionCashReserved, _core.Book.CashReserved);
        _counters.Set(Counter.DecisionOrdersInFlight, _core.Book.OrdersInFlight);
        _counters.Set(Counter.DecisionInventoryValue, _core.Book.InventoryValue);
        _counters.Set(Counter.DecisionContradictions, _core.Book.Contradictions);
        _counters.Set(Counter.DecisionEquity, _core.Book.Equity);
        _counters.Set(Counter.DecisionCapitalUsed, _core.Book.CapitalUsed);
        _counters.Set(Counter.DecisionOpeningEquity, _core.OpeningEquity == StrategyState.Unknown ? 0 : _core.OpeningEquity);
        _counters.Set(Counter.DecisionDayLossPpm, _core.DayLossPpm);
        _counters.Set(Counter.DecisionRentPpm, _core.RentPpmPer1000S);
        _counters.Set(Counter.DecisionRequiredBuyEdgePpm, _core.RequiredBuyEdgePpm);
        _counters.Set(Counter.DecisionFlowStops, _core.FlowStops);
    }
}
