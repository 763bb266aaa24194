namespace MarketMaker.Execution;

/// <summary>A token bucket, kept as the time at which it would be full again.</summary>
internal struct SendRate(int perSecond, int burst)
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly long _intervalNs = NsPerSecond / perSecond;
    private readonly long _burstNs = NsPerSecond / perSecond * burst;
    private long _fullAtNs = long.MinValue;

    /// <summary>Takes one token.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(long nowNs)
    {
        long from = Math.Max(_fullAtNs, nowNs);
        if (from + _intervalNs - nowNs > _burstNs) return false;
        _fullAtNs = from + _intervalNs;
        return true;
    }
}
