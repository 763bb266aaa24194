namespace MarketMaker.Prices.Verdicts;

/// <summary>What the listener has counted since its start, beside the stream's own statistics.</summary>
internal struct VerdictStatistics
{
    public long Snapshots;
    public long Stops;
    public long Sessions;
    public long OldSession;
    public long Old;
    public long Malformed;
    public long UnknownTickers;
    public long Outdated;
}
