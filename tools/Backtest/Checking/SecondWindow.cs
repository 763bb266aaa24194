namespace MarketMaker.Backtest.Checking;

/// <summary>Whether more than so many things happen in any second, wherever it begins. Remembers the time of each of the last ones.</summary>
internal sealed class SecondWindow(int most)
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly long[] _times = Enumerable.Repeat(long.MinValue / 2, most).ToArray();
    private int _next;

    /// <summary>Notes one more.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool TryAdd(long nowNs)
    {
        bool fits = nowNs - _times[_next] >= NsPerSecond;
        _times[_next] = nowNs;
        _next = _next + 1 == _times.Length ? 0 : _next + 1;
        return fits;
    }
}
