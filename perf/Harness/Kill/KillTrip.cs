using System.Diagnostics;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Control;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Harness.Kill;

/// <summary>One trip of the kill switch, as the one who threw it saw it.</summary>
/// <param name="BeforeNs">Wall clock just before the store.</param>
/// <param name="AfterNs">Wall clock just after it: the flag is stored for certain.</param>
/// <param name="EndNs">Wall clock when the watch ended; sends belong to this trip until then.</param>
/// <param name="CoreWaitNs">For how long the engine's hot thread waited for a core from just before the store until 2 ms later.</param>
/// <param name="OwnGapNs">The longest time that this thread, which only read the clock, was away in those 2 ms: the same host's scheduler, seen from beside.</param>
internal readonly record struct KillTrip(long BeforeNs, long AfterNs, long EndNs, long CoreWaitNs, long OwnGapNs)
{
    private const long WatchNs = 2_000_000;
    private const int QuietMs = 15;

    /// <summary>Throws the switch, watches, and lifts it again.</summary>
    internal static KillTrip Take(ControlFlag flag, EngineUnderLoad engine)
    {
        SystemClock clock = new();
        long waitedBefore = engine.CoreWaitNs();
        long beforeNs = clock.WallClockNs;
        flag.Gate.StopSending(StopReasons.Person, stop: true);
        long afterNs = clock.WallClockNs;
        long begin = Stopwatch.GetTimestamp(), last = begin, gap = 0;
        while (last - begin < WatchNs)
        {
            long now = Stopwatch.GetTimestamp();
            gap = Math.Max(gap, now - last);
            last = now;
        }

        long waited = engine.CoreWaitNs() - waitedBefore;
        Thread.Sleep(QuietMs);
        long endNs = clock.WallClockNs;
        flag.Gate.StopSending(StopReasons.Person, stop: false);
        return new KillTrip(beforeNs, afterNs, endNs, waited, gap);
    }
}
