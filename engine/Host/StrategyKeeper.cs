using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>Keeps the strategy's state from one run to the next: reads it at the start, writes it each minute and at the stop. The watching thread's.</summary>
internal sealed class StrategyKeeper(string path, Universe universe, int date, ILogger logger)
{
    private static readonly long WritePeriod = 60 * Stopwatch.Frequency;

    private readonly StrategyStateFile _file = new(path, universe, date);
    private long _openingEquity = StrategyState.Unknown;
    private long _nextWrite = Stopwatch.GetTimestamp() + WritePeriod;
    private int _lastError;

    /// <summary>What an earlier run left; nothing, and a line in the log, when that is missing or damaged.</summary>
    public StrategyState Read()
    {
        if (StrategyStateFile.Read(path, universe, date, out StrategyState state) is { } problem)
            logger.ZLogWarning($"strategy: {problem}; sell rates start from [decision] sell-rate-prior-dollars-per-second, the day's loss counts from now");
        else logger.ZLogInformation($"strategy: {path} read, {(state.OpeningEquity == StrategyState.Unknown ? "a new day" : "the day goes on")}");
        return state;
    }

    /// <summary>
    /// Asks for a copy once a minute, and as soon as the day's opening equity is known: an engine that dies within its first minute, again and
    /// again, must not forget each time what the day has lost. Writes the copy when it is there.
    /// </summary>
    public void DoWork(DecisionCore core)
    {
        if (core.Snapshot.IsReady) Write(core.Snapshot);
        long now = Stopwatch.GetTimestamp();
        if (now < _nextWrite && core.OpeningEquity == _openingEquity) return;
        _nextWrite = now + WritePeriod;
        core.Snapshot.Ask();
    }

    /// <summary>Writes what Decision knows at the end, its thread having ended.</summary>
    public void WriteLast(DecisionCore core)
    {
        // One that was under way is completed; then a whole one of now.
        for (int round = 0; round < 2; round++)
        {
            core.Snapshot.Release();
            core.Snapshot.Ask();
            while (!core.Snapshot.IsReady) core.ServeSnapshot();
        }

        Write(core.Snapshot);
    }

    private void Write(StrategySnapshot snapshot)
    {
        int error = _file.TryWrite(snapshot);
        _openingEquity = snapshot.OpeningEquity;
        snapshot.Release();
        // Once for each cause: a full disk would say the same each minute.
        if (error != 0 && error != _lastError) logger.ZLogError($"strategy: {path} cannot be written (errno {error}); a restart today would start from an older one: make room, or the folder writable");
        _lastError = error;
    }
}
