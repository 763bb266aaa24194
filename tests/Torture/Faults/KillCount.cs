namespace MarketMaker.Tests.Torture.Faults;

/// <summary>Counts kills by process and place. Any thread.</summary>
internal sealed class KillCount
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _engine = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _shipper = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _primary = new(StringComparer.Ordinal);

    public long Engine => Sum(_engine);

    public long Shipper => Sum(_shipper);

    /// <summary>Without those that were only cut off.</summary>
    public long Primary
    {
        get
        {
            lock (_lock) return _primary.Where(place => !place.Key.StartsWith("Isolated", StringComparison.Ordinal)).Sum(place => place.Value);
        }
    }

    public void AddEngine(string where) => Add(_engine, where);

    public void AddShipper(string where) => Add(_shipper, where);

    public void AddPrimary(string where) => Add(_primary, where);

    /// <summary>A copy, by process and place.</summary>
    public SortedDictionary<string, SortedDictionary<string, long>> ByProcess()
    {
        lock (_lock)
        {
            return new(StringComparer.Ordinal) { ["engine"] = Copy(_engine), ["shipper"] = Copy(_shipper), ["primary"] = Copy(_primary) };
        }
    }

    /// <summary>Named points that nothing died at.</summary>
    public IEnumerable<string> PointsNotReached()
    {
        lock (_lock)
        {
            return Enum.GetNames<EnginePoint>().Except(_engine.Keys).Concat(Enum.GetNames<ShipperPoint>().Except(_shipper.Keys)).ToArray();
        }
    }

    private static SortedDictionary<string, long> Copy(SortedDictionary<string, long> counts) => new(counts, StringComparer.Ordinal);

    private void Add(SortedDictionary<string, long> counts, string where)
    {
        lock (_lock) counts[where] = counts.GetValueOrDefault(where) + 1;
    }

    private long Sum(SortedDictionary<string, long> counts)
    {
        lock (_lock) return counts.Values.Sum();
    }
}
