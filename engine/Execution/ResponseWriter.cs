using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Execution;

/// <summary>
/// Fills slots of the ring <c>responses</c>. A slot is reserved before a message is read, so nothing ever has to be dropped.
/// </summary>
internal sealed class ResponseWriter(SingleProducerRingBuffer<ResponseEvent> responses, OpenOrders orders)
{
    private long _reserved = -1;

    /// <summary>The session that the messages come from.</summary>
    public SessionId Session { get; set; }

    /// <summary>When the bytes at hand were read from the socket.</summary>
    public long AnsweredNs { get; set; }

    /// <summary>Whether so many slots may still be filled.</summary>
    public bool HasFreeSlots(int count) => responses.HasFreeSlots(count - (_reserved >= 0 ? 1 : 0));

    /// <summary>Whether Decision and Journal have done with every event so far; what Journal has done with is durable or no booking.</summary>
    public bool AllAreConsumed => HasFreeSlots(responses.Capacity);

    /// <summary>Makes sure that one event can be written.</summary>
    /// <returns>False when the ring is full.</returns>
    public bool TryReserve() => _reserved >= 0 || responses.TryNext(out _reserved) || Forget();

    /// <summary>An event about an order, caused by a message of the venue.</summary>
    public void Answer(
        ResponseKind kind,
        in OpenOrder order,
        in VenueMessage message,
        int quantityShares,
        byte reasonCode = 0,
        int executionPrice = 0,
        ulong matchNumber = 0,
        ushort rejectCode = 0,
        int excessShares = 0,
        QuarantineReason contradiction = QuarantineReason.None)
    {
        ref ResponseEvent response = ref Begin(kind, order, quantityShares);
        Stamp(ref response, message);
        response.ReasonCode = reasonCode;
        response.ExecutionPrice = executionPrice;
        response.MatchNumber = matchNumber;
        response.RejectCode = rejectCode;
        response.ExcessShares = excessShares;
        response.Contradiction = contradiction;
        Publish();
    }

    /// <summary>An event about an order without a message of the venue behind it.</summary>
    public void Conclude(ResponseKind kind, in OpenOrder order, int quantityShares)
    {
        Begin(kind, order, quantityShares);
        Publish();
    }

    /// <summary>Only moves the session's numbers on.</summary>
    public void Progress(in VenueMessage message, ResponseKind kind = ResponseKind.Progress)
    {
        ref ResponseEvent response = ref Begin(kind);
        Stamp(ref response, message);
        Publish();
    }

    /// <summary>A message that contradicts what we know: it changes nothing, and what it says is kept.</summary>
    public void Unbookable(in VenueMessage message, in Contradiction contradiction)
    {
        ref OpenOrder order = ref orders.Find(contradiction.UserRefNum, out bool isKnown);
        ref ResponseEvent response = ref Begin(ResponseKind.Unbookable);
        Stamp(ref response, message);
        response.Contradiction = contradiction.Reason;
        response.UserRefNum = contradiction.UserRefNum;
        response.MatchNumber = contradiction.MatchNumber;
        response.OfferReference = contradiction.Price;
        response.QuantityShares = unchecked((int)contradiction.QuantityShares);
        response.TickerIndex = isKnown ? order.Execute.TickerIndex : Universe.NoTicker;
        if (isKnown) response.OrderSide = order.Execute.OrderSide;
        Publish();
    }

    /// <summary>An earlier execution is undone.</summary>
    public void Broken(in RecoveredExecution execution, in VenueMessage message, byte reasonCode)
    {
        ref OpenOrder order = ref orders.Find(execution.UserRefNum, out bool isOpen);
        ref ResponseEvent response = ref Begin(ResponseKind.Broken);
        Stamp(ref response, message);
        response.MatchNumber = execution.MatchNumber;
        response.UserRefNum = execution.UserRefNum;
        response.QuantityShares = execution.QuantityShares;
        response.ExecutionPrice = execution.Price;
        response.LimitPrice = execution.Price;
        response.LeavesShares = isOpen ? order.LeavesShares : 0;
        response.TickerIndex = execution.TickerIndex;
        response.OrderSide = execution.OrderSide;
        response.ReasonCode = reasonCode;
        Publish();
    }

    /// <summary>Gives an execute back of which no byte went out.</summary>
    public void NotSent(in ExecuteEvent execute, RefusalReason reason)
    {
        ref ResponseEvent response = ref Begin(ResponseKind.NotSent);
        Copy(ref response, execute);
        response.QuantityShares = execute.QuantityShares;
        response.NotSentReason = reason;
        Publish();
    }

    private ref ResponseEvent Begin(ResponseKind kind, in OpenOrder order, int quantityShares)
    {
        ref ResponseEvent response = ref Begin(kind);
        Copy(ref response, order.Execute);
        response.UserRefNum = order.UserRefNum;
        response.QuantityShares = quantityShares;
        response.LeavesShares = order.LeavesShares;
        response.AnsweredNs = AnsweredNs;
        if (order.SentNs != 0) response.SentDeltaNs = HopDelta.Of(order.SentNs, order.Execute.ReceivedNs);
        return ref response;
    }

    private ref ResponseEvent Begin(ResponseKind kind)
    {
        bool reserved = TryReserve();
        Invariant.Check(reserved, "a slot was reserved before the event");
        ref ResponseEvent response = ref responses[_reserved];
        response = default;
        response.Kind = kind;
        response.Session = Session;
        return ref response;
    }

    private void Stamp(ref ResponseEvent response, in VenueMessage message)
    {
        FaultPoint.Hit(FaultPointName.AfterAnswer);
        long oldest = orders.OldestAcceptedSequence;
        response.VenueSequence = message.Sequence;
        response.ReplayFrom = oldest == 0 ? message.Sequence + 1 : oldest;
        response.VenueTimeNs = message.VenueTimeNs;
        response.AnsweredNs = AnsweredNs;
    }

    private static void Copy(ref ResponseEvent response, in ExecuteEvent execute)
    {
        response.OfferReference = execute.OfferReference;
        response.ReceivedNs = execute.ReceivedNs;
        response.DecodedDeltaNs = execute.DecodedDeltaNs;
        response.PricedDeltaNs = execute.PricedDeltaNs;
        response.DecidedDeltaNs = execute.DecidedDeltaNs;
        response.LimitPrice = execute.LimitPrice;
        response.FairPrice = execute.FairPrice;
        response.TickerIndex = execute.TickerIndex;
        response.OrderSide = execute.OrderSide;
        response.IntentNumber = execute.IntentNumber;
    }

    private void Publish()
    {
        responses.Publish(_reserved);
        _reserved = -1;
    }

    private bool Forget()
    {
        _reserved = -1;
        return false;
    }
}

/// <summary>A sequenced message: its number, and the venue's time in it.</summary>
internal readonly record struct VenueMessage(long Sequence, long VenueTimeNs);

/// <summary>Hop times as they are kept: 32 bits of ns after the packet was received.</summary>
internal static class HopDelta
{
    public static uint Of(long thenNs, long receivedNs) => (uint)Math.Clamp(thenNs - receivedNs, 0, uint.MaxValue);
}
