using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Execution;

/// <summary>
/// What the venue says of orders. Each sequenced message changes the open orders and becomes exactly one response; messages that
/// are booked already only rebuild the open orders and become none.
/// </summary>
internal sealed class OrderAnswers(
    OpenOrders orders,
    BookedExecutions executions,
    ResponseWriter responses,
    ContradictionBreaker contradictions,
    Universe universe,
    IntentTag intents,
    CounterFile counters,
    LogWriter log)
{
    /// <summary>Messages up to here are booked. Counts in the session at hand.</summary>
    public long BookedThrough { get; set; }

    /// <summary>The highest UserRefNum used or seen.</summary>
    public uint HighestUserRefNum { get; set; }

    /// <summary>Whether this process has fenced: from then on no order of an earlier run may turn up.</summary>
    public bool HasFenced { get; set; }

    /// <summary>
    /// UserRefNum of an unfinished order of an earlier run in a ticker that is not in the universe; 0 when there is none. Nothing
    /// of it could be booked, so the session must not go on.
    /// </summary>
    public uint OrderWithoutTicker { get; private set; }

    /// <summary>Handles one sequenced message; a response can be written.</summary>
    public void Handle(ReadOnlySpan<byte> payload, long sequence)
    {
        bool handled = (payload.IsEmpty ? 0 : payload[0]) switch
        {
            Accepted.Type => OnAccepted(payload, sequence),
            Executed.Type => OnExecuted(payload, sequence),
            Canceled.Type => OnCanceled(payload, sequence),
            AiqCanceled.Type => OnAiqCanceled(payload, sequence),
            Rejected.Type => OnRejected(payload, sequence),
            BrokenTrade.Type => OnBrokenTrade(payload, sequence),
            _ => OnOther(payload, sequence),
        };
        if (handled) return;
        counters.Add(Counter.ExecutionMalformedMessages);
        Contradict(new VenueMessage(sequence, 0), new Contradiction { Reason = QuarantineReason.Malformed });
    }

    /// <summary>All that is booked has been seen: what is still open of it will be booked and needs its ticker.</summary>
    /// <returns>False when <see cref="OrderWithoutTicker"/> names one that has none.</returns>
    public bool AllOpenHaveTheirTicker()
    {
        for (int i = 0; i < orders.Capacity && orders.Count > 0; i++)
        {
            ref OpenOrder order = ref orders.At(i);
            if (order.IsOpen && order.Execute.TickerIndex == Universe.NoTicker) OrderWithoutTicker = order.UserRefNum;
        }

        return OrderWithoutTicker == 0;
    }

    /// <summary>The fence stands, and every order it proved never to have arrived is released.</summary>
    public void Fenced(in VenueMessage message) => responses.Progress(message, ResponseKind.Fenced);

    /// <summary>A message that concerns no order: moves the session's numbers on.</summary>
    public void Progress(in VenueMessage message)
    {
        if (!IsBooked(message)) responses.Progress(message);
    }

    /// <summary>Ends an order that the fence proved never to have reached the venue.</summary>
    public void NeverArrived(ref OpenOrder order)
    {
        int quantityShares = order.LeavesShares;
        order.LeavesShares = 0;
        counters.Add(Counter.ExecutionNeverArrived);
        End(ref order);
        responses.Conclude(ResponseKind.NeverArrived, order, quantityShares);
    }

    private bool OnAccepted(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!Accepted.TryRead(payload, out Accepted accepted, out _)) return false;
        VenueMessage message = new(sequence, accepted.TimestampNs);
        See(accepted.UserRefNum);
        ref OpenOrder order = ref orders.Find(accepted.UserRefNum, out bool isKnown);
        if (!isKnown)
        {
            OnAcceptedUnknown(accepted, message);
            return true;
        }

        if (order.IsAccepted)
        {
            Contradict(message, Contradiction.Of(QuarantineReason.AcceptedAgain, accepted));
            return true;
        }

        QuarantineReason wrong = OrderTerms.IsAsSent(accepted, order.Execute, universe) ? QuarantineReason.None : QuarantineReason.AcceptedOnOtherTerms;
        if (wrong != QuarantineReason.None) contradictions.Count(accepted.UserRefNum, sequence, responses.AnsweredNs);
        Answered(ref order);
        if (accepted.OrderState == OuchOrderState.Dead)
        {
            Reduce(ref order, message, order.LeavesShares, reason: 0, wrong);
            return true;
        }

        orders.Accept(ref order, sequence);
        responses.Answer(ResponseKind.Accepted, order, message, order.LeavesShares, contradiction: wrong);
        return true;
    }

    /// <summary>An order of an earlier run: it is taken up, so that what follows can be booked.</summary>
    private void OnAcceptedUnknown(in Accepted accepted, in VenueMessage message)
    {
        bool isUsable = OrderTerms.TryRebuild(accepted, universe, intents, out ExecuteEvent execute) && !orders.IsTakenByAnother(accepted.UserRefNum) &&
            (!HasFenced || execute.TickerIndex != Universe.NoTicker);
        bool isDead = accepted.OrderState == OuchOrderState.Dead;
        QuarantineReason wrong = isUsable && !HasFenced ? QuarantineReason.None : QuarantineReason.AcceptedUnknownOrder;
        if (!isUsable || (HasFenced && !IsBooked(message)))
            contradictions.Count(accepted.UserRefNum, message.Sequence, responses.AnsweredNs);
        if (!isUsable || isDead)
        {
            if (wrong == QuarantineReason.None) Progress(message);
            else if (!IsBooked(message)) responses.Unbookable(message, Contradiction.Of(wrong, accepted));
            return;
        }

        if (execute.TickerIndex == Universe.NoTicker && !IsBooked(message))
        {
            // No response: the journal must not move over it.
            OrderWithoutTicker = accepted.UserRefNum;
            return;
        }

        ref OpenOrder order = ref orders.Add(accepted.UserRefNum, execute);
        order.IsAnswered = true;
        orders.Accept(ref order, message.Sequence);
        if (IsBooked(message)) order.AwaitsRestore = true;
        else responses.Answer(ResponseKind.Restored, order, message, order.LeavesShares, contradiction: wrong);
    }

    private bool OnExecuted(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!Executed.TryRead(payload, out Executed executed, out _)) return false;
        VenueMessage message = new(sequence, executed.TimestampNs);
        ref OpenOrder order = ref orders.Find(executed.UserRefNum, out bool isKnown);
        bool isInRange = executed.QuantityShares is > 0 and <= int.MaxValue && executed.Price <= Money.PriceMax;
        if (!isKnown || !isInRange)
        {
            QuarantineReason reason = isKnown ? QuarantineReason.ExecutionOutOfRange : QuarantineReason.ExecutionOfUnknownOrder;
            OnTradeNotBooked(message, Contradiction.Of(reason, executed));
            return true;
        }

        (int quantityShares, int price) = ((int)executed.QuantityShares, (int)executed.Price);
        ref ExecuteEvent sent = ref order.Execute;
        bool isNew = executions.TryAdd(
            new(executed.MatchNumber, executed.UserRefNum, price, quantityShares, sent.TickerIndex, sent.OrderSide));
        bool isBooked = IsBooked(message);
        if (!isNew && !isBooked)
        {
            Contradict(message, Contradiction.Of(QuarantineReason.ExecutionRepeated, executed));
            return true;
        }

        bool isWorse = sent.OrderSide == Side.Buy ? price > sent.LimitPrice : price < sent.LimitPrice;
        int excessShares = Math.Max(0, quantityShares - order.LeavesShares);
        // Too much, or at a worse price than asked for: it happened all the same, so it is booked, and said.
        QuarantineReason wrong = isWorse ? QuarantineReason.ExecutionAtWorsePrice
            : excessShares > 0 ? QuarantineReason.ExecutionOfTooMuch
            : QuarantineReason.None;
        if (wrong != QuarantineReason.None && !isBooked) contradictions.Count(executed.UserRefNum, sequence, responses.AnsweredNs);
        Answered(ref order);
        if (!isBooked) CountExecution(order);
        order.HasExecution = true;
        order.LeavesShares = Math.Max(0, order.LeavesShares - quantityShares);
        if (order.LeavesShares == 0) End(ref order);
        if (!isBooked)
            responses.Answer(
                ResponseKind.Executed, order, message, quantityShares, executionPrice: price, matchNumber: executed.MatchNumber,
                excessShares: excessShares, contradiction: wrong);
        return true;
    }

    private bool OnCanceled(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!Canceled.TryRead(payload, out Canceled canceled, out _)) return false;
        OnCanceled(new VenueMessage(sequence, canceled.TimestampNs), canceled.UserRefNum, canceled.QuantityShares, canceled.Reason);
        return true;
    }

    private bool OnAiqCanceled(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!AiqCanceled.TryRead(payload, out AiqCanceled canceled, out _)) return false;
        OnCanceled(new VenueMessage(sequence, canceled.TimestampNs), canceled.UserRefNum, canceled.DecrementShares, canceled.Reason);
        return true;
    }

    private void OnCanceled(in VenueMessage message, uint userRefNum, uint quantityShares, byte reason)
    {
        ref OpenOrder order = ref orders.Find(userRefNum, out bool isKnown);
        if (!isKnown)
        {
            Contradict(message, new Contradiction { Reason = QuarantineReason.CanceledUnknownOrder, UserRefNum = userRefNum, QuantityShares = quantityShares });
            return;
        }

        Answered(ref order);
        QuarantineReason wrong = quantityShares > order.LeavesShares ? QuarantineReason.CanceledTooMuch : QuarantineReason.None;
        if (wrong != QuarantineReason.None && !IsBooked(message)) contradictions.Count(userRefNum, message.Sequence, responses.AnsweredNs);
        Reduce(ref order, message, (int)Math.Min(quantityShares, (uint)order.LeavesShares), reason, wrong);
    }

    private bool OnRejected(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!Rejected.TryRead(payload, out Rejected rejected, out _)) return false;
        VenueMessage message = new(sequence, rejected.TimestampNs);
        See(rejected.UserRefNum);
        ref OpenOrder order = ref orders.Find(rejected.UserRefNum, out bool isKnown);
        if (!isKnown || order.IsAccepted)
        {
            // Before the fence it may be an order of an earlier run, for which nothing is reserved.
            if (isKnown || HasFenced) Contradict(message, new Contradiction { Reason = QuarantineReason.RejectedUnknownOrder, UserRefNum = rejected.UserRefNum });
            else Progress(message);
            return true;
        }

        Answered(ref order);
        int quantityShares = order.LeavesShares;
        order.LeavesShares = 0;
        counters.Add(Counter.ExecutionRejects);
        orders.Remove(ref order);
        responses.Answer(ResponseKind.Rejected, order, message, quantityShares, rejectCode: rejected.RejectReason);
        log.Write(LogMessage.OrderRejected, rejected.UserRefNum, rejected.RejectReason);
        return true;
    }

    private bool OnBrokenTrade(ReadOnlySpan<byte> payload, long sequence)
    {
        if (!BrokenTrade.TryRead(payload, out BrokenTrade broken, out _)) return false;
        VenueMessage message = new(sequence, broken.TimestampNs);
        bool isKnown = executions.TryTake(broken.MatchNumber, out RecoveredExecution execution);
        if (IsBooked(message)) return true;
        if (!isKnown)
        {
            OnTradeNotBooked(message, Contradiction.Of(broken));
            return true;
        }

        counters.Add(Counter.ExecutionBrokenTrades);
        responses.Broken(execution, message, broken.Reason);
        return true;
    }

    private bool OnOther(ReadOnlySpan<byte> payload, long sequence)
    {
        bool isKnownType = OrderTerms.IsKnownAside(payload);
        if (isKnownType) Progress(new VenueMessage(sequence, 0));
        return isKnownType;
    }

    /// <summary>Shares are over without execution.</summary>
    private void Reduce(ref OpenOrder order, in VenueMessage message, int quantityShares, byte reason, QuarantineReason wrong)
    {
        order.LeavesShares -= quantityShares;
        if (order.LeavesShares == 0) End(ref order);
        if (!IsBooked(message)) responses.Answer(ResponseKind.Canceled, order, message, quantityShares, reason, contradiction: wrong);
    }

    private void End(ref OpenOrder order)
    {
        bool concernsThisRun = !order.AwaitsRestore;
        if (!order.HasExecution && concernsThisRun) counters.Add(Counter.ExecutionLosses);
        orders.Remove(ref order);
    }

    private void CountExecution(in OpenOrder order)
    {
        counters.Add(Counter.ExecutionExecutions);
        if (!order.HasExecution) counters.Add(Counter.ExecutionWins);
    }

    private void Answered(ref OpenOrder order)
    {
        if (order.IsAnswered) return;
        order.IsAnswered = true;
        counters[HopHistogram.SentToAnswered].Record(responses.AnsweredNs - order.SentNs);
    }

    private void Contradict(in VenueMessage message, in Contradiction contradiction)
    {
        // What is booked already is replayed for its Accepted messages only; orders that were over by then are not known any more.
        if (IsBooked(message)) return;
        contradictions.Count(contradiction.UserRefNum, message.Sequence, responses.AnsweredNs);
        responses.Unbookable(message, contradiction);
    }

    private void OnTradeNotBooked(in VenueMessage message, in Contradiction contradiction)
    {
        if (IsBooked(message)) return;
        contradictions.HaltAtOnce(contradiction.UserRefNum, message.Sequence, responses.AnsweredNs);
        responses.Unbookable(message, contradiction);
    }

    private bool IsBooked(in VenueMessage message) => message.Sequence <= BookedThrough;

    private void See(uint userRefNum) => HighestUserRefNum = Math.Max(HighestUserRefNum, userRefNum);
}
