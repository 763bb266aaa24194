using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>Turns what the pinned threads say into lines of the log. Runs on a cold thread, allocates only when there is something to say.</summary>
/// <remarks>A cause that repeats itself is summed up, see <see cref="LogBudget"/>.</remarks>
internal sealed class LogAgent(EventPoller<LogEvent> lines, ILogger logger, int linesPerCause) : IAgent
{
    private const int BatchMax = 64;

    private readonly LogBudget _budget = new(linesPerCause);
    private long _summed;

    public string Name => "Log";

    /// <summary>Lines not written because their cause had said so much. Any thread may ask.</summary>
    public long LinesSummed => Volatile.Read(ref _summed);

    public int DoWork()
    {
        long now = Stopwatch.GetTimestamp();
        SumUp(now);
        long first = lines.Next;
        long last = lines.AvailableThrough(BatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            ref LogEvent line = ref lines[sequence];
            if (!_budget.Allows(line.Message, now)) continue;
            (LogLevel level, string text) = LogText.Of(line);
            logger.ZLog(level, new EventId((int)line.Message, line.Message.ToString()), $"{text}", context: line);
        }

        Volatile.Write(ref _summed, _budget.Summed);
        lines.Advance(last);
        return (int)(last - first + 1);
    }

    /// <summary>Writes what waits to be summed up, its time over or not: the log ends.</summary>
    public void Finish() => SumUp(long.MaxValue);

    private void SumUp(long now)
    {
        while (_budget.TrySumUp(now, out LogMessage cause, out long more))
            logger.ZLog(LogLevel.Warning, new EventId((int)cause, cause.ToString()), $"{more} more of {cause.ToString()} within {LogBudget.WindowNs / 1_000_000_000} s");
    }
}
