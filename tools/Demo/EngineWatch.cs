using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Demo;

/// <summary>Reads the counters of the engine's lives: one file for each time it was started, summed up.</summary>
internal sealed class EngineWatch(string counterFile) : IDisposable
{
    private static readonly Counter[] RefusedBlocks = [Counter.FeedRefused, Counter.DecisionRefused, Counter.ExecutionRefused];

    private readonly List<CounterFile> _lives = [];
    private readonly List<(long AtNs, long Executes, long Executions)> _samples = [];

    /// <summary>Counters of the engine that runs or ran last; null before the first.</summary>
    public CounterFile? Current => _lives.Count == 0 ? null : _lives[^1];

    /// <summary>Opens the file of a process once it is there.</summary>
    /// <returns>Whether it is.</returns>
    public bool TryAttach(int afterLives)
    {
        if (_lives.Count > afterLives) return true;
        if (!File.Exists(counterFile)) return false;
        CounterFile counters = CounterFile.OpenRead(counterFile);
        if (_lives.Exists(life => life.ProcessId == counters.ProcessId))
        {
            counters.Dispose();
            return false;
        }

        _lives.Add(counters);
        return true;
    }

    /// <summary>A counter, summed over all lives.</summary>
    public long Sum(Counter counter) => _lives.Sum(life => life.Read(counter));

    /// <summary>Notes where the rates stand now.</summary>
    public void Sample() => _samples.Add((Stopwatch.GetTimestamp(), Sum(Counter.ExecutionSent), Sum(Counter.ExecutionExecutions)));

    /// <summary>Executes and executions per second over the last third of the samples' time.</summary>
    public (double Executes, double Executions) LastThird()
    {
        if (_samples.Count < 2) return (0, 0);
        long end = _samples[^1].AtNs;
        long begin = end - (end - _samples[0].AtNs) / 3;
        (long atNs, long executes, long executions) = _samples.First(sample => sample.AtNs >= begin);
        double seconds = (end - atNs) / 1e9;
        return seconds <= 0 ? (0, 0) : ((_samples[^1].Executes - executes) / seconds, (_samples[^1].Executions - executions) / seconds);
    }

    /// <summary>
    /// Whether every offer the last engine saw ended in a refusal or a sent execute. One that was killed took what its rings held with it,
    /// so only the life that ended in order is asked.
    /// </summary>
    public bool IsEveryOfferAccounted()
    {
        CounterFile last = _lives[^1];
        long refused = Enum.GetValues<RefusalReason>().Sum(reason => RefusedBlocks.Sum(block => last.ReadRefused(block, reason)));
        return last.Read(Counter.FeedOffersSeen) == refused + last.Read(Counter.ExecutionSent);
    }

    /// <summary>Refusals of all stages by reason; reasons that never came are left out.</summary>
    public SortedDictionary<string, long> Refused()
    {
        SortedDictionary<string, long> refused = new(StringComparer.Ordinal);
        foreach (RefusalReason reason in Enum.GetValues<RefusalReason>())
        {
            long count = RefusedBlocks.Sum(block => _lives.Sum(life => life.ReadRefused(block, reason)));
            if (count > 0) refused[reason.ToString()] = count;
        }

        return refused;
    }

    public void Dispose() => _lives.ForEach(life => life.Dispose());
}
