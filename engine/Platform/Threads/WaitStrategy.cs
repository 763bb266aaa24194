using System.Runtime.Intrinsics.X86;

namespace MarketMaker.Platform.Threads;

/// <summary>Waits between duty cycles that found no work. Belongs to one thread; allocates nothing.</summary>
public struct WaitStrategy
{
    private readonly WaitStrategyKind _kind;
    private readonly int _spins;
    private readonly int _spinsAndYields;
    private readonly int _sleepNs;
    private int _idleTurns;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public WaitStrategy(WaitStrategyOptions options)
    {
        if (options.Validate() is { } wrong) throw new ArgumentException(wrong, nameof(options));
        _kind = options.Kind;
        _spins = options.Spins;
        _spinsAndYields = options.Spins + options.Yields;
        _sleepNs = options.SleepNs;
    }

    /// <summary>There was work: the next wait starts from the first step again.</summary>
    public void Reset() => _idleTurns = 0;

    /// <summary>There was none: waits one step.</summary>
    public void Idle()
    {
        if (_kind == WaitStrategyKind.BusySpin || _idleTurns < _spins)
        {
            // Saturates, so that days of idling cannot wrap the count.
            if (_idleTurns < _spins) _idleTurns++;
            Pause();
            return;
        }

        if (_kind == WaitStrategyKind.Sleeping && _idleTurns >= _spinsAndYields)
        {
            ThreadCalls.Sleep(_sleepNs);
            return;
        }

        if (_idleTurns < _spinsAndYields) _idleTurns++;
        Thread.Yield();
    }

    private static void Pause()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else Thread.SpinWait(1);
    }
}
