using System.Diagnostics;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Faults;

namespace MarketMaker.Tests.Torture;

/// <summary>What the run has counted so far; says it now and then.</summary>
internal sealed class Totals
{
    private const int LineEveryMs = 2_000;

    private readonly long _startedNs = Stopwatch.GetTimestamp();
    private long _nextLineMs;

    public KillCount Kills { get; } = new();

    /// <summary>Death to first order of the next life, ms.</summary>
    public List<double> RestartMs { get; } = [];

    /// <summary>From the kill of the primary to the next row in the ledger.</summary>
    public List<double> FailoverSeconds { get; } = [];

    /// <summary>What is wrong, in sentences; differences and limits are counted as well.</summary>
    public List<string> Problems { get; } = [];

    public Dictionary<DifferenceKind, long> Differences { get; } = Enum.GetValues<DifferenceKind>().ToDictionary(kind => kind, _ => 0L);

    public long Executions { get; private set; }

    public long LimitsPassed { get; private set; }

    public int Days { get; private set; }

    public int RoundsComplete { get; private set; }

    public long LagMaxMs { get; private set; }

    public int InFlightMax { get; private set; }

    /// <summary>Connections cut.</summary>
    public int Cuts { get; set; }

    public double Seconds => Stopwatch.GetElapsedTime(_startedNs).TotalSeconds;

    /// <summary>A line every two seconds.</summary>
    public void Show(LiveCheck live)
    {
        if (Environment.TickCount64 < _nextLineMs) return;
        _nextLineMs = Environment.TickCount64 + LineEveryMs;
        Console.WriteLine(FormattableString.Invariant(
            $"{Seconds,6:N0} s  day {Days + 1}  kills: engine {Kills.Engine}, shipper {Kills.Shipper}, primary {Kills.Primary}  executions {Executions + live.VenueTrades:N0}  rounds found whole {RoundsComplete + live.RoundsComplete}"));
    }

    public void EndDay(LiveCheck live)
    {
        Days++;
        RoundsComplete += live.RoundsComplete;
        LagMaxMs = Math.Max(LagMaxMs, live.LagMaxMs);
        if (live.Problem is { } problem) Problems.Add(problem);
    }

    public void Add(string session, ExactlyOnce records, NodeState node)
    {
        Executions += records.VenueTrades;
        foreach (IGrouping<DifferenceKind, Difference> kind in records.Differences.GroupBy(difference => difference.Kind)) Differences[kind.Key] += kind.Count();
        Problems.AddRange(records.Differences.Take(20).Select(difference => $"{session}: {difference.Kind}: {difference.Text}"));
        string[] passed = [.. node.Venue.LimitsPassed, .. node.Watch.LimitsPassed];
        LimitsPassed += passed.Length;
        Problems.AddRange(passed.Take(20).Select(text => $"{session}: limit: {text}"));
        node.Venue.LimitsPassed.Clear();
        node.Watch.LimitsPassed.Clear();
        InFlightMax = Math.Max(InFlightMax, node.Watch.InFlightMax);
        if (records.VenueTrades == 0) Problems.Add($"{session}: nothing was traded");
    }
}
