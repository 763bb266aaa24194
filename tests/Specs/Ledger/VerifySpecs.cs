using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Ledger.Verification;
using MarketMaker.Tests.Specs.Journal;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class VerifySpecs
{
    [Fact]
    public void should_find_nothing_wrong_with_what_the_engine_wrote()
    {
        using JournalBench bench = new();
        for (int i = 1; i <= 9000; i++) bench.Publish(JournalBench.Executed(i, (ulong)i));
        while (bench.Writer.DoWork() > 0) { }
        ResponseEvent broken = JournalBench.Executed(9001, 17);
        broken.Kind = ResponseKind.Broken;
        bench.Book(broken);
        using JournalReader reader = bench.Store.OpenReader();
        VerifyResult result = new JournalVerifier(reader, (id, problem) => Assert.Fail($"{id} {problem}")).Run();
        Assert.Equal(new VerifyResult(9001, 0, Id(9001), 0, JournalBench.OpeningCash - 8999 * 100 * 50_0000L), result);
    }

    [Fact]
    public void should_find_a_flipped_bit_in_every_byte_of_a_record()
    {
        using LedgerBench bench = new(Chain(Executions(3)));
        for (int offset = 0; offset < JournalRecord.SizeBytes; offset++)
        {
            bench.Damage(Id(2), bytes => bytes[offset] ^= 0x04);
            Assert.Equal(Id(2), Assert.Single(bench.Verify().Problems).Id);
            bench.Damage(Id(2), bytes => bytes[offset] ^= 0x04);
        }

        Assert.Empty(bench.Verify().Problems);
    }

    [Fact]
    public void should_name_every_damaged_record_and_count_the_rest()
    {
        using LedgerBench bench = new(Chain(Executions(10_000)));
        int[] damaged = [1, 2, 4096, 4097, 5000, 9999, 10_000];
        foreach (int counter in damaged) bench.Damage(Id(counter), bytes => bytes[100] ^= 1);
        (List<(long Id, string Problem)> problems, VerifyResult result) = bench.Verify();
        Assert.Equal(damaged.Select(Id), problems.Select(problem => problem.Id));
        Assert.Equal((10_000 - damaged.Length, damaged.Length), (result.Records, result.Problems));
    }

    [Fact]
    public void should_find_a_record_of_another_length_or_under_another_id()
    {
        JournalRecord[] records = Chain(Executions(4));
        using LedgerBench bench = new(records);
        bench.Put([records[2] with { Id = Id(2) }]);
        Assert.Equal(Id(2), Assert.Single(bench.Verify().Problems).Id);
    }

    [Fact]
    public void should_find_a_removed_record_by_its_id()
    {
        JournalRecord[] records = Chain(Executions(5));
        using LedgerBench bench = new(records.Where((_, i) => i != 2));
        Assert.Equal((Id(4), $"follows {Id(2)}: 1 ids are missing between them"), Assert.Single(bench.Verify().Problems));
    }

    [Fact]
    public void should_find_a_removed_record_by_the_chain_where_ids_have_a_gap_by_rights()
    {
        JournalRecord[] records = Executions(4);
        // A new block begins: its ids need not follow those of the last.
        records[3].Id = TransactionId.Of(9, 1);
        Chain(records);
        using LedgerBench bench = new(records.Where((_, i) => i != 2));
        Assert.Contains("taken out or exchanged", Assert.Single(bench.Verify().Problems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void should_find_a_record_that_was_exchanged_for_another_whole_one()
    {
        JournalRecord[] records = Chain(Executions(5));
        JournalRecord forged = records[2] with { Price = 1 };
        RecordChecksum.Seal(ref forged);
        records[2] = forged;
        using LedgerBench bench = new(records);
        Assert.Equal(Id(4), Assert.Single(bench.Verify().Problems).Id);
    }

    [Fact]
    public void should_find_an_execution_or_a_message_booked_twice()
    {
        JournalRecord[] records = Executions(6);
        records[3].MatchNumber = records[0].MatchNumber;
        records[4].VenueSequence = records[2].VenueSequence;
        // The same numbers in another session are other executions.
        records[5] = Fill(6, session: "S2") with { MatchNumber = records[0].MatchNumber, VenueSequence = records[0].VenueSequence };
        using LedgerBench bench = new(Chain(records));
        List<(long Id, string Problem)> problems = bench.Verify().Problems;
        Assert.Equal([Id(4), Id(5)], problems.Select(problem => problem.Id));
        Assert.Contains("the execution of match 10 of the session S1 a second time", problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("the message 9 of the session S1 a second time", problems[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void should_let_a_break_repeat_the_match_of_its_execution_but_not_of_another_break()
    {
        JournalRecord first = Fill(1);
        using LedgerBench good = new(Chain(first, BreakOf(first, 2)));
        Assert.Empty(good.Verify().Problems);
        using LedgerBench bad = new(Chain(first, BreakOf(first, 2), BreakOf(first, 3)));
        Assert.Equal(Id(3), Assert.Single(bad.Verify().Problems).Id);
    }

    [Theory]
    [InlineData(0, 'B', 1, 0, "unknown kind")]
    [InlineData(9, 'B', 1, 0, "unknown kind")]
    [InlineData(1, 'X', 1, 0, "unknown side")]
    [InlineData(1, 'B', 0, 0, "0 shares")]
    [InlineData(2, 'S', 1, -1, "at -1")]
    [InlineData(3, 'S', 1, 0, "unknown reason")]
    public void should_find_impossible_content(int kind, char side, int shares, int price, string said)
    {
        JournalRecord record = Fill(1) with { Kind = (JournalRecordKind)kind, Side = (Side)side, QuantityShares = shares, Price = price };
        using LedgerBench bench = new(Chain(record));
        Assert.Contains(said, Assert.Single(bench.Verify().Problems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void should_verify_a_journal_while_its_engine_writes_it()
    {
        using JournalBench bench = new();
        bench.Book([.. Enumerable.Range(1, 100).Select(i => JournalBench.Executed(i, (ulong)i))]);
        using JournalReader reader = bench.Store.OpenReader();
        int sequence = 100;
        VerifyResult result = new JournalVerifier(reader, (id, problem) => Assert.Fail($"{id} {problem}")).Run(_ => bench.Book(JournalBench.Executed(++sequence, (ulong)sequence)));
        Assert.InRange(result.Records, 100, sequence);
    }

    [Fact]
    public void should_agree_with_the_checkpoint_that_the_engine_wrote()
    {
        using JournalBench bench = new(JournalBench.DefaultOptions() with { CheckpointRecords = 10 });
        for (int i = 1; i <= 35; i++) bench.Book(JournalBench.Executed(i, (ulong)i));
        using JournalReader reader = bench.Store.OpenReader();
        Assert.NotEqual(0, reader.NewestCheckpoint()!.LastId);
        VerifyResult result = new JournalVerifier(reader, (id, problem) => Assert.Fail($"{id} {problem}")).Run();
        Assert.Equal((35, 0), (result.Records, result.Problems));
    }

    [Fact]
    public void should_find_a_record_that_the_checkpoint_does_not_agree_with_though_the_chain_was_made_anew()
    {
        using JournalBench bench = new(JournalBench.DefaultOptions() with { CheckpointRecords = 10 });
        for (int i = 1; i <= 10; i++) bench.Book(JournalBench.Executed(i, (ulong)i));
        JournalRecord[] records = [.. bench.Records()];
        bench.Stop();
        records[4].Price++;
        Chain(records);
        Forge(bench.Options, records);
        using JournalReader reader = JournalReader.Open(bench.Options.Path);
        List<string> problems = [];
        new JournalVerifier(reader, (_, problem) => problems.Add(problem)).Run();
        Assert.Contains("checkpoint", Assert.Single(problems), StringComparison.Ordinal);
    }
}
