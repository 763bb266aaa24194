using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalStoreSpecs
{
    [Fact]
    public void should_refuse_to_open_a_journal_that_was_never_made()
    {
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(DefaultOptions()));
        Assert.Contains("marketmaker init", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_never_make_a_journal_over_another()
    {
        using JournalBench bench = new(start: false);
        Assert.Throws<JournalException>(() => JournalStore.Init(bench.Options));
    }

    [Fact]
    public void should_not_adopt_what_is_not_there_and_leave_nothing_behind()
    {
        JournalOptions options = DefaultOptions();
        Directory.CreateDirectory(options.Path);
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Adopt(options));
        Assert.Contains("there is no journal", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(options.Path));
        Directory.Delete(options.Path);
    }

    [Fact]
    public void should_refuse_a_second_engine()
    {
        using JournalBench bench = new();
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
        Assert.Contains("another engine holds the journal", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_to_start_without_ids_and_name_the_command()
    {
        JournalOptions options = DefaultOptions();
        JournalStore.Init(options);
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(options));
        Assert.Contains("mm-shipper lease --config", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(options.Path, recursive: true);
    }

    [Fact]
    public void should_refuse_the_journal_of_another_host_until_it_is_adopted_with_a_new_block()
    {
        using JournalBench bench = new(start: false);
        JournalOptions elsewhere = bench.Options with { HostId = "other-host" };
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(elsewhere));
        Assert.Contains("test-host", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("adopt", refusal.Message, StringComparison.Ordinal);

        JournalStore.Open(bench.Options).Dispose(); // takes the lease in
        JournalMeta adopted = JournalStore.Adopt(elsewhere);
        Assert.NotEqual(bench.Meta.Uuid, adopted.Uuid);
        Assert.Contains("ids left", Assert.Throws<JournalException>(() => JournalStore.Open(elsewhere)).Message, StringComparison.Ordinal);
        LeaseFile.Whole(8, "NODE1", adopted.Uuid).Write(elsewhere.Path);
        using JournalStore store = JournalStore.Open(elsewhere);
        Assert.Equal(TransactionId.IdsPerBlock - 1, store.IdsLeft);
    }

    [Fact]
    public void should_tell_a_run_that_ended_in_order_from_one_that_was_killed()
    {
        using JournalBench bench = new(start: false);
        using (JournalStore first = JournalStore.Open(bench.Options))
        {
            Assert.False(first.Recovered.WasKilled);
            first.MarkInUse();
        }

        using (JournalStore afterKill = JournalStore.Open(bench.Options))
        {
            Assert.True(afterKill.Recovered.WasKilled);
            afterKill.MarkInUse();
            afterKill.MarkIdle();
        }

        using JournalStore afterStop = JournalStore.Open(bench.Options);
        Assert.False(afterStop.Recovered.WasKilled);
    }

    [Fact]
    public void should_refuse_another_node_and_another_opening_cash()
    {
        using JournalBench bench = new(start: false);
        Assert.Contains("node NODE1", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options with { Node = "NODE2" })).Message, StringComparison.Ordinal);
        Assert.Contains("[capital]", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options with { OpeningCash = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_another_format()
    {
        using JournalBench bench = new(start: false);
        Change(bench.Options, "meta", LmdbDatabaseOptions.None, (transaction, table) => transaction.Put(table, "format"u8, "3"u8));
        Assert.Contains("format 3", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
        Assert.Contains("format 3", Assert.Throws<JournalException>(() => JournalReader.Open(bench.Options.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_file_that_is_no_database_or_cut_short()
    {
        using JournalBench bench = new();
        for (long sequence = 1; sequence <= 100; sequence++) bench.Publish(Executed(sequence, (ulong)sequence));
        bench.Writer.DoWork();
        bench.Stop();
        string file = Path.Combine(bench.Options.Path, "data.mdb");
        byte[] whole = File.ReadAllBytes(file);
        foreach (int length in new[] { whole.Length - 4096, whole.Length / 2, 8192, 100 })
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Contains("cannot be opened", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)'x', whole.Length)]);
        Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
        File.WriteAllBytes(file, whole);
        bench.Start();
        Assert.Equal(100, bench.Store.Recovered.Transactions);
    }

    [Fact]
    public void should_refuse_an_init_that_did_not_finish()
    {
        JournalOptions options = DefaultOptions();
        Directory.CreateDirectory(options.Path);
        LmdbEnvironment.OpenWrite(options.Path, options.MapBytes).Dispose();
        Assert.Contains("did not finish", Assert.Throws<JournalException>(() => JournalStore.Open(options)).Message, StringComparison.Ordinal);
        Directory.Delete(options.Path, recursive: true);
    }

    [Fact]
    public void should_find_every_flipped_byte_of_a_record()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 0xA1), Executed(2, 0xA2), Executed(3, 0xA3));
        JournalRecord second = bench.Records()[1];
        bench.Stop();
        string file = Path.Combine(bench.Options.Path, "data.mdb");
        byte[] whole = File.ReadAllBytes(file);
        int at = whole.AsSpan().IndexOf(StructBytes.Of(ref second));
        Assert.True(at > 0);
        for (int offset = 0; offset < JournalRecord.SizeBytes; offset += 5)
        {
            byte[] damaged = [.. whole];
            damaged[at + offset] ^= 0x10;
            File.WriteAllBytes(file, damaged);
            JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
            Assert.Contains($"record {second.Id} ", refusal.Message, StringComparison.Ordinal);

            using JournalReader reader = JournalReader.Open(bench.Options.Path);
            JournalRecord[] buffer = new JournalRecord[10];
            Assert.Equal(new JournalBatch(1, second.Id), reader.ReadAfter(0, buffer));
        }

        File.WriteAllBytes(file, whole);
        bench.Start();
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(119, true)]
    public void should_leave_old_records_of_a_large_journal_to_the_verifier_and_check_what_a_start_reads(int damagedRecord, bool isRefused)
    {
        using JournalBench bench = new();
        for (ulong match = 1; match <= 120; match++) bench.Book(Executed((long)match, match));
        bench.Writer.Flush();
        JournalRecord record = bench.Records()[damagedRecord];
        bench.Stop();
        string file = Path.Combine(bench.Options.Path, "data.mdb");
        byte[] bytes = File.ReadAllBytes(file);
        int last = bytes.AsSpan().LastIndexOf(StructBytes.Of(ref record));
        // Pages that are free by now may hold older copies of it.
        for (int at = bytes.AsSpan().IndexOf(StructBytes.Of(ref record)); at >= 0 && at <= last;)
        {
            bytes[at + 100] ^= 1;
            int next = bytes.AsSpan(at + 1).IndexOf(StructBytes.Of(ref record));
            at = next < 0 ? -1 : at + 1 + next;
        }

        File.WriteAllBytes(file, bytes);
        JournalOptions options = bench.Options with { CheckWholeBytesMax = 0, ExecutionsMax = 10 };
        if (isRefused) Assert.Throws<JournalException>(() => JournalStore.Open(options));
        else JournalStore.Open(options).Dispose();
        Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
    }

    [Fact]
    public void should_find_a_record_that_was_exchanged_for_another_whole_one()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1), Executed(2, 2), Executed(3, 3));
        JournalRecord second = bench.Records()[1];
        bench.Stop();
        second.QuantityShares++;
        RecordChecksum.Seal(ref second);
        Change(bench.Options, "executions", LmdbDatabaseOptions.IntegerKey,
            (transaction, table) => transaction.Put(table, second.Id, StructBytes.Of(ref second)));
        JournalException refusal = Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
        Assert.Contains($"record {second.Id + 1} ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_import_a_lease_once_and_delete_its_file()
    {
        using JournalBench bench = new();
        Assert.Empty(Directory.GetFiles(bench.Options.Path, LeaseFile.SearchPattern));
        bench.Book(Executed(1, 1));
        bench.Stop();
        // What a crash between import and deletion leaves behind.
        LeaseFile.Whole(7, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        bench.Start();
        Assert.Equal(TransactionId.IdsPerBlock - 2, bench.Store.IdsLeft);
        Assert.Empty(Directory.GetFiles(bench.Options.Path, LeaseFile.SearchPattern));
    }

    [Fact]
    public void should_refuse_a_damaged_lease_and_one_of_another_journal()
    {
        using JournalBench bench = new(start: false);
        string lease = Path.Combine(bench.Options.Path, "lease-7.lease");
        string whole = File.ReadAllText(lease);
        File.WriteAllText(lease, whole.Replace("block 7", "block 8", StringComparison.Ordinal));
        Assert.Contains("damaged", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
        File.WriteAllText(lease, whole[..^10]);
        Assert.Contains("damaged", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
        LeaseFile.Whole(7, "NODE1", Guid.NewGuid()).Write(bench.Options.Path);
        Assert.Contains("was taken for the journal", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_block_from_before_the_one_in_use()
    {
        using JournalBench bench = new();
        bench.Book(Executed(1, 1));
        bench.Stop();
        string lease = LeaseFile.Whole(6, "NODE1", bench.Meta.Uuid).Write(bench.Options.Path);
        Assert.Contains("before the block in use", Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options)).Message, StringComparison.Ordinal);
        File.Delete(lease);
        bench.Start();
    }

    private static void Change(JournalOptions options, string table, LmdbDatabaseOptions tableOptions, Func<LmdbTransaction, LmdbDatabase, LmdbStatus> change)
    {
        using LmdbEnvironment environment = LmdbEnvironment.OpenWrite(options.Path, options.MapBytes);
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction));
        Assert.Equal(LmdbStatus.Success, transaction.OpenDatabase(table, tableOptions, out LmdbDatabase database));
        Assert.Equal(LmdbStatus.Success, change(transaction, database));
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }
}
