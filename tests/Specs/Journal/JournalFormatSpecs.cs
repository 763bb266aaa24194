using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Tests.Golden.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class JournalFormatSpecs : IDisposable
{
    private readonly JournalOptions _options = DefaultOptions();

    public JournalFormatSpecs()
    {
        Directory.CreateDirectory(_options.Path);
        File.WriteAllBytes(Path.Combine(_options.Path, "data.mdb"), GoldenJournals.Format1());
    }

    [Fact]
    public void should_read_a_journal_of_format_1_as_it_is()
    {
        byte[] before = File.ReadAllBytes(Path.Combine(_options.Path, "data.mdb"));
        using (JournalReader reader = JournalReader.Open(_options.Path))
        {
            Assert.Equal(1, reader.Meta.Format);
            CheckRecords(reader);
        }

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_options.Path, "data.mdb")));
    }

    [Fact]
    public void should_upgrade_a_journal_of_format_1_and_keep_all_it_says()
    {
        for (int start = 0; start < 2; start++)
        {
            using JournalStore store = JournalStore.Open(_options);
            Assert.Equal(JournalMeta.CurrentFormat, store.Meta.Format);
            RecoveredState state = store.Recovered;
            Assert.Equal(OpeningCash - (7 * 12_3400L) - (100 * 50_0000L) + (40 * 60_0000L), state.Cash);
            Assert.Equal((60, 7), (state.PositionOf(Symbol.Parse("AAPL")), state.PositionOf(Symbol.Parse("MSFT"))));
            Assert.Equal(("S2", 5L, 4L, 20250616), (state.Session.ToString(), state.BookedThrough, state.ReplayFrom, state.TradingDate));
            Assert.Equal((5L, (7L << 32) + 5, true), (state.Transactions, state.LastId, state.WasKilled));
            Assert.Equal(TransactionId.IdsPerBlock - 6, store.IdsLeft);
            using JournalReader reader = store.OpenReader();
            Assert.Equal(JournalMeta.CurrentFormat, reader.Meta.Format);
            CheckRecords(reader);
        }
    }

    [Fact]
    public void should_upgrade_while_adopting()
    {
        JournalMeta adopted = JournalStore.Adopt(_options with { HostId = "other-host" });
        Assert.Equal(JournalMeta.CurrentFormat, adopted.Format);
        Assert.Equal(adopted, JournalReader.ReadMeta(_options.Path));
    }

    [Fact]
    public void should_change_nothing_in_the_journal_of_another_host()
    {
        Assert.Throws<JournalException>(() => JournalStore.Open(_options with { HostId = "other-host" }));
        Assert.Equal(1, JournalReader.ReadMeta(_options.Path).Format);
    }

    [Fact]
    public void should_find_the_new_tables_in_an_upgraded_journal_empty()
    {
        JournalStore.Open(_options).Dispose();
        using LmdbEnvironment environment = LmdbEnvironment.OpenRead(_options.Path);
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginRead(environment, out LmdbTransaction transaction));
        foreach (string name in (string[])["quarantine", "intents", "restored"])
        {
            Assert.Equal(LmdbStatus.Success, transaction.OpenDatabase(name, LmdbDatabaseOptions.IntegerKey, out LmdbDatabase table));
            Assert.Equal(0, transaction.Count(table));
        }

        transaction.Abort();
    }

    public void Dispose() => Directory.Delete(_options.Path, recursive: true);

    private static void CheckRecords(JournalReader reader)
    {
        JournalRecord[] records = new JournalRecord[10];
        Assert.Equal(new JournalBatch(5, 0), reader.ReadAfter(0, records));
        Assert.Equal([11UL, 12UL, 11UL, 21UL, 22UL], records[..5].Select(record => record.MatchNumber));
        Assert.Equal([2L, 4L, 5L, 2L, 3L], records[..5].Select(record => record.VenueSequence));
        Assert.Equal(["S1", "S1", "S1", "S2", "S2"], records[..5].Select(record => record.Session.ToString()));
        Assert.Equal([50_0000, 12_3400, 50_0000, 50_0000, 60_0000], records[..5].Select(record => record.Price));
        Assert.Equal([1, 1, 2, 1, 1], records[..5].Select(record => (int)record.Kind));
        Assert.Equal("BBBBS", string.Concat(records[..5].Select(record => (char)record.Side)));
    }
}
