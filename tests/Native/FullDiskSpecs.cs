using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Records;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

public sealed class FullDiskSpecs
{
    [SkippableFact]
    public void should_stop_sending_on_a_full_disk_book_every_answer_trade_on_when_there_is_room_and_ship_all_of_it()
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
        // The venue trades on with others, and writes its record now and then.
        venue.WaitUntil(() => node.VenueTrades().SequenceEqual(node.JournalTrades()), "have the trades on record that the journal has");
        Assert.Contains("free some space", engine.Output, StringComparison.Ordinal);
        Assert.True(counters.Read(Counter.JournalReservedBytes) > 6 * JournalOptions.MebiByte);
        GoOnWhenThereIsRoom(node, disk, venue);
    }

    // On the same journal and in the same session; what the shipper lays beside the journal finds no room at first either.
    private static void GoOnWhenThereIsRoom(TestNode node, SmallDisk disk, RunningProgram venue)
    {
        // The blocks of the reserve are still the journal's, so it starts, answers, and sends nothing.
        disk.FillTo(100);
        RunningProgram engine = node.StartEngine();
        using CounterFile counters = node.ReadCounters(engine);
        engine.WaitUntilItSays("nothing is sent: free some space");
        engine.WaitUntilItSays("fence answered");
        RunningProgram shipper = node.Start("mm-shipper", "run", "--config", node.IniFile);
        long booked = node.JournalTrades().Count;
        shipper.WaitUntil(() => Reconcile(node, isStrict: false).Database == booked, "ship what was booked before");
        Assert.Equal(0, counters.Read(Counter.ExecutionSent));
        disk.Free();
        engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > booked + 10, "book more executions");
        Assert.Equal((0, 0, 0), (venue.Stop(), engine.Stop(), shipper.Stop()));
        ReconciliationResult result = Reconcile(node, isStrict: true);
        Assert.Equal((0, 0), (result.Differences, result.NotShippedYet));
        Assert.InRange(result.Journal, booked + 11, long.MaxValue);
        Assert.Equal((result.Journal, result.Journal, result.Journal), (result.Venue, result.Database, result.Pairs));
        Assert.Equal(node.VenueTrades(), node.JournalTrades());
    }

    private static ReconciliationResult Reconcile(TestNode node, bool isStrict)
    {
        using JournalReader journal = JournalReader.Open(node.Journal);
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{node.PathOf("ledger.db")}", passwordFile: null);
        ReconciliationInput input = new()
        {
            Journal = journal,
            Database = database,
            VenueFiles = [node.Fills],
            Participant = TestNode.Username,
            CoversAllSessions = true,
            IsStrict = isStrict,
        };
        return Reconciliation.Run(input, difference => Assert.Fail($"id {difference.Id} match {difference.MatchNumber}: {difference.Detail}"));
    }
}
