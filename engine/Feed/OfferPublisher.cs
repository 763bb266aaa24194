using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Feed;

/// <summary>
/// The producer's side of the ring <c>offers</c>. Slots are claimed and filled one by one and published once per packet. A change of
/// state goes out before any offer that comes after it.
/// </summary>
internal sealed class OfferPublisher(SingleProducerRingBuffer<OfferEvent> ring, TradingStates states, CounterFile counters)
{
    private readonly Histogram _receivedToDecoded = counters[HopHistogram.ReceivedToDecoded];
    private long _firstClaimed = -1;
    private long _lastClaimed;

    /// <summary>Whether something was claimed that <see cref="Publish"/> has not yet published.</summary>
    public bool HasClaims => _firstClaimed >= 0;

    /// <summary>Claims the slot of an offer, behind every change of state; false when the ring is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaimOffer(long receivedNs, out long slot)
    {
        slot = 0;
        return (!states.HasChanges || TryClaimChanges(receivedNs)) && TryClaim(out slot);
    }

    /// <summary>Claims and fills slots for all changes of state, as far as there is room.</summary>
    /// <returns>False when some of them still wait.</returns>
    public bool TryClaimChanges(long receivedNs)
    {
        while (states.HasChanges)
        {
            if (!TryClaim(out long slot)) return false;
            ushort change = states.PeekChange();
            bool isHours = change == TradingStates.MarketHours;
            ring[slot] = new OfferEvent
            {
                ReceivedNs = receivedNs,
                Kind = isHours ? OfferEventKind.MarketHours : OfferEventKind.TradingState,
                TickerIndex = change,
                Flags = !isHours ? states.FlagsOf(change) : states.IsMarketOpen ? TickerFlags.None : TickerFlags.MarketClosed,
            };
            states.DropChange();
        }

        return true;
    }

    /// <summary>The slot of a claimed sequence.</summary>
    public ref OfferEvent this[long slot] => ref ring[slot];

    /// <summary>Stamps what was claimed with one reading of the clock and publishes it.</summary>
    public void Publish(long receivedNs, long nowNs)
    {
        uint decodedDeltaNs = (uint)Math.Clamp(nowNs - receivedNs, 0, uint.MaxValue);
        for (long slot = _firstClaimed; slot <= _lastClaimed; slot++) ring[slot].DecodedDeltaNs = decodedDeltaNs;
        ring.Publish(_lastClaimed);
        _firstClaimed = -1;
        _receivedToDecoded.Record(decodedDeltaNs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaim(out long slot)
    {
        if (!ring.TryNext(out slot)) return false;
        if (_firstClaimed < 0) _firstClaimed = slot;
        _lastClaimed = slot;
        return true;
    }
}
