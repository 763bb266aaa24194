using System.Diagnostics;

namespace MarketMaker.Tests.Concurrency;

/// <summary>
/// Threads that run together and are waited for, with a bound. The first failure ends them all and fails the test. Whoever
/// waits in a loop calls <see cref="Wait"/>, so that threads outnumbering the cores still get on.
/// </summary>
internal sealed class Crew
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<Thread> _threads = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Exception? _failure;

    public Crew Add(Action work)
    {
        _threads.Add(new Thread(() => Guard(work)) { IsBackground = true });
        return this;
    }

    public void Run()
    {
        foreach (Thread thread in _threads) thread.Start();
        foreach (Thread thread in _threads) Assert.True(thread.Join(Patience), "a thread of the test hangs");
        if (_failure is not null) throw new InvalidOperationException(_failure.Message, _failure);
    }

    /// <summary>One turn without progress.</summary>
    public void Wait()
    {
        if (Volatile.Read(ref _failure) is not null) throw new OperationCanceledException("another thread failed");
        if (_watch.Elapsed > Patience * 0.75) throw new TimeoutException("no progress: an event was lost or a sequence does not move");
        Thread.Yield();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
    }
}
