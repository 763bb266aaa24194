namespace MarketMaker.Clairvoyant;

/// <summary>
/// The best trades in one ticker when a share's cost and revenue at each offer are given and cash is no matter: walks through time, gives each
/// sale the cheapest share there is, and lets a better sale later take the share away from a worse one earlier.
/// </summary>
/// <remarks>Exact: a sale that lost its share stands in the heap at its own revenue, which is the residual arc of the flow that this is.
/// O(n log n), integers, no allocation after construction.</remarks>
internal sealed class StockMatching(int offersMax)
{
    private const int StartStock = -1;

    private readonly long[] _costs = new long[offersMax + 1];
    private readonly int[] _sources = new int[offersMax + 1];
    private readonly long[] _shares = new long[offersMax + 1];
    private int _count;

    /// <summary>Finds the shares to take of each offer of one ticker.</summary>
    /// <param name="offers">The ticker's offers in order of time, as indices into the other arrays.</param>
    /// <param name="isBuy">Whether taking the offer buys.</param>
    /// <param name="values">What one share costs (buys) or brings (sales), in any unit.</param>
    /// <param name="sizes">Shares that can be taken.</param>
    /// <param name="startShares">Stock at the start.</param>
    /// <param name="leftValue">What one share left at the end brings.</param>
    /// <param name="taken">Gets the shares taken.</param>
    public void Solve(
        ReadOnlySpan<int> offers, bool[] isBuy, long[] values, int[] sizes, long startShares, long leftValue, long[] taken)
    {
        _count = 0;
        // A share held from the start is left at the end unless a sale brings more.
        if (startShares > 0) Push(leftValue, StartStock, startShares);
        foreach (int offer in offers)
        {
            taken[offer] = 0;
            if (isBuy[offer])
            {
                Push(values[offer], offer, sizes[offer]);
                continue;
            }

            long sold = Draw(values[offer], sizes[offer], isBuy, taken);
            if (sold == 0) continue;
            taken[offer] = sold;
            Push(values[offer], offer, sold);
        }

        Draw(leftValue, long.MaxValue, isBuy, taken);
    }

    /// <summary>Draws shares that cost less than a sale brings, cheapest first.</summary>
    private long Draw(long revenue, long sharesMax, bool[] isBuy, long[] taken)
    {
        long drawn = 0;
        while (_count > 0 && _costs[0] < revenue && drawn < sharesMax)
        {
            long shares = Math.Min(_shares[0], sharesMax - drawn);
            int source = _sources[0];
            if (source != StartStock) taken[source] += isBuy[source] ? shares : -shares;
            drawn += shares;
            _shares[0] -= shares;
            if (_shares[0] == 0) Pop();
        }

        return drawn;
    }

    private void Push(long cost, int source, long shares)
    {
        int hole = _count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 1;
            if (_costs[parent] <= cost) break;
            Move(parent, hole);
            hole = parent;
        }

        Set(hole, cost, source, shares);
    }

    private void Pop()
    {
        int last = --_count;
        (long cost, int source, long shares) = (_costs[last], _sources[last], _shares[last]);
        int hole = 0;
        while (true)
        {
            int child = hole * 2 + 1;
            if (child >= last) break;
            if (child + 1 < last && _costs[child + 1] < _costs[child]) child++;
            if (_costs[child] >= cost) break;
            Move(child, hole);
            hole = child;
        }

        Set(hole, cost, source, shares);
    }

    private void Move(int from, int to) => Set(to, _costs[from], _sources[from], _shares[from]);

    private void Set(int place, long cost, int source, long shares) => (_costs[place], _sources[place], _shares[place]) = (cost, source, shares);
}
