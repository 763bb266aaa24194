using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Decision.Capture;

/// <summary>
/// Decision's side of a capture: copies each input into the ring <c>captures</c>, in the order Decision took them. Never waits: once the ring
/// was full nothing more is recorded, so that what is on file is whole up to there.
/// </summary>
/// <remarks>Belongs to Decision's thread; <see cref="CaptureWriter{TClock}"/> reads the ring on a cold one. Allocates nothing after construction.</remarks>
public sealed class CaptureRecorder
{
    private readonly SingleProducerRingBuffer<CaptureSlot> _ring;
    private long _claimed = Sequence.Initial;
    private long _published = Sequence.Initial;
    private long _notRecorded;
    private volatile bool _isOver;

    /// <summary>Takes the ring's memory.</summary>
    /// <param name="slots">A power of two; 64 bytes each.</param>
    public CaptureRecorder(int slots)
    {
        _ring = new SingleProducerRingBuffer<CaptureSlot>("captures", slots);
        Slots = _ring.NewPoller();
    }

    /// <summary>Inputs that are not on file: the first found the ring full, or the file had ended. Any thread may read it.</summary>
    public long NotRecorded => Volatile.Read(ref _notRecorded);

    /// <summary>The ring, for counters.</summary>
    public IRingGauge Ring => _ring;

    /// <summary>The writer's end.</summary>
    internal EventPoller<CaptureSlot> Slots { get; }

    /// <summary>An offer that was refused, <see cref="RefusalReason.ExecutionBusy"/> included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refused(in OfferEvent offer, RefusalReason verdict)
    {
        if (!TryClaim(1)) return;
        ref CaptureSlot slot = ref _ring[_claimed];
        slot.Offer = offer;
        slot.Verdict = verdict;
        slot.Kind = CaptureSlotKind.Offer;
    }

    /// <summary>An offer that was taken, and its order.</summary>
    public void Taken(in OfferEvent offer, in ExecuteEvent order)
    {
        if (!TryClaim(2)) return;
        ref CaptureSlot slot = ref _ring[_claimed - 1];
        slot.Offer = offer;
        slot.Verdict = RefusalReason.None;
        slot.Kind = CaptureSlotKind.Offer;
        slot = ref _ring[_claimed];
        slot.Order = order;
        slot.Kind = CaptureSlotKind.Order;
    }

    /// <summary>A price, tick, verdict or change of the denylist.</summary>
    public void Price(in PriceEvent price)
    {
        if (!TryClaim(1)) return;
        ref CaptureSlot slot = ref _ring[_claimed];
        slot.Price = price;
        slot.Kind = CaptureSlotKind.Price;
    }

    /// <summary>An answer of the venue, or Execution's word that nothing was sent.</summary>
    public void Response(in ResponseEvent response)
    {
        if (!TryClaim(2)) return;
        ref CaptureSlot slot = ref _ring[_claimed - 1];
        slot.Response = new CapturedResponse
        {
            OfferReference = response.OfferReference,
            ReceivedNs = response.ReceivedNs,
            AnsweredNs = response.AnsweredNs,
            DecodedDeltaNs = response.DecodedDeltaNs,
            PricedDeltaNs = response.PricedDeltaNs,
            DecidedDeltaNs = response.DecidedDeltaNs,
            SentDeltaNs = response.SentDeltaNs,
            UserRefNum = response.UserRefNum,
            QuantityShares = response.QuantityShares,
            LimitPrice = response.LimitPrice,
            ExecutionPrice = response.ExecutionPrice,
            TickerIndex = response.TickerIndex,
            Kind = response.Kind,
            OrderSide = response.OrderSide,
            NotSentReason = response.NotSentReason,
        };
        slot.Kind = CaptureSlotKind.Response;
        slot = ref _ring[_claimed];
        slot.ResponseRest = new CapturedResponseRest { LeavesShares = response.LeavesShares, FairPrice = response.FairPrice, ExcessShares = response.ExcessShares };
        slot.Kind = CaptureSlotKind.ResponseRest;
    }

    /// <summary>What may not be done changed; holds for the offers that follow.</summary>
    public void Stops(TradingStops stops)
    {
        if (!TryClaim(1)) return;
        ref CaptureSlot slot = ref _ring[_claimed];
        slot.Stops = stops;
        slot.Kind = CaptureSlotKind.Stops;
    }

    /// <summary>The writer may see what was recorded since the last batch.</summary>
    public void EndBatch()
    {
        if (_claimed == _published) return;
        _published = _claimed;
        _ring.Publish(_claimed);
    }

    /// <summary>The file has ended: nothing more is copied. Called by the writer's thread.</summary>
    internal void End() => _isOver = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaim(int slots)
    {
        if (_isOver || !_ring.TryNext(slots, out long last)) return OnNotRecorded();
        _claimed = last;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OnNotRecorded()
    {
        // What follows a lost input cannot be replayed: the capture ends here.
        _isOver = true;
        Volatile.Write(ref _notRecorded, _notRecorded + 1);
        return false;
    }
}
