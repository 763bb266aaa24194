namespace MarketMaker.Prices;

/// <summary>Requests per second that are never exceeded in any second, wherever it begins; a little may come at once.</summary>
/// <remarks>
/// A token bucket in its virtual-scheduling form (the generic cell rate algorithm, ITU-T I.371): a burst of b and then one each
/// 1/(n + 1 - b) s is n in a second at most.
/// </remarks>
public struct RequestBudget
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly long _intervalNs;
    private readonly long _burstNs;
    private long _dueNs = long.MinValue;

    /// <summary>Sets the rate.</summary>
    /// <param name="requestsPerSecond">At least 1. A hundredth of it, 10 ms worth, may come at once.</param>
    public RequestBudget(int requestsPerSecond)
    {
        int burst = Math.Max(1, requestsPerSecond / 100);
        int rate = requestsPerSecond + 1 - burst;
        // Rounded up: a thousandth too slow is fine, too fast is not.
        _intervalNs = (NsPerSecond + rate - 1) / rate;
        _burstNs = (burst - 1) * _intervalNs;
    }

    /// <summary>Whether a request may be sent now.</summary>
    public readonly bool IsOpen(long nowNs) => _dueNs == long.MinValue || nowNs >= _dueNs - _burstNs;

    /// <summary>Books one request that is sent now.</summary>
    public void Take(long nowNs) => _dueNs = Math.Max(_dueNs, nowNs) + _intervalNs;
}
