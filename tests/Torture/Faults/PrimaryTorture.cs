using System.Diagnostics;
using MarketMaker.Tests.Torture.Processes;
using MarketMaker.Tests.Torture.Servers;

namespace MarketMaker.Tests.Torture.Faults;

/// <summary>Kills the database's primary, or cuts it off, alone or together with engine and shipper; heals; and again. A thread of its own.</summary>
internal sealed class PrimaryTorture : IDisposable
{
    // One cut in so many; the others are kills.
    private const int IsolateOneIn = 5;
    private const int PauseMsMax = 4_000;
    private static readonly TimeSpan FailoverMax = TimeSpan.FromSeconds(120);

    private readonly Cluster _cluster;
    private readonly KillCount _kills;
    private readonly List<double> _failoverSeconds;
    private readonly Func<long> _rows;
    private readonly Action _killEngine;
    private readonly Action _killShipper;
    private readonly Random _random;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _end = new();

    public PrimaryTorture(
        Cluster cluster, KillCount kills, List<double> failoverSeconds, Func<long> rows, Action killEngine, Action killShipper, int seed)
    {
        (_cluster, _kills, _failoverSeconds, _rows) = (cluster, kills, failoverSeconds, rows);
        (_killEngine, _killShipper, _random) = (killEngine, killShipper, new Random(seed));
        _thread = new Thread(Run) { IsBackground = true, Name = "primary" };
        _thread.Start();
    }

    /// <summary>What broke it, if anything did: the cluster did not heal, or nothing was shipped after a failover.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>No more kills; all three nodes work when this returns.</summary>
    public void Dispose()
    {
        _end.Set();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (!_end.Wait(_random.Next(500, PauseMsMax))) Round();
        }
        catch (Exception fault) when (fault is TortureFailedException or IOException)
        {
            Fault = fault;
        }
    }

    private void Round()
    {
        bool isIsolated = _random.Next(IsolateOneIn) == 0;
        bool withEngine = _random.Next(2) == 0;
        bool withShipper = _random.Next(2) == 0;
        if (!(isIsolated ? _cluster.TryIsolatePrimary() : _cluster.TryKillPrimary())) return;
        if (withEngine) _killEngine();
        if (withShipper) _killShipper();
        long started = Stopwatch.GetTimestamp();
        string others = (withEngine, withShipper) switch { (true, true) => "WithBoth", (true, _) => "WithEngine", (_, true) => "WithShipper", _ => "Alone" };
        _kills.AddPrimary(isIsolated ? $"Isolated{others}" : others);
        // What the checker reads just now was committed before.
        Thread.Sleep(300);
        long rows = _rows();
        while (_rows() == rows)
        {
            if (Stopwatch.GetElapsedTime(started) > FailoverMax) throw new TortureFailedException($"nothing was shipped for {FailoverMax.TotalSeconds} s after the primary's end");
            if (_end.Wait(20)) break;
        }

        if (!isIsolated && !_end.IsSet) _failoverSeconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        _cluster.Heal();
    }
}
