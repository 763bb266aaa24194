using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>Turns what the pinned threads say into lines of the log. Runs on a cold thread, allocates only when there is something to say.</summary>
internal sealed class LogAgent(EventPoller<LogEvent> lines, ILogger logger) : IAgent
{
    private const int BatchMax = 64;

    public string Name => "Log";

    public int DoWork()
    {
        long first = lines.Next;
        long last = lines.AvailableThrough(BatchMax);
        if (last < first) return 0;
        for (long sequence = first; sequence <= last; sequence++)
        {
            (LogLevel level, string text) = LogText.Of(lines[sequence]);
            logger.ZLog(level, $"{text}");
        }

        lines.Advance(last);
        return (int)(last - first + 1);
    }
}
