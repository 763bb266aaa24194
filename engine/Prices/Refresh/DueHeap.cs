namespace MarketMaker.Prices;

/// <summary>Tickers by the time they are due: a binary heap that knows each ticker's place, so that one can be moved.</summary>
/// <remarks>One thread. Takes its memory at construction; ties are broken by place, the same each time.</remarks>
internal sealed class DueHeap
{
    private readonly int[] _heap;
    private readonly int[] _place;
    private readonly long[] _dueNs;

    /// <summary>All tickers due at the beginning, in order.</summary>
    public DueHeap(int tickers)
    {
        _heap = new int[tickers];
        _place = new int[tickers];
        _dueNs = new long[tickers];
        // One nanosecond apart: in order, and that is a heap already.
        for (int i = 0; i < tickers; i++) (_heap[i], _place[i], _dueNs[i]) = (i, i, i);
    }

    /// <summary>The ticker that is due first.</summary>
    public int First => _heap[0];

    /// <summary>When a ticker is due.</summary>
    public long this[int ticker] => _dueNs[ticker];

    /// <summary>Gives a ticker another time.</summary>
    public void Move(int ticker, long dueNs)
    {
        bool isSooner = dueNs < _dueNs[ticker];
        _dueNs[ticker] = dueNs;
        if (isSooner) Rise(ticker, _place[ticker]);
        else Sink(ticker, _place[ticker]);
    }

    private void Rise(int ticker, int place)
    {
        long dueNs = _dueNs[ticker];
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (_dueNs[_heap[parent]] <= dueNs) break;
            Put(_heap[parent], place);
            place = parent;
        }

        Put(ticker, place);
    }

    private void Sink(int ticker, int place)
    {
        long dueNs = _dueNs[ticker];
        for (int child = 2 * place + 1; child < _heap.Length; child = 2 * place + 1)
        {
            if (child + 1 < _heap.Length && _dueNs[_heap[child + 1]] < _dueNs[_heap[child]]) child++;
            if (_dueNs[_heap[child]] >= dueNs) break;
            Put(_heap[child], place);
            place = child;
        }

        Put(ticker, place);
    }

    private void Put(int ticker, int place)
    {
        _heap[place] = ticker;
        _place[ticker] = place;
    }
}
