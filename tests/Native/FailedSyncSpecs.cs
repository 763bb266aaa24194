using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Crash.Cuts;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

public sealed class FailedSyncSpecs
{
    // A commit syncs its pages, then the meta page: odd ones are the former.
    private const int FailAt = 51;

    [SkippableFact]
    public void should_end_at_once_when_the_disk_fails_a_sync_and_lose_nothing_by_it()
    {
        using TestNode node = new();
        node.Prepare();
        RunningProgram venue = node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        string log = node.PathOf("shim.log");
        using (RunningProgram engine = RunningProgram.StartIn(DiskShim.Environment("journal/data.mdb", log, $"fail-sync:{FailAt}"), "marketmaker", "run", "--config", node.IniFile))
        {
            Assert.Equal(1, engine.WaitForExit());
            Assert.Contains("journal", engine.Output, StringComparison.OrdinalIgnoreCase);
        }

        List<ShimEvent> events = ShimEvent.ReadAll(log);
        int failedAt = events.FindIndex(now => now.Kind == ShimEventKind.Fault);
        Assert.Equal(FailAt - 1, events.Take(failedAt).Count(now => now.Kind is ShimEventKind.Sync or ShimEventKind.WriteDsync));
        // Never tried again: the kernel may have forgotten the pages, and a second sync would say that all is well.
        Assert.DoesNotContain(events.Skip(failedAt + 1), now => now.IsWrite || now.Kind == ShimEventKind.Sync);

        (RunningProgram next, CounterFile counters) = node.StartTrading();
        counters.Dispose();
        Assert.Equal(0, venue.Stop());
        Assert.Equal(0, next.Stop());
        Assert.NotEmpty(node.JournalTrades());
        Assert.Equal(node.VenueTrades(), node.JournalTrades());
    }
}
