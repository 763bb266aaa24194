using MarketMaker.Tests.Torture.Processes;

namespace MarketMaker.Tests.Torture.Faults;

/// <summary>Runs the shipper and kills it, again and again, on a thread of its own, until told to leave it in peace.</summary>
internal sealed class ShipperTorture : IDisposable
{
    private const int PointWaitMs = 3_000;
    private const int AnotherShipper = 4;

    private readonly Func<(string, string)[], Child> _start;
    private readonly KillCount _kills;
    private readonly Random _random;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _killNow = new();
    private volatile bool _isEnding;

    public ShipperTorture(Func<(string, string)[], Child> start, KillCount kills, int seed)
    {
        (_start, _kills, _random) = (start, kills, new Random(seed));
        _thread = new Thread(Run) { IsBackground = true, Name = "shipper" };
        _thread.Start();
    }

    /// <summary>What broke it, if anything did: a shipper that ended by itself.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The present one dies at once.</summary>
    public void KillNow() => _killNow.Set();

    /// <summary>No more kills; the present one is ended.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _killNow.Set();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (!_isEnding)
            {
                Life();
                _killNow.Reset();
            }
        }
        catch (Exception fault) when (fault is TortureFailedException or IOException or InvalidOperationException)
        {
            Fault = fault;
        }
    }

    private void Life()
    {
        ShipperPoint? point = _random.Next(2) == 0 ? (ShipperPoint)_random.Next(Enum.GetValues<ShipperPoint>().Length) : null;
        string suffix = point == ShipperPoint.ShipperInRead ? ":stop" : "";
        // A read comes with each look at the journal, a batch only with something in it.
        int count = LifePlan.LogUniform(_random, 1, 12);
        int killAfterMs = LifePlan.LogUniform(_random, 30, 900);
        bool isLetGo = _random.Next(2) == 0;
        using Child shipper = _start(point is null ? [] : [("MARKETMAKER_FAULT", $"{point}:{count}{suffix}")]);
        bool isPaused = false;
        if (point == ShipperPoint.ShipperInRead)
        {
            isPaused = WaitFor(() => shipper.IsPaused || shipper.HasExited, PointWaitMs) && !shipper.HasExited;
            if (isPaused) WaitFor(() => false, _random.Next(5, 120));
            if (isPaused && isLetGo)
            {
                shipper.Signal(Child.Continue);
                WaitFor(() => shipper.HasExited, killAfterMs);
            }
        }
        else
        {
            WaitFor(() => shipper.HasExited, point is null ? killAfterMs : PointWaitMs);
        }

        End(shipper, isPaused ? null : point, isPaused ? nameof(ShipperPoint.ShipperInRead) : "Random");
    }

    /// <param name="shipper">Dead by itself, or to be killed.</param>
    /// <param name="point">Where it may have killed itself.</param>
    /// <param name="otherwise">What a kill by the runner counts as.</param>
    private void End(Child shipper, ShipperPoint? point, string otherwise)
    {
        if (!shipper.HasExited)
        {
            shipper.Kill();
            if (!_isEnding) _kills.AddShipper(otherwise);
        }
        else if (shipper.Status == Child.KilledStatus && point is { } reached)
        {
            _kills.AddShipper(reached.ToString());
        }
        else if (shipper.Status == AnotherShipper)
        {
            // The database had not noticed yet that the one before is dead; its lock is gone in a moment.
            Thread.Sleep(100);
        }
        else
        {
            throw shipper.Failure($"ended by itself with {shipper.Status}");
        }
    }

    /// <returns>Whether it came to pass; false also when the shipper is to die now.</returns>
    private bool WaitFor(Func<bool> condition, int timeoutMs)
    {
        long deadline = Environment.TickCount64 + timeoutMs;
        while (!condition())
        {
            if (Environment.TickCount64 >= deadline || _killNow.Wait(3)) return false;
        }

        return true;
    }
}
