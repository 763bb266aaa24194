namespace MarketMaker.Backtest.Checking;

/// <summary>Whether more than so many things happen in any second or other span, wherever it begins. Remembers the time of each of the last ones.</summary>
internal sealed class TimeWindow(int most, long spanNs)
{
    private readonly long[] _times = Enumerable.Repeat(long.MinValue / 2, most).ToArray();
    private int _next;

    /// <summary>Notes one more.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool TryAdd(long nowNs)
    {
        bool fits = nowNs - _times[_next] >= spanNs;
        _times[_next] = nowNs;
        _next = _next + 1 == _times.Length ? 0 : _next + 1;
        return fits;
    }
}
