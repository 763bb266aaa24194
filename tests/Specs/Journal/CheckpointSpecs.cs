using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class CheckpointSpecs
{
    [Fact]
    public void should_recover_the_sum_of_all_records_whatever_was_booked_killed_and_checkpointed()
    {
        for (int seed = 1; seed <= 25; seed++)
        {
            using JournalHistory history = new(seed);
            for (int step = 0; step < 60; step++)
            {
                history.Step();
                if (step % 7 == 0) history.CheckAgainstAllRecords();
            }
        }
    }

    [Fact]
    public void should_write_one_after_so_many_records_and_read_only_what_is_behind_it()
    {
        using JournalBench bench = new(DefaultOptions() with { CheckpointRecords = 3 });
        bench.Book(Executed(1, 1), Executed(2, 2));
        Assert.Equal(0, bench.Counters.Read(Counter.JournalCheckpoints));
        bench.Book(Executed(3, 3), Executed(4, 4));
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCheckpoints));
        bench.Book(Executed(5, 5));
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCheckpoints));
        using (JournalReader reader = bench.Store.OpenReader()) Assert.Equal(4, reader.NewestCheckpoint()!.Transactions);
        bench.Restart();
        Assert.Equal((5, 500), (bench.Store.Recovered.Transactions, bench.Store.Recovered.PositionOf(Symbol.Parse("AAPL"))));
    }

    [Fact]
    public void should_write_one_at_an_orderly_stop_and_none_when_nothing_came()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1));
        bench.Writer.Flush();
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCheckpoints));
        bench.Writer.Flush();
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCheckpoints));
        bench.Restart();
        bench.Writer.Flush();
        Assert.Equal(0, bench.Counters.Read(Counter.JournalCheckpoints));
    }

    [Fact]
    public void should_write_one_soon_after_a_start_that_had_much_to_read()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        bench.Stop();
        bench.Options = bench.Options with { CheckpointRecords = 3 };
        bench.Start();
        bench.Writer.DoWork();
        Assert.Equal(1, bench.Counters.Read(Counter.JournalCheckpoints));
    }

    [Fact]
    public void should_refuse_every_damaged_checkpoint_and_say_what_to_do()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2, ticker: 1));
        bench.Writer.Flush();
        bench.Stop();
        byte[] whole = JournalFile.Meta(bench.Options, "checkpoint");
        Assert.Equal(128 + (2 * 16), whole.Length);
        for (int at = 0; at < whole.Length; at += 3)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x04;
            CheckRefused(bench.Options, damaged);
        }

        foreach (int length in (int[])[1, 7, 127, 128, 159]) CheckRefused(bench.Options, whole[..length]);
        JournalFile.PutMeta(bench.Options, "checkpoint", whole);
        bench.Start();
    }

    [Fact]
    public void should_refuse_a_checkpoint_of_another_chain_of_records()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2));
        bench.Writer.Flush();
        bench.Stop();
        byte[] foreign = JournalFile.Meta(bench.Options, "checkpoint");
        using JournalBench other = new();
        other.Book(Executed(1, 9), Executed(2, 8));
        other.Stop();
        CheckRefused(other.Options, foreign);
        using JournalBench shorter = new();
        shorter.Book(Executed(1, 1));
        shorter.Stop();
        CheckRefused(shorter.Options, foreign);
    }

    [Fact]
    public void should_find_a_flipped_byte_of_a_record_behind_the_checkpoint()
    {
        using JournalBench bench = new(DefaultOptions() with { CheckpointRecords = 2 });
        bench.Book(Executed(1, 1), Executed(2, 2));
        bench.Book(Executed(3, 3));
        long id = bench.Records()[2].Id;
        bench.Stop();
        JournalFile.Damage(bench.Options, id);
        Assert.Contains($"record {id} ", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_load_only_the_newest_executions_of_the_session_oldest_first()
    {
        using JournalBench bench = new(DefaultOptions() with { ExecutionsMax = 3 });
        bench.Book(Executed(1, 100, session: "S0"), Executed(1, 1), Executed(2, 2), Executed(3, 3), Executed(4, 4), Executed(5, 5));
        ResponseEvent broken = Executed(6, 4);
        broken.Kind = ResponseKind.Broken;
        bench.Book(broken);
        bench.Restart();
        Assert.Equal([2UL, 3UL, 5UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
        bench.Options = bench.Options with { ExecutionsMax = 100 };
        bench.Restart();
        Assert.Equal([1UL, 2UL, 3UL, 5UL], bench.Store.Recovered.Executions.Select(execution => execution.MatchNumber));
    }

    [Fact]
    public void should_allocate_nothing_for_checkpoints_and_purges()
    {
        using JournalBench bench = new(DefaultOptions() with { CheckpointRecords = 10, RetentionDays = 0 });
        long sequence = 0;
        BookAndPurge(20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BookAndPurge(20);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(bench.Counters.Read(Counter.JournalCheckpoints) > 20);
        Assert.True(bench.Counters.Read(Counter.JournalPurged) >= 100);

        void BookAndPurge(int turns)
        {
            for (int turn = 0; turn < turns; turn++)
            {
                for (int i = 0; i < 10; i++) bench.Publish(sequence++ < 200 ? Early(sequence) : Late(sequence));
                bench.Writer.DoWork();
                bench.WriteShipped((7L << 32) + 100);
                bench.Time.MonotonicNs += 61_000_000_000;
                bench.Writer.DoWork();
            }
        }
    }

    private static readonly ResponseEvent EarlyEvent = Executed(1, 1, session: "S1");
    private static readonly ResponseEvent LateEvent = Executed(1, 1, session: "S2");

    private static ResponseEvent Early(long sequence) => EarlyEvent with { VenueSequence = sequence, ReplayFrom = sequence + 1, MatchNumber = (ulong)sequence };

    private static ResponseEvent Late(long sequence) => LateEvent with { VenueSequence = sequence, ReplayFrom = sequence + 1, MatchNumber = (ulong)sequence };

    private static void CheckRefused(JournalOptions options, byte[] checkpoint)
    {
        JournalFile.PutMeta(options, "checkpoint", checkpoint);
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(options));
        Assert.Contains("checkpoint is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("mm-shipper restore", refusal.Message, StringComparison.Ordinal);
    }
}
