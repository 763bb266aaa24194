namespace MarketMaker.Speed.InMemory;

/// <summary>
/// When the core was away from the stages: two looks at the clock further apart than any turn of theirs takes. The timer's tick, other machines on the host, the
/// scheduler. What arrives meanwhile, or while what has piled up is worked off, waits for the host and not for the engine.
/// </summary>
internal sealed class StolenTime
{
    /// <summary>A turn in which sixteen offers come and one brings an order takes 3 us; of the bare core's gaps most are 30 us and more.</summary>
    public const int GapMinNs = 10_000;

    private const int GapsMax = 1 << 16;

    private readonly (long FromNs, long UntilNs)[] _gaps = new (long, long)[GapsMax];
    private int _count;
    private long _lastLookNs;
    private long _beganNs;

    /// <summary>Forgets what was, and begins.</summary>
    public void Begin(long nowNs) => (_count, _lastLookNs, _beganNs) = (0, nowNs, nowNs);

    /// <summary>Notes a look at the clock.</summary>
    public void Look(long nowNs)
    {
        long sinceNs = nowNs - _lastLookNs;
        // What has piled up in a gap is worked off in a quarter of its time: the stages take four times the load, and more.
        if (sinceNs >= GapMinNs && _count < GapsMax) _gaps[_count++] = (_lastLookNs, nowNs + sinceNs / 4);
        _lastLookNs = nowNs;
    }

    /// <summary>How often it was away since the beginning.</summary>
    public int Count => _count;

    /// <summary>Share of the time since the beginning in which it was away or what had piled up was worked off.</summary>
    public double Share
    {
        get
        {
            long sumNs = 0;
            for (int i = 0; i < _count; i++) sumNs += _gaps[i].UntilNs - _gaps[i].FromNs;
            return (double)sumNs / Math.Max(1, _lastLookNs - _beganNs);
        }
    }

    /// <summary>Whether a moment lies in such a time.</summary>
    public bool Covers(long ns)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_gaps[middle].FromNs <= ns) low = middle + 1;
            else high = middle;
        }

        return low > 0 && ns <= _gaps[low - 1].UntilNs;
    }
}
