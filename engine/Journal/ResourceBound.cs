using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Journal;

/// <summary>One thing that may run out: each change of its level is done at the gate, shown in the counters and logged once.</summary>
/// <remarks>What runs out may come back (a lease, room on the disk), so its stops are lifted again by the one who set them.</remarks>
internal sealed class ResourceBound(StopReasons reason, Counter counter, LogMessage[] sentences, TradingGate gate, CounterFile counters, LogWriter log)
{
    internal BoundLevel Level { get; private set; }

    /// <summary>Takes a level; the two numbers are for the sentence.</summary>
    internal void Set(BoundLevel level, long a, long b)
    {
        if (level == Level) return;
        Level = level;
        gate.StopSending(reason, level == BoundLevel.NoSends);
        gate.StopBuying(reason, level >= BoundLevel.NoBuys);
        counters.Set(counter, (long)level);
        log.Write(sentences[(int)level], a, b);
    }

    /// <summary>The level of a room of which some bytes are used, in percent thresholds.</summary>
    /// <remarks>A level that was reached is left only one percent below: whoever hovers at a threshold must not start and stop all day.</remarks>
    internal BoundLevel LevelOf(long usedBytes, long totalBytes, JournalOptions options)
    {
        if (IsReached(BoundLevel.NoBuys, options.StopBuyingPercent)) return BoundLevel.NoBuys;
        return IsReached(BoundLevel.Alarm, options.AlarmPercent) ? BoundLevel.Alarm : BoundLevel.Far;

        bool IsReached(BoundLevel level, int percent) => usedBytes >= totalBytes / 100 * (Level >= level ? percent - 1 : percent);
    }
}
