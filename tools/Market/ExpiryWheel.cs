using System.Numerics;

namespace MarketMaker.Market;

/// <summary>When offers end: a timing wheel of doubly linked lists through the offers themselves, so that nothing is searched or allocated.</summary>
/// <remarks>Granularity 262 us, span 4.3 s; a longer lifetime is cut to the span. Belongs to one thread.</remarks>
public sealed class ExpiryWheel
{
    /// <summary>The longest lifetime it can hold, ns.</summary>
    public const long SpanNs = (long)(Intervals - 2) << IntervalShift;

    private const int IntervalShift = 18;
    private const int Intervals = 1 << 14;
    private const int IntervalMask = Intervals - 1;
    private const int BitsShift = 6;
    private const int BitsMask = (1 << BitsShift) - 1;

    private readonly int[] _heads = new int[Intervals];

    // A bit for each interval in which an offer ends: a quiet market has hundreds of empty ones between two offers.
    private readonly ulong[] _occupied = new ulong[Intervals >> BitsShift];
    private readonly OfferBooks _books;
    private long _interval;

    /// <summary>A wheel for the offers of some books.</summary>
    public ExpiryWheel(OfferBooks books)
    {
        _books = books;
        Array.Fill(_heads, -1);
    }

    /// <summary>Notes when an offer ends; not before the next interval.</summary>
    public void Schedule(int slot, long endNs)
    {
        long interval = Math.Clamp(endNs >> IntervalShift, _interval + 1, _interval + Intervals - 1);
        int index = (int)(interval & IntervalMask);
        ref Offer offer = ref _books[slot];
        int head = _heads[index];
        offer.Next = head;
        offer.Previous = ~index;
        if (head >= 0) _books[head].Previous = slot;
        _heads[index] = slot;
        _occupied[index >> BitsShift] |= 1UL << index;
    }

    /// <summary>Takes an offer off the wheel, because it was taken or comes to its end.</summary>
    public void Unschedule(int slot)
    {
        ref Offer offer = ref _books[slot];
        if (offer.Previous >= 0) _books[offer.Previous].Next = offer.Next;
        else SetHead(~offer.Previous, offer.Next);
        if (offer.Next >= 0) _books[offer.Next].Previous = offer.Previous;
        offer.Next = -1;
    }

    /// <summary>Takes the next offer off the wheel that has ended by <paramref name="nowNs"/>.</summary>
    /// <returns>Its slot, or -1 when there is none.</returns>
    public int TakeExpired(long nowNs)
    {
        long through = nowNs >> IntervalShift;
        while (true)
        {
            int slot = _heads[(int)(_interval & IntervalMask)];
            if (slot >= 0)
            {
                Unschedule(slot);
                return slot;
            }

            if (_interval >= through) return -1;
            _interval = NextOccupied(through);
        }
    }

    /// <summary>The next interval after the one at hand in which an offer ends, but none after <paramref name="through"/>.</summary>
    private long NextOccupied(long through)
    {
        for (long interval = _interval + 1; interval < through; interval = (interval | BitsMask) + 1)
        {
            ulong rest = _occupied[(int)(interval & IntervalMask) >> BitsShift] >> (int)(interval & BitsMask);
            if (rest != 0) return Math.Min(interval + BitOperations.TrailingZeroCount(rest), through);
        }

        return through;
    }

    private void SetHead(int index, int slot)
    {
        _heads[index] = slot;
        if (slot < 0) _occupied[index >> BitsShift] &= ~(1UL << index);
    }
}
