namespace MarketMaker.Demo;

/// <summary>The programs of a run: started, waited for and stopped in order; what went wrong with one is kept.</summary>
internal sealed class DemoPrograms(string dist, CancellationToken interrupted) : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly List<ChildProcess> _running = [];

    /// <summary>Programs that did not stop in order.</summary>
    public List<string> Problems { get; } = [];

    /// <exception cref="DemoFailedException">One of them has ended by itself.</exception>
    public void ThrowIfOneEnded()
    {
        if (_running.Find(child => child.HasExited) is { } dead) throw Failure(dead, "ended while it should trade");
    }

    public ChildProcess Launch(string program, string logFile, params IEnumerable<string> arguments)
    {
        ChildProcess child = ChildProcess.Start(program, Path.Combine(Path.GetFullPath(dist), program), logFile, arguments);
        _running.Add(child);
        return child;
    }

    public void RunToEnd(string program, string logFile, params IEnumerable<string> arguments)
    {
        using ChildProcess child = ChildProcess.Start(program, Path.Combine(Path.GetFullPath(dist), program), logFile, arguments);
        WaitFor(() => child.HasExited, null, $"{program} to end");
        if (child.ExitCode != 0) throw Failure(child, "failed");
    }

    public void Stop(ChildProcess child)
    {
        if (!child.Stop(StopTimeout)) Problems.Add($"{child.Name} did not stop in order: see {child.LogFile}");
        _running.Remove(child);
    }

    /// <summary>Ends one without asking.</summary>
    public void Kill(ChildProcess child)
    {
        child.Kill();
        _running.Remove(child);
    }

    public void WaitFor(Func<bool> done, ChildProcess? process, string what)
    {
        long deadline = Environment.TickCount64 + (long)StartTimeout.TotalMilliseconds;
        while (!done())
        {
            if (process is { HasExited: true }) throw Failure(process, $"ended before it could {what}");
            if (Environment.TickCount64 > deadline) throw new DemoFailedException($"waited {StartTimeout.TotalSeconds} s in vain for {process?.Name} to {what}");
            if (interrupted.IsCancellationRequested) throw new OperationCanceledException();
            Thread.Sleep(2);
        }
    }

    public void Dispose()
    {
        // Only after a failure is anything still running here.
        foreach (ChildProcess child in Enumerable.Reverse(_running)) child.Dispose();
    }

    private static DemoFailedException Failure(ChildProcess child, string what) =>
        new($"{child.Name} {what} (status {child.ExitCode}); the end of {child.LogFile}:\n{child.LastLines(10)}");
}
