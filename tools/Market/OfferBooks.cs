using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>
/// The order books of all tickers: offers in one flat array of slots, and for each side of each ticker a four-way heap in price-time
/// order, so that the best offer is known and any offer can be removed in logarithmic time.
/// </summary>
/// <remarks>
/// Offers do not trade with each other, as in the mission: they rest until a taker's order comes, so a book may be crossed.
/// Belongs to one thread. Allocates only when a heap outgrows what was expected of it.
/// </remarks>
public sealed class OfferBooks
{
    private const int SequenceBits = 33;
    private const ulong SequenceMask = (1UL << SequenceBits) - 1;

    private readonly Offer[] _offers;
    private readonly Heap[] _heaps;

    // All heaps lie in one array: an array of its own for each would cost one more cache miss for its length at every access.
    private HeapNode[] _nodes;
    private int _nodesUsed;
    private int _free;

    /// <summary>Takes the memory for <paramref name="offersMax"/> offers; a heap starts with room for what its side is expected to hold.</summary>
    public OfferBooks(int tickers, int offersMax, Func<int, int> expectedPerSide)
    {
        _offers = new Offer[offersMax];
        for (int slot = 0; slot < offersMax; slot++) _offers[slot].Next = slot + 1 < offersMax ? slot + 1 : -1;
        _heaps = new Heap[tickers * 2];
        for (int i = 0; i < _heaps.Length; i++)
        {
            _heaps[i] = new Heap { Offset = _nodesUsed, Capacity = expectedPerSide(i / 2) };
            _nodesUsed += _heaps[i].Capacity;
        }

        _nodes = new HeapNode[_nodesUsed];
    }

    /// <summary>Offers that rest now.</summary>
    public int Count { get; private set; }

    /// <summary>How many tickers there are.</summary>
    public int Tickers => _heaps.Length / 2;

    /// <summary>The offer in a slot. Its price, side and shares change only through this class.</summary>
    public ref Offer this[int slot] => ref _offers[slot];

    /// <summary>Puts an offer into its book.</summary>
    /// <returns>Its slot, or -1 when all slots are taken.</returns>
    public int Add(ulong reference, int ticker, Side side, int shares, int price)
    {
        int slot = _free;
        if (slot < 0) return -1;
        ref Offer offer = ref _offers[slot];
        _free = offer.Next;
        offer.Reference = reference;
        offer.Price = price;
        offer.Shares = shares;
        offer.Ticker = (ushort)ticker;
        offer.Side = side;
        offer.Next = -1;
        offer.Previous = int.MinValue;
        Count++;

        ref Heap heap = ref HeapOf(ticker, side);
        if (heap.Count == heap.Capacity) Grow(ref heap);
        SiftUp(Nodes(heap), heap.Count++, new HeapNode(Key(side, price, reference), slot));
        return slot;
    }

    /// <summary>Takes displayed shares off an offer that keeps some; price and time priority stay.</summary>
    public void Reduce(int slot, int shares) => _offers[slot].Shares -= shares;

    /// <summary>Takes an offer out of its book and frees its slot.</summary>
    public void Remove(int slot)
    {
        ref Offer offer = ref _offers[slot];
        ref Heap heap = ref HeapOf(offer.Ticker, offer.Side);
        RemoveAt(ref heap, offer.HeapIndex);
        offer.Shares = 0;
        offer.Next = _free;
        _free = slot;
        Count--;
    }

    /// <summary>The slot of the best offer of a side: highest price of the buyers, lowest of the sellers, oldest first; -1 = none.</summary>
    public int Best(int ticker, Side side)
    {
        ref Heap heap = ref HeapOf(ticker, side);
        return heap.Count == 0 ? -1 : _nodes[heap.Offset].Slot;
    }

    /// <summary>Price first, then time. The reference stands for time; it wraps after 8.6 billion offers, which only costs time priority once.</summary>
    private static ulong Key(Side side, int price, ulong reference) =>
        (ulong)(side == Side.Buy ? int.MaxValue - price : price) << SequenceBits | reference & SequenceMask;

    private ref Heap HeapOf(int ticker, Side side) => ref _heaps[ticker * 2 + (side == Side.Buy ? 0 : 1)];

    private Span<HeapNode> Nodes(in Heap heap) => _nodes.AsSpan(heap.Offset, heap.Capacity);

    /// <summary>Moves a heap that has outgrown its place to the end of the array; the old place stays unused.</summary>
    private void Grow(ref Heap heap)
    {
        int capacity = Math.Max(16, heap.Capacity * 2);
        if (_nodesUsed + capacity > _nodes.Length) Array.Resize(ref _nodes, Math.Max(_nodes.Length * 2, _nodesUsed + capacity));
        Nodes(heap).CopyTo(_nodes.AsSpan(_nodesUsed));
        (heap.Offset, heap.Capacity) = (_nodesUsed, capacity);
        _nodesUsed += capacity;
    }

    private void RemoveAt(ref Heap heap, int index)
    {
        Span<HeapNode> nodes = Nodes(heap);
        int last = --heap.Count;
        if (index == last) return;
        HeapNode moved = nodes[last];
        if (index > 0 && moved.Key < nodes[(index - 1) >> 2].Key) SiftUp(nodes, index, moved);
        else SiftDown(nodes, last, index, moved);
    }

    private void SiftUp(Span<HeapNode> nodes, int index, HeapNode node)
    {
        while (index > 0)
        {
            int parent = (index - 1) >> 2;
            if (nodes[parent].Key <= node.Key) break;
            Place(nodes, index, nodes[parent]);
            index = parent;
        }

        Place(nodes, index, node);
    }

    private void SiftDown(Span<HeapNode> nodes, int count, int index, HeapNode node)
    {
        while (true)
        {
            int child = index * 4 + 1;
            if (child >= count) break;
            int best = child;
            int end = Math.Min(child + 4, count);
            for (int i = child + 1; i < end; i++)
            {
                if (nodes[i].Key < nodes[best].Key) best = i;
            }

            if (node.Key <= nodes[best].Key) break;
            Place(nodes, index, nodes[best]);
            index = best;
        }

        Place(nodes, index, node);
    }

    private void Place(Span<HeapNode> nodes, int index, HeapNode node)
    {
        nodes[index] = node;
        _offers[node.Slot].HeapIndex = index;
    }

    private readonly record struct HeapNode(ulong Key, int Slot);

    private struct Heap
    {
        public int Offset;
        public int Capacity;
        public int Count;
    }
}
