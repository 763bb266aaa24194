using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalWalkSpecs
{
    private const long Block = 7L << 32;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void should_find_nothing_wrong_with_a_whole_journal(int batch)
    {
        using JournalBench bench = Booked();
        bench.Stop();
        Assert.Equal((10, ""), Walk(bench.Options, batch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void should_find_every_record_that_was_taken_out_wherever_batches_end(int batch)
    {
        for (long taken = 1; taken < 10; taken++)
        {
            using JournalBench bench = Booked();
            bench.Stop();
            JournalFile.Delete(bench.Options, Block + taken);
            Assert.Equal((8, $"ChainBroken {taken + 1}"), Walk(bench.Options, batch));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void should_list_every_damaged_record_and_go_on_behind_it(int batch)
    {
        using JournalBench bench = Booked();
        bench.Stop();
        foreach (long damaged in (long[])[1, 4, 5, 10]) JournalFile.Damage(bench.Options, Block + damaged);
        Assert.Equal((6, "Damaged 1, Damaged 4, Damaged 5, Damaged 10"), Walk(bench.Options, batch));
    }

    [Fact]
    public void should_find_a_record_that_was_exchanged_for_another_whole_one()
    {
        using JournalBench bench = Booked();
        JournalRecord record = bench.Records()[4];
        bench.Stop();
        record.QuantityShares++;
        RecordChecksum.Seal(ref record);
        JournalFile.Change(bench.Options, "executions", LmdbDatabaseOptions.IntegerKey,
            (transaction, table) => transaction.Put(table, record.Id, StructBytes.Of(ref record)));
        Assert.Equal((9, "ChainBroken 6"), Walk(bench.Options, 3));
    }

    [Fact]
    public void should_go_on_where_the_engine_purged_what_lay_ahead()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        for (long sequence = 1; sequence <= 10; sequence++) bench.Book(Executed(sequence, (ulong)sequence));
        bench.Book(Executed(1, 11, session: "S2"));
        using JournalReader reader = bench.Store.OpenReader();
        JournalRecord[] buffer = new JournalRecord[2];
        JournalWalk walk = new(reader);
        Assert.Equal(new JournalWalkBatch(2, JournalFault.None, 0), walk.Next(buffer));
        bench.WriteShipped(Block + 8);
        for (int i = 0; i < 4; i++)
        {
            bench.Time.MonotonicNs += 61_000_000_000;
            bench.Writer.DoWork();
        }

        Assert.Equal(8, bench.Counters.Read(Counter.JournalPurged));
        Assert.Equal(new JournalWalkBatch(2, JournalFault.None, 0), walk.Next(buffer));
        Assert.Equal(9UL, buffer[0].MatchNumber);
        Assert.Equal(new JournalWalkBatch(1, JournalFault.None, 0), walk.Next(buffer));
        Assert.Equal(new JournalWalkBatch(0, JournalFault.None, 0), walk.Next(buffer));
    }

    private static JournalBench Booked()
    {
        JournalBench bench = new();
        for (long sequence = 1; sequence <= 10; sequence++) bench.Publish(Executed(sequence, (ulong)sequence));
        bench.Writer.DoWork();
        return bench;
    }

    private static (int Good, string Faults) Walk(JournalOptions options, int batch)
    {
        JournalRecord[] buffer = new JournalRecord[batch];
        List<string> faults = [];
        int good = 0;
        using JournalReader reader = JournalReader.Open(options.Path);
        JournalWalk walk = new(reader);
        while (walk.Next(buffer) is { } step && (step.Count > 0 || step.Fault != JournalFault.None))
        {
            good += step.Count;
            if (step.Fault != JournalFault.None) faults.Add($"{step.Fault} {step.FaultId - Block}");
        }

        return (good, string.Join(", ", faults));
    }
}
