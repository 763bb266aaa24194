namespace MarketMaker.Venue;

/// <summary>How far the generator fell behind its schedule: offers are due all the time and go out at the latest every ms.</summary>
public sealed class ScheduleLag
{
    private const long AllowedNs = 1_000_000;

    private long _startNs;
    private long _lastNs;

    /// <summary>The longest time between two batches beyond the allowed ms, in ns.</summary>
    public long MaxNs { get; private set; }

    /// <summary>Ns spent behind the schedule.</summary>
    public long BehindNs { get; private set; }

    /// <summary>Share of the time spent behind the schedule, 0 to 1.</summary>
    public double Share => _lastNs > _startNs ? (double)BehindNs / (_lastNs - _startNs) : 0;

    /// <summary>Offers begin.</summary>
    public void Start(long nowNs) => _startNs = _lastNs = nowNs;

    /// <summary>A batch is made now.</summary>
    public void OnTurn(long nowNs)
    {
        long lateNs = nowNs - _lastNs - AllowedNs;
        _lastNs = nowNs;
        if (lateNs <= 0) return;
        BehindNs += lateNs;
        MaxNs = Math.Max(MaxNs, lateNs);
    }
}
