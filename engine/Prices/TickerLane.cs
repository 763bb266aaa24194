namespace MarketMaker.Prices;

/// <summary>Tickers that wait for a request out of turn: first come, first served, each at most once, so it can never be full.</summary>
/// <remarks>One thread. Takes its memory at construction.</remarks>
internal sealed class TickerLane(int tickers)
{
    private readonly ushort[] _waiting = new ushort[tickers];
    private readonly bool[] _isWaiting = new bool[tickers];
    private int _head;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <returns>False when the ticker waits already.</returns>
    public bool TryAdd(ushort tickerIndex)
    {
        if (_isWaiting[tickerIndex]) return false;
        _isWaiting[tickerIndex] = true;
        int tail = _head + _count++;
        _waiting[tail < _waiting.Length ? tail : tail - _waiting.Length] = tickerIndex;
        return true;
    }

    public bool TryTake(out ushort tickerIndex)
    {
        tickerIndex = 0;
        if (_count == 0) return false;
        tickerIndex = _waiting[_head];
        _isWaiting[tickerIndex] = false;
        if (++_head == _waiting.Length) _head = 0;
        _count--;
        return true;
    }
}
