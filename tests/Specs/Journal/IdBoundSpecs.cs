using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class IdBoundSpecs
{
    private static readonly JournalOptions FewIds = DefaultOptions() with { IdsLowThreshold = 20, IdsStopBuying = 12, IdsReserve = 10 };

    [Fact]
    public void should_raise_an_alarm_then_end_the_buys_then_the_sends_and_take_all_back_when_a_lease_comes()
    {
        using JournalBench bench = Start(new LeaseFile(3, 1, 20, "NODE1", Guid.Empty)); // 19 ids
        bench.Gate.Open();
        Assert.Equal([LogMessage.BlockImported, LogMessage.IdsRunLow], bench.Lines());
        Assert.True(bench.Gate.IsOpen && bench.Gate.MayBuy);
        Book(bench, 1, 8); // 11 left
        Assert.Equal([LogMessage.IdsStopBuying], bench.Lines());
        Assert.True(bench.Gate.IsOpen && !bench.Gate.MayBuy);
        Assert.Equal(1, bench.Counters.Read(Counter.JournalMustNotBuy));
        Book(bench, 9, 2); // 9 left
        Assert.Equal([LogMessage.IdsExhausted], bench.Lines());
        Assert.True(!bench.Gate.IsOpen && bench.Writer.MustHalt);
        // Answers in flight are booked to the last id.
        Book(bench, 11, 8);
        LeaseFile.Whole(5, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Wait(1000);
        Assert.Equal([LogMessage.BlockImported, LogMessage.IdsPlenty], bench.Lines());
        Assert.True(bench.Gate.IsOpen && bench.Gate.MayBuy && !bench.Writer.MustHalt);
        Assert.Empty(Directory.GetFiles(bench.Options.Path, LeaseFile.SearchPattern));
        Book(bench, 19, 3);
        bench.Restart();
        Assert.Equal(21, bench.Records().Count);
        Assert.Equal([(3L, 19L), (5L, 1L), (5L, 2L)], bench.Records().Skip(18).Select(record => (TransactionId.Block(record.Id), TransactionId.Counter(record.Id))));
    }

    [Fact]
    public void should_say_once_that_a_damaged_a_foreign_or_an_old_lease_is_ignored_and_take_a_good_one_beside_them()
    {
        using JournalBench bench = Start(new LeaseFile(3, 1, 20, "NODE1", Guid.Empty));
        Book(bench, 1, 1);
        bench.Lines();
        File.WriteAllText(Path.Combine(bench.Options.Path, "lease-8.lease"), "half a fi");
        LeaseFile.Whole(9, "NODE1", Guid.NewGuid()).Write(bench.Options.Path);
        LeaseFile.Whole(2, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Wait(1000);
        Assert.Equal(Enumerable.Repeat(LogMessage.LeaseIgnored, 3), bench.Lines());
        Assert.Equal(18, bench.Store.IdsLeft);
        LeaseFile.Whole(5, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Wait(1000);
        bench.Wait(1000);
        Assert.Equal([LogMessage.BlockImported, LogMessage.IdsPlenty], bench.Lines());
        Assert.Equal(3, Directory.GetFiles(bench.Options.Path, LeaseFile.SearchPattern).Length);
        Book(bench, 2, 30);
        Assert.Equal(31, bench.Records().Count);
    }

    [Fact]
    public void should_take_a_lease_while_trading_that_a_killed_process_had_taken_but_not_deleted()
    {
        using JournalBench bench = Start(LeaseFile.Whole(5, "NODE1", Guid.Empty));
        Book(bench, 1, 2);
        long left = bench.Store.IdsLeft;
        LeaseFile.Whole(5, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Wait(1000);
        Assert.Equal(left, bench.Store.IdsLeft);
        Assert.Empty(Directory.GetFiles(bench.Options.Path, LeaseFile.SearchPattern));
    }

    [Fact]
    public void should_allocate_nothing_while_it_looks_for_leases_readers_and_room()
    {
        using JournalBench bench = Start(new LeaseFile(3, 1, 20, "NODE1", Guid.Empty));
        File.WriteAllText(Path.Combine(bench.Options.Path, "lease-8.lease"), "damaged");
        for (int i = 0; i < 5; i++) bench.Wait(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) bench.Wait(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static JournalBench Start(LeaseFile lease) => new(FewIds with { Path = DefaultOptions().Path }, lease);

    private static void Book(JournalBench bench, long first, int count) =>
        bench.Book([.. Enumerable.Range(0, count).Select(n => Executed(first + n, (ulong)(first + n)))]);
}
