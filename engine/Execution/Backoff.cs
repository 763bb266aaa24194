namespace MarketMaker.Execution;

/// <summary>
/// Waits between attempts: each twice the last, up to a limit, less a random part so that nodes do not come back together.
/// </summary>
internal struct Backoff(int firstMs, int maxMs, uint seed)
{
    private const long NsPerMs = 1_000_000;

    private readonly int _minMs = firstMs;
    private uint _random = seed == 0 ? 1 : seed;
    private int _currentMs = firstMs;

    /// <summary>The next wait: between half of the current one and all of it.</summary>
    public long NextWaitNs()
    {
        // Xorshift: a few instructions, the same sequence for the same seed.
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        long waitNs = _currentMs * NsPerMs;
        _currentMs = (int)Math.Min(maxMs, _currentMs * 2L);
        return waitNs - _random % (waitNs / 2 + 1);
    }

    public void Reset() => _currentMs = _minMs;
}
