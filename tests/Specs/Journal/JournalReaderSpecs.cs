using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalReaderSpecs
{
    [Fact]
    public void should_page_through_the_journal_in_order()
    {
        using JournalBench bench = new();
        for (long sequence = 1; sequence <= 25; sequence++) bench.Publish(Executed(sequence, (ulong)sequence));
        bench.Writer.DoWork();
        using JournalReader reader = bench.Store.OpenReader();
        JournalRecord[] buffer = new JournalRecord[10];
        List<ulong> matches = [];
        long last = 0;
        int[] counts = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            JournalBatch batch = reader.ReadAfter(last, buffer);
            foreach (JournalRecord record in buffer.AsSpan(0, batch.Count)) matches.Add(record.MatchNumber);
            if (batch.Count > 0) last = buffer[batch.Count - 1].Id;
            return batch.Count;
        })];
        Assert.Equal([10, 10, 5, 0], counts);
        Assert.Equal(Enumerable.Range(1, 25).Select(n => (ulong)n), matches);
        Assert.Equal((last, 25), reader.Extent());
    }

    [Fact]
    public void should_see_what_was_committed_since_the_last_look()
    {
        using JournalBench bench = new();
        using JournalReader reader = bench.Store.OpenReader();
        JournalRecord[] buffer = new JournalRecord[10];
        Assert.Equal(0, reader.ReadAfter(0, buffer).Count);
        Assert.Equal((0, 0), reader.Extent());
        bench.Book(Executed(1, 1));
        Assert.Equal(1, reader.ReadAfter(0, buffer).Count);
        bench.Book(Executed(2, 2));
        Assert.Equal(1, reader.ReadAfter(buffer[0].Id, buffer).Count);
        Assert.Equal(2UL, buffer[0].MatchNumber);
    }

    [Fact]
    public void should_not_let_the_file_grow_between_its_looks()
    {
        using JournalBench bench = new();
        using JournalReader reader = bench.Store.OpenReader();
        JournalRecord[] buffer = new JournalRecord[10];
        reader.ReadAfter(0, buffer);
        long sequence = 0;
        for (int i = 0; i < 20; i++) bench.Book(Executed(++sequence, (ulong)sequence));
        long used = bench.Counters.Read(Counter.JournalUsedBytes);
        for (int i = 0; i < 100; i++)
        {
            bench.Book(Executed(++sequence, (ulong)sequence));
            reader.ReadAfter(0, buffer);
        }

        // A hundred records are 25 KB; a held snapshot would cost some 2 MB.
        Assert.InRange(bench.Counters.Read(Counter.JournalUsedBytes) - used, 0, 200_000);
    }

    [Fact]
    public void should_tell_who_the_journal_belongs_to()
    {
        using JournalBench bench = new(start: false);
        JournalMeta meta = JournalReader.ReadMeta(bench.Options.Path);
        Assert.Equal(bench.Meta, meta);
        Assert.Equal(("NODE1", "test-host", OpeningCash, JournalMeta.CurrentFormat), (meta.Node, meta.HostId, meta.OpeningCash, meta.Format));
    }
}
