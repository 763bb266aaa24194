using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Feed;

/// <summary>
/// Remembers the side of orders by reference, for the Replace, which names neither side nor stock. Direct-mapped: a newer order
/// takes the slot of an older one, so it is bounded, and a lookup is one load that either knows or says so.
/// </summary>
internal sealed class OrderSideTable
{
    // No entry looks like this: it would be reference 2^63 - 1 or its twin, sold.
    private const ulong Empty = ulong.MaxValue;

    // An entry is asked for when its order comes and written some orders later, when its line has come: where a venue's references are no neighbours, the table is
    // larger than the caches near the core, and a store that waits for memory holds up all stores behind it.
    private const int WaitingMax = 32;

    private readonly NativeArray<ulong> _entries;
    private readonly int _bits;
    private readonly ulong _mask;
    private readonly (int Index, ulong Entry)[] _waiting = new (int, ulong)[WaitingMax];
    private int _waitingCount;

    public OrderSideTable(int bits)
    {
        _entries = new NativeArray<ulong>(1 << bits, "sides of orders");
        (_bits, _mask) = (bits, (1UL << bits) - 1);
        _entries.Span.Fill(Empty);
    }

    public void Add(ulong reference, Side side)
    {
        int index = Index(reference);
        Prefetch.Line(ref _entries[index]);
        if (_waitingCount == WaitingMax) Settle();
        _waiting[_waitingCount++] = (index, reference << 1 | (uint)side.Bit());
    }

    public bool TryGet(ulong reference, out Side side)
    {
        if (_waitingCount > 0) Settle();
        ulong entry = _entries[Index(reference)];
        side = (entry & 1) == 0 ? Side.Buy : Side.Sell;
        return entry >> 1 == (reference & (ulong.MaxValue >> 1)) && entry != Empty;
    }

    // In the order in which they came: of two orders on one entry the newer stays.
    private void Settle()
    {
        for (int i = 0; i < _waitingCount; i++) _entries[_waiting[i].Index] = _waiting[i].Entry;
        _waitingCount = 0;
    }

    // A venue counts its orders up: neighbours in time are neighbours here, so that the line to be written is mostly the one written last, and the orders
    // remembered are the latest. Upper bits that a venue uses for something else are folded in.
    private int Index(ulong reference) => (int)((reference ^ reference >> _bits) & _mask);
}
