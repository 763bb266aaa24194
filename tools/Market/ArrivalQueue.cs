using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>An order of a competitor under way to the venue.</summary>
/// <param name="ArrivalNs">When it arrives at matching, in market time.</param>
/// <param name="Number">Running number: of two that arrive in the same ns the one sent first is first.</param>
/// <param name="Ticker">Ticker number.</param>
/// <param name="LimitPrice">In 1/10,000 dollar.</param>
/// <param name="Quantity">In shares.</param>
/// <param name="Competitor">Who sends.</param>
/// <param name="Side">What the order does.</param>
public readonly record struct OrderUnderWay(
    long ArrivalNs, uint Number, int LimitPrice, int Quantity, ushort Ticker, ushort Competitor, Side Side);

/// <summary>The competitors' orders under way, earliest arrival first: a binary heap of fixed size.</summary>
public sealed class ArrivalQueue(int capacity)
{
    private readonly OrderUnderWay[] _heap = new OrderUnderWay[capacity];
    private uint _number;

    /// <summary>Orders under way.</summary>
    public int Count { get; private set; }

    /// <summary>Puts an order on its way.</summary>
    /// <returns>False when as many as the queue holds are under way; the competitor then misses this offer.</returns>
    public bool TryAdd(OrderUnderWay order)
    {
        if (Count == _heap.Length) return false;
        order = order with { Number = _number++ };
        int index = Count++;
        while (index > 0)
        {
            int parent = (index - 1) >> 1;
            if (!IsBefore(order, _heap[parent])) break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = order;
        return true;
    }

    /// <summary>Takes the earliest order if it has arrived by <paramref name="nowNs"/>.</summary>
    public bool TryTakeArrived(long nowNs, out OrderUnderWay order)
    {
        order = default;
        if (Count == 0 || _heap[0].ArrivalNs > nowNs) return false;
        order = _heap[0];
        OrderUnderWay last = _heap[--Count];
        int index = 0;
        while (true)
        {
            int child = index * 2 + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child])) child++;
            if (!IsBefore(_heap[child], last)) break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = last;
        return true;
    }

    private static bool IsBefore(in OrderUnderWay left, in OrderUnderWay right) =>
        left.ArrivalNs < right.ArrivalNs || left.ArrivalNs == right.ArrivalNs && left.Number < right.Number;
}
