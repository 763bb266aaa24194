using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Speed.Latency;

/// <summary>Looks at the engine's memory while a soak runs: what grows for minutes grows for ever.</summary>
internal sealed class SoakWatch : IDisposable
{
    private const long RssGrowthAllowedBytes = 1 << 20;

    // Execution's table of the day's executions is taken whole at the start, and its pages come as it fills: an entry each.
    private const long ExecutionBytes = 32;

    // Lines of the log, on its cold thread: some hundred bytes each few seconds.
    private const long AllocatedAllowedBytesPerSecond = 256;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly List<long> _seenBytes = [];
    private readonly Timer _timer;

    public SoakWatch(CounterFile counters) => _timer = new Timer(_ => Look(counters), null, Period, Period);

    /// <summary>Median of anonymous resident memory, without the entries of executions, in the last tenth of the time less that of the second tenth, bytes; the first is warm-up.</summary>
    public long GrowthBytes
    {
        get
        {
            lock (_seenBytes)
            {
                int tenth = _seenBytes.Count / 10;
                return tenth == 0 ? 0 : Median(_seenBytes.TakeLast(tenth)) - Median(_seenBytes.Skip(tenth).Take(tenth));
            }
        }
    }

    /// <summary>What speaks against the run, a line each; none: it is passed.</summary>
    public IEnumerable<string> Findings(RungResult rung, CounterFile counters)
    {
        long collections = counters.Read(Counter.HostCollections), allocated = counters.Read(Counter.HostAllocatedBytes);
        if (rung.Failure is { } why) yield return why;
        if (collections != 0) yield return $"{collections} collections";
        if (allocated > AllocatedAllowedBytesPerSecond * SecondsSeen) yield return string.Create(CultureInfo.InvariantCulture, $"{allocated:N0} bytes allocated, more than lines of a log take");
        if (GrowthBytes > RssGrowthAllowedBytes) yield return string.Create(CultureInfo.InvariantCulture, $"resident memory grew by {GrowthBytes:N0} bytes beside the entries of executions");
    }

    public void Dispose() => _timer.Dispose();

    private int SecondsSeen
    {
        get { lock (_seenBytes) return _seenBytes.Count; }
    }

    private void Look(CounterFile counters)
    {
        lock (_seenBytes) _seenBytes.Add(counters.Read(Counter.HostRssAnonBytes) - counters.Read(Counter.ExecutionExecutions) * ExecutionBytes);
    }

    private static long Median(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
