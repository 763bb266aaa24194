namespace MarketMaker.Prices;

/// <summary>Tickers in the order they were last asked for: the one at the front has waited longest.</summary>
/// <remarks>A linked list in two arrays; one thread. Before the first request a ticker counts as asked for when the engine came up.</remarks>
internal sealed class AskedOrder
{
    private const long Never = long.MinValue;

    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly long[] _askedNs;
    private readonly int _end;
    private long _beganNs = Never;

    public AskedOrder(int tickers)
    {
        // One more place than tickers: the end, which closes the ring.
        _end = tickers;
        _next = new int[tickers + 1];
        _previous = new int[tickers + 1];
        _askedNs = new long[tickers];
        Array.Fill(_askedNs, Never);
        for (int i = 0; i <= tickers; i++)
        {
            _next[i] = i == tickers ? 0 : i + 1;
            _previous[i] = i == 0 ? tickers : i - 1;
        }
    }

    /// <summary>Who has waited longest.</summary>
    public int Oldest => _next[_end];

    /// <summary>When a ticker was last asked for, monotonic ns.</summary>
    public long AskedNs(int ticker) => _askedNs[ticker] != Never ? _askedNs[ticker] : _beganNs == Never ? long.MaxValue : _beganNs;

    /// <summary>A ticker is asked for now.</summary>
    public void MoveToEnd(int ticker, long nowNs)
    {
        if (_beganNs == Never) _beganNs = nowNs;
        _askedNs[ticker] = nowNs;
        _next[_previous[ticker]] = _next[ticker];
        _previous[_next[ticker]] = _previous[ticker];
        int last = _previous[_end];
        (_next[last], _previous[ticker]) = (ticker, last);
        (_next[ticker], _previous[_end]) = (_end, ticker);
    }
}
