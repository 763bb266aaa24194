using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Host;

/// <summary>One thing that must move.</summary>
/// <param name="Name">Whose it is; the first ten letters reach the log.</param>
/// <param name="Progress">A number that changes with every step. Asked by the watchdog's thread.</param>
/// <param name="MustMove">Whether there is anything to do: what has no input may stand still.</param>
/// <param name="LimitMs">It may stand still for so long.</param>
internal sealed record WatchedProgress(Func<string> Name, Func<long> Progress, Func<bool> MustMove, int LimitMs);

/// <summary>
/// Sees every thread's agents move, and every consumer pass its input when some waits; halts the sends when one is stuck, until a person resumes.
/// </summary>
/// <remarks>
/// On a cold thread of its own. It counts time in its own turns, each worth at most twice its period: while the whole process stood
/// (SIGSTOP, a virtual machine that was suspended, a host without a free core), the watchdog stood too, and nobody is to blame.
/// </remarks>
internal sealed class Watchdog : IAgent
{
    /// <summary>How long its thread sleeps between two looks, ns.</summary>
    public const int PeriodNs = 100_000_000;

    private readonly WatchedProgress[] _watched;
    private readonly (long Seen, long StillNs, bool IsStuck)[] _states;
    private readonly TradingGate _gate;
    private readonly CounterFile _counters;
    private readonly LogWriter _log;
    private readonly Func<long> _clock;
    private long _lastNs;
    private volatile bool _isPaused;

    /// <summary>Prepares to watch.</summary>
    /// <param name="watched">In the order in which a culprit is looked for.</param>
    /// <param name="gate">Stopped for <see cref="StopReasons.Watchdog"/>.</param>
    /// <param name="counters">How many are stuck.</param>
    /// <param name="log">Which, and for how long.</param>
    /// <param name="clock">Monotonic ns; null: this host's.</param>
    public Watchdog(IEnumerable<WatchedProgress> watched, TradingGate gate, CounterFile counters, LogWriter log, Func<long>? clock = null)
    {
        _watched = [.. watched];
        _states = new (long, long, bool)[_watched.Length];
        (_gate, _counters, _log, _clock) = (gate, counters, log, clock ?? Stopwatch.GetTimestamp);
        _lastNs = _clock();
    }

    /// <inheritdoc/>
    public string Name => "Watchdog";

    /// <summary>Whether all moved at the last look, which was lately. Any thread may ask: what tells a service manager that we live.</summary>
    public bool IsHealthy => _counters.Read(Counter.HostStuckAgents) == 0;

    /// <summary>Ends the watching: at a stop, agents end one after the other. Any thread may call it.</summary>
    public void Pause() => _isPaused = true;

    /// <inheritdoc/>
    public int DoWork()
    {
        long now = _clock();
        long passedNs = Math.Min(now - _lastNs, 2L * PeriodNs);
        _lastNs = now;
        _counters.Add(Counter.HostWatchdogTurns);
        if (_isPaused) return 0;
        int stuck = 0;
        for (int i = 0; i < _watched.Length; i++)
        {
            Look(_watched[i], ref _states[i], passedNs);
            if (_states[i].IsStuck) stuck++;
        }

        _counters.Set(Counter.HostStuckAgents, stuck);
        return 0;
    }

    private void Look(WatchedProgress watched, ref (long Seen, long StillNs, bool IsStuck) state, long passedNs)
    {
        const long NsPerMs = 1_000_000;
        long progress = watched.Progress();
        if (progress != state.Seen || !watched.MustMove())
        {
            if (state.IsStuck) Say(LogMessage.AgentMoves, watched, state.StillNs);
            state = (progress, 0, false);
            return;
        }

        state.StillNs += passedNs;
        if (state.IsStuck || state.StillNs < watched.LimitMs * NsPerMs) return;
        state.IsStuck = true;
        // The sends first; then there is time for words.
        _gate.StopSending(StopReasons.Watchdog, stop: true);
        Say(LogMessage.AgentStuck, watched, state.StillNs);
    }

    private void Say(LogMessage message, WatchedProgress watched, long stillNs)
    {
        Span<byte> name = stackalloc byte[SessionId.Length];
        int length = 0;
        foreach (char letter in watched.Name())
        {
            if (length == name.Length) break;
            name[length++] = (byte)letter;
        }

        _log.Write(message, stillNs / 1_000_000, watched.LimitMs, name[..length]);
    }
}
