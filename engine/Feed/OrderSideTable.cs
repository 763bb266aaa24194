using MarketMaker.Contracts;

namespace MarketMaker.Feed;

/// <summary>
/// Remembers the side of orders by reference, for the Replace, which names neither side nor stock. Direct-mapped: a newer order
/// takes the slot of an older one, so it is bounded, and a lookup is one load that either knows or says so.
/// </summary>
internal sealed class OrderSideTable
{
    // No entry looks like this: it would be reference 2^63 - 1 or its twin, sold.
    private const ulong Empty = ulong.MaxValue;

    // Fibonacci hashing: the multiplier is 2^64 over the golden ratio; the top bits of the product are well mixed.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong[] _entries;
    private readonly int _shift;

    public OrderSideTable(int bits)
    {
        _entries = new ulong[1 << bits];
        _shift = 64 - bits;
        // Writing every page now spares the first offers their page faults.
        Array.Fill(_entries, Empty);
    }

    public void Add(ulong reference, Side side) => _entries[Index(reference)] = reference << 1 | (side == Side.Sell ? 1UL : 0);

    public bool TryGet(ulong reference, out Side side)
    {
        ulong entry = _entries[Index(reference)];
        side = (entry & 1) == 0 ? Side.Buy : Side.Sell;
        return entry >> 1 == (reference & (ulong.MaxValue >> 1)) && entry != Empty;
    }

    private int Index(ulong reference) => (int)(reference * Multiplier >> _shift);
}
