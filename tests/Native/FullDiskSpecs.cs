using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

public sealed class FullDiskSpecs
{
    [SkippableFact]
    public void should_stop_sending_on_a_full_disk_book_every_answer_and_trade_on_when_there_is_room()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(32);
        using TestNode node = new();
        node.Set("journal", "path", Path.Combine(disk.Folder, "journal"));
        node.Prepare();
        RunningProgram venue = node.StartVenue("sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using CounterFile shown = counters;
        disk.FillTo(96);
        engine.WaitUntilItSays("nothing more is bought");
        engine.WaitUntil(() => counters.ReadRefused(Counter.DecisionRefused, RefusalReason.BuysStopped) > 0, "refuse a buy");
        disk.FillTo(100);
        engine.WaitUntil(() => counters.Read(Counter.JournalMustHalt) == 1, "stop sending on a full disk");
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Halted, "show that it is halted");
        // One order may be on its way while the gate shuts.
        Thread.Sleep(100);
        long sent = counters.Read(Counter.ExecutionSent);
        Thread.Sleep(500);
        Assert.Equal(sent, counters.Read(Counter.ExecutionSent));
        Assert.Equal(0, new DriveInfo(disk.Folder).AvailableFreeSpace);
        disk.Free();
        engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > sent, "trade on");
        disk.FillTo(100);
        Assert.Equal(0, engine.Stop());
        Assert.Equal(0, venue.Stop());
        Assert.Equal(node.VenueTrades(), node.JournalTrades());
        Assert.Contains("free some space", engine.Output, StringComparison.Ordinal);
        Assert.True(counters.Read(Counter.JournalReservedBytes) > 6 * JournalOptions.MebiByte);
    }
}
