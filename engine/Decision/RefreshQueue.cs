namespace MarketMaker.Decision;

/// <summary>Tickers whose price is needed at once: each is asked for again only when no price came for a while. Bounded; what does not fit asks again.</summary>
internal sealed class RefreshQueue(int tickers, long retryNs)
{
    private const int Capacity = 256;
    private const long NotAsked = long.MinValue / 2;

    private readonly ushort[] _waiting = new ushort[Capacity];
    private readonly long[] _askedNs = [.. Enumerable.Repeat(NotAsked, tickers)];
    private int _head;
    private int _count;

    /// <summary>Asks, unless it is asked already or the queue is full.</summary>
    public void Ask(ushort tickerIndex, long nowNs)
    {
        if (nowNs - _askedNs[tickerIndex] < retryNs || _count == Capacity) return;
        _askedNs[tickerIndex] = nowNs;
        _waiting[(_head + _count++) % Capacity] = tickerIndex;
    }

    /// <summary>A price came: the next wish is a new one.</summary>
    public void OnPrice(int tickerIndex) => _askedNs[tickerIndex] = NotAsked;

    public bool TryTake(out ushort tickerIndex)
    {
        tickerIndex = _waiting[_head];
        if (_count == 0) return false;
        _head = (_head + 1) % Capacity;
        _count--;
        return true;
    }
}
