using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;
using MarketMaker.Platform.Threads;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class PurgeSpecs
{
    private const long NsPerDay = 86_400_000_000_000;
    private const long Block = 7L << 32;

    [Fact]
    public void should_purge_only_what_is_shipped_and_old_and_of_an_earlier_session()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        bench.Time.WallClockNs += 20 * NsPerDay;
        bench.Book(Executed(4, 4));
        bench.Book(Executed(1, 5, session: "S2"));
        Wait(bench);
        Assert.Equal(5, bench.Records().Count);
        bench.WriteShipped(Block + 2);
        Wait(bench);
        Assert.Equal(5, bench.Records().Count);
        // Now the first three are old, and two of them shipped.
        bench.Time.WallClockNs += 10 * NsPerDay;
        Wait(bench);
        Assert.Equal([3UL, 4UL, 5UL], Matches(bench));
        bench.WriteShipped(Block + 5);
        Wait(bench);
        Assert.Equal([4UL, 5UL], Matches(bench));
        // Old and shipped, but of the session at hand.
        bench.Time.WallClockNs += 100 * NsPerDay;
        Wait(bench);
        Assert.Equal([5UL], Matches(bench));
        Assert.Equal(4, bench.Counters.Read(Counter.JournalPurged));
        Assert.Equal(0, bench.Counters.Read(Counter.JournalShippedMarksUnusable));
    }

    [Fact]
    public void should_recover_the_same_after_a_purge_and_go_on_in_the_same_chain()
    {
        using JournalBench bench = Purged(keep: 2);
        (long cash, long position) = (bench.Writer.Cash, bench.Writer.PositionShares(0));
        bench.Restart();
        RecoveredState state = bench.Store.Recovered;
        Assert.Equal((cash, position, 11), (state.Cash, state.PositionOf(Symbol.Parse("AAPL")), state.Transactions));
        Assert.Equal(11, bench.Counters.Read(Counter.JournalBooked));
        bench.Book(Executed(2, 12, session: "S2"));
        bench.Restart();
        Assert.Equal(12, bench.Store.Recovered.Transactions);
        using JournalReader reader = bench.Store.OpenReader();
        Assert.Equal((Block + 9, 9), (reader.Purged().LastId, reader.Purged().Records));
        JournalWalk walk = new(reader);
        Assert.Equal(new JournalWalkBatch(3, JournalFault.None, 0), walk.Next(new JournalRecord[10]));
    }

    [Fact]
    public void should_purge_a_journal_to_nothing_and_start_from_its_checkpoint()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        bench.Book(Executed(1, 1), Executed(2, 2));
        bench.Book(Message(1, session: "S2"));
        bench.WriteShipped(Block + 2);
        Wait(bench);
        Assert.Empty(bench.Records());
        bench.Restart();
        Assert.Equal((200, 2, Block + 2), (bench.Store.Recovered.PositionOf(Symbol.Parse("AAPL")), bench.Store.Recovered.Transactions, bench.Store.Recovered.LastId));
        bench.Book(Executed(2, 3, session: "S2"));
        bench.Restart();
        Assert.Equal((300, 3), (bench.Store.Recovered.PositionOf(Symbol.Parse("AAPL")), bench.Store.Recovered.Transactions));
        Assert.Equal(Block + 3, Assert.Single(bench.Records()).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-5\n")]
    [InlineData("0\n")]
    [InlineData("30064771074")] // no line feed: a half-written file
    [InlineData("30064771074 \n")]
    [InlineData("30064771074\nmore")]
    [InlineData("99999999999999999999\n")]
    [InlineData("30064771084\n")] // the block's counter 12: a record that was never booked
    [InlineData("2\n")] // below the last, and no record of this journal
    public void should_purge_nothing_for_a_mark_that_names_no_record_of_the_journal(string mark)
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        for (long sequence = 1; sequence <= 10; sequence++) bench.Book(Executed(sequence, (ulong)sequence));
        bench.Book(Executed(1, 11, session: "S2"));
        File.WriteAllText(Path.Combine(bench.Options.Path, $"shipped.{bench.Meta.Uuid:D}"), mark);
        Wait(bench);
        Wait(bench);
        Assert.Equal(11, bench.Records().Count);
        Assert.True(bench.Counters.Read(Counter.JournalShippedMarksUnusable) >= 2);
        Assert.Equal([LogMessage.BlockImported, LogMessage.ShippedMarkRefused], bench.Lines());
        bench.WriteShipped(Block + 1);
        Wait(bench);
        Assert.Equal(10, bench.Records().Count);
    }

    [Fact]
    public void should_purge_nothing_by_a_mark_that_was_taken_back()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3), Executed(1, 4, session: "S2"));
        bench.WriteShipped(Block + 3);
        Wait(bench);
        File.Delete(Path.Combine(bench.Options.Path, $"shipped.{bench.Meta.Uuid:D}"));
        bench.Time.WallClockNs += 31 * NsPerDay;
        Wait(bench);
        Wait(bench);
        Assert.Equal(4, bench.Records().Count);
        Assert.Equal(0, bench.Counters.Read(Counter.JournalShippedMarksUnusable));
        bench.WriteShipped(Block + 2);
        Wait(bench);
        Assert.Equal([3UL, 4UL], Matches(bench));
    }

    [Fact]
    public void should_look_at_the_mark_before_each_bite()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0, MapBytes = 128 * JournalOptions.MebiByte });
        for (long sequence = 1; sequence <= 5_000; sequence++) bench.Publish(Executed(sequence, (ulong)sequence, quantity: 1, price: 1));
        bench.Publish(Executed(1, 5_001, session: "S2"));
        while (bench.Writer.DoWork() > 0) { }
        bench.Writer.Flush();
        bench.WriteShipped(Block + 5_000);
        bench.Time.MonotonicNs += 61_000_000_000;
        bench.Writer.DoWork();
        bench.WriteShipped(Block + 2_010);
        for (int i = 0; i < 3; i++)
        {
            bench.Time.MonotonicNs += 25_000_000;
            bench.Writer.DoWork();
        }

        Assert.Equal(2_010, bench.Counters.Read(Counter.JournalPurged));
    }

    [Fact]
    public void should_not_look_at_the_mark_of_another_journal()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        bench.Book(Executed(1, 1), Executed(1, 2, session: "S2"));
        File.WriteAllText(Path.Combine(bench.Options.Path, $"shipped.{Guid.NewGuid():D}"), $"{Block + 1}\n");
        Wait(bench);
        Assert.Equal(2, bench.Records().Count);
    }

    [Fact]
    public void should_find_a_beginning_that_was_cut_off()
    {
        using JournalBench bench = Purged(keep: 3);
        long first = bench.Records()[0].Id;
        bench.Writer.Flush();
        bench.Stop();
        JournalFile.Delete(bench.Options, first);
        Assert.Contains($"record {first + 1} ", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_journal_that_is_purged_beyond_its_checkpoint()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        bench.Book(Executed(1, 1));
        bench.Writer.Flush();
        bench.Stop();
        byte[] early = JournalFile.Meta(bench.Options, "checkpoint");
        bench.Start();
        bench.Book(Executed(2, 2), Executed(1, 3, session: "S2"));
        bench.WriteShipped(Block + 2);
        Wait(bench);
        bench.Stop();
        JournalFile.PutMeta(bench.Options, "checkpoint", early);
        Assert.Contains("purged up to", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_keep_a_damaged_record_and_what_follows_as_evidence()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        for (long sequence = 1; sequence <= 5; sequence++) bench.Book(Executed(sequence, (ulong)sequence));
        bench.Book(Executed(1, 11, session: "S2"));
        bench.Writer.Flush();
        bench.Stop();
        JournalFile.Damage(bench.Options, Block + 3);
        bench.Start();
        bench.WriteShipped(Block + 5);
        Wait(bench);
        using JournalReader reader = bench.Store.OpenReader();
        Assert.Equal((Block + 6, 4), reader.Extent());
    }

    [Fact]
    public void should_purge_in_small_bites_and_seldom_while_there_is_much_to_book()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0, MapBytes = 128 * JournalOptions.MebiByte });
        for (long sequence = 1; sequence <= 9_000; sequence++) bench.Publish(Executed(sequence, (ulong)sequence, quantity: 1, price: 1));
        bench.Publish(Executed(1, 9_001, session: "S2"));
        while (bench.Writer.DoWork() > 0) { }
        bench.Writer.Flush();
        bench.WriteShipped(Block + 9_000);
        bench.Time.MonotonicNs += 61_000_000_000;
        bench.Writer.DoWork();
        Assert.Equal(2_000, bench.Counters.Read(Counter.JournalPurged));
        bench.Writer.DoWork();
        Assert.Equal(2_000, bench.Counters.Read(Counter.JournalPurged));
        bench.Time.MonotonicNs += 20_000_000;
        bench.Writer.DoWork();
        Assert.Equal(4_000, bench.Counters.Read(Counter.JournalPurged));
        bench.Time.MonotonicNs += 20_000_000;
        bench.Book(Executed(2, 9_002, session: "S2"));
        Assert.Equal(4_000, bench.Counters.Read(Counter.JournalPurged));
        bench.Time.MonotonicNs += 180_000_000;
        bench.Book(Executed(3, 9_003, session: "S2"));
        Assert.Equal(6_000, bench.Counters.Read(Counter.JournalPurged));
    }

    [Fact]
    public void should_use_the_pages_of_purged_records_again()
    {
        using JournalBench bench = new(DefaultOptions() with { RetentionDays = 0, CheckpointRecords = 500 });
        long used = 0;
        for (int day = 1; day <= 40; day++)
        {
            for (long sequence = 1; sequence <= 1_000; sequence++) bench.Publish(Executed(sequence, (ulong)((day * 1_000) + sequence), quantity: 1, price: 1, session: $"S{day}"));
            bench.Writer.DoWork();
            bench.WriteShipped(Block + (day * 1_000));
            Wait(bench);
            if (day == 10) used = bench.Counters.Read(Counter.JournalUsedBytes);
        }

        // Thirty more days are 7.7 MB of records.
        Assert.InRange(bench.Counters.Read(Counter.JournalUsedBytes), 1, used + 1_000_000);
    }

    [Fact]
    public void should_prove_the_old_pages_of_a_large_journal_piece_by_piece_and_then_purge()
    {
        using JournalBench bench = Large();
        bench.WriteShipped(Block + 5_000);
        Wait(bench);
        // Three pieces, and the first bite.
        Assert.Equal(2_000, bench.Counters.Read(Counter.JournalPurged));
        Wait(bench);
        Assert.Equal([.. Enumerable.Range(5_001, 1_002).Select(match => (ulong)match)], Matches(bench));
    }

    [Fact]
    public void should_not_look_at_the_old_pages_of_a_large_journal_while_nothing_is_to_be_purged()
    {
        using JournalBench bench = Large(retentionDays: 30, damageAt: page => page + 20);
        bench.WriteShipped(Block + 5_000);
        for (int i = 0; i < 5; i++) Wait(bench);
        Assert.Equal(0, bench.Counters.Read(Counter.JournalPurged));
        bench.Time.WallClockNs += 30 * NsPerDay;
        Assert.Throws<JournalFailedException>(() => Wait(bench));
    }

    [Theory]
    [InlineData(0)] // the page's number
    [InlineData(20)] // its bounds
    [InlineData(25)] // where a row begins
    [InlineData(4_000)] // in a row
    public void should_stop_the_engine_before_it_purges_beside_a_damaged_page(int offset)
    {
        using JournalBench bench = Large(damageAt: page => page + offset);
        // What is shipped lies before the damaged page.
        bench.WriteShipped(Block + 100);
        JournalFailedException failure = Assert.Throws<JournalFailedException>(() => Wait(bench));
        Assert.Equal(LmdbStatus.Corrupted, failure.Status);
        Assert.Contains("page ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(StopReasons.JournalFailed, bench.Gate.Look().Sends & StopReasons.JournalFailed);
        Assert.Equal(0, bench.Counters.Read(Counter.JournalPurged));
        Assert.Throws<JournalFailedException>(() => bench.Writer.DoWork());
    }

    /// <summary>A journal of 6,002 records whose first 5,992 are not proven at the open; a byte on the page of the 4,000th may be changed.</summary>
    private static JournalBench Large(int retentionDays = 0, Func<int, int>? damageAt = null)
    {
        JournalBench bench = new(DefaultOptions() with { RetentionDays = retentionDays });
        for (long sequence = 1; sequence <= 6_001; sequence++) bench.Publish(Executed(sequence, (ulong)sequence, quantity: 1, price: 1));
        while (bench.Writer.DoWork() > 0) { }
        bench.Book(Executed(1, 6_002, session: "S2"));
        bench.Writer.Flush();
        JournalRecord old = bench.Records()[3_999];
        bench.Stop();
        if (damageAt is not null)
        {
            string file = Path.Combine(bench.Options.Path, "data.mdb");
            byte[] bytes = File.ReadAllBytes(file);
            // Each page was written once, since all of them were filled in one go.
            int at = bytes.AsSpan().IndexOf(StructBytes.Of(ref old));
            Assert.Equal(-1, bytes.AsSpan(at + 1).IndexOf(StructBytes.Of(ref old)));
            bytes[damageAt(at / Environment.SystemPageSize * Environment.SystemPageSize)] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        bench.Options = bench.Options with { CheckWholeBytesMax = 0, ExecutionsMax = 10 };
        bench.Start();
        return bench;
    }

    private static JournalBench Purged(int keep)
    {
        JournalBench bench = new(DefaultOptions() with { RetentionDays = 0 });
        for (long sequence = 1; sequence <= 10; sequence++) bench.Book(Executed(sequence, (ulong)sequence, price: (int)sequence * 1000));
        bench.Book(Executed(1, 11, session: "S2"));
        bench.WriteShipped(Block + 11 - keep);
        Wait(bench);
        Assert.Equal(keep, bench.Records().Count);
        return bench;
    }

    // A look, the checkpoint it may need, and the deletion.
    private static void Wait(JournalBench bench)
    {
        bench.Time.MonotonicNs += 61_000_000_000;
        for (int i = 0; i < 4; i++)
        {
            bench.Writer.DoWork();
            bench.Time.MonotonicNs += 25_000_000;
        }
    }

    private static IEnumerable<ulong> Matches(JournalBench bench) => bench.Records().Select(record => record.MatchNumber);
}
