using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A journal is lost, and a new one goes on from what the ledger knows.</summary>
public sealed class LostJournalSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_lose_and_double_nothing_when_the_journal_is_lost_and_the_venue_replays(bool isPostgres)
    {
        string folder = Directory.CreateTempSubdirectory("mm-lost-").FullName;
        Func<LedgerDialect> ledger = isPostgres ? PostgresSchema.New(server) : () => new SqliteDialect(Path.Combine(folder, "ledger.db"));
        using ShippingBench reference = new(ledger);
        using (ShippingBench lost = new(ledger))
        {
            lost.Book(1, 40);
            lost.Journal.Book(Break(41, 7));
            lost.ShipOnce();
            // What was booked and not shipped is lost with the journal; only the venue still knows it.
            lost.Book(42, 50);
        }

        RestoreFile file = Restore(ledger);
        Assert.Equal((41, 39, 20250616), (file.BookedThrough, file.Executions.Count, file.TradingDate));
        JournalOptions options = JournalBench.DefaultOptions();
        using (JournalBench renewed = new(options, LeaseFile.Whole(8, "NODE1", Guid.Empty), from: file))
        {
            // The venue replays the whole session.
            for (long sequence = 1; sequence <= 50; sequence++) renewed.Publish(sequence == 41 ? Break(41, 7) : ShippingBench.Execution(sequence));
            renewed.Publish(Break(51, 8));
            renewed.Writer.DoWork();
            using JournalReader reader = renewed.Store.OpenReader();
            using LedgerDatabase database = new(ledger());
            ShipperOptions shipper = reference.Options with { JournalPath = options.Path, Once = true };
            Assert.Equal(ShippingEnd.Complete, new ShippingLoop(shipper, reader, database, reference.Log).Run(CancellationToken.None));
        }

        for (long sequence = 1; sequence <= 50; sequence++) reference.Journal.Publish(sequence == 41 ? Break(41, 7) : ShippingBench.Execution(sequence));
        reference.Journal.Publish(Break(51, 8));
        reference.Journal.Writer.DoWork();
        Assert.Equal(Facts(reference.Journal), reference.Query("select venue_sequence, match_number, quantity from transactions order by venue_sequence").Select(row => $"{row[0]} {row[1]} {row[2]}"));
        // Lost a second time: both journals are one history.
        reference.Journal.Restart();
        RestoreFile again = Restore(ledger);
        RecoveredState whole = reference.Journal.Store.Recovered;
        Assert.Equal((whole.Cash, whole.Transactions), (again.Cash, again.Transactions));
        Assert.Equal(whole.PositionsShares.Where(position => position.Value != 0).OrderBy(position => position.Key), again.PositionsShares.OrderBy(position => position.Key));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void should_refuse_to_restore_what_the_ledger_does_not_know()
    {
        using ShippingBench bench = new();
        Assert.Contains("opening cash", Assert.Throws<RestoreException>(() => Restore(bench.Dialect)).Message, StringComparison.Ordinal);
        bench.ShipOnce();
        Assert.Contains("nothing to restore", Assert.Throws<RestoreException>(() => Restore(bench.Dialect)).Message, StringComparison.Ordinal);
        bench.Book(1, 3);
        bench.ShipOnce();
        bench.Query("insert into journals (journal, node, opening_cash, created_at) values ('x', 'NODE1', '5.0000', '')");
        Assert.Contains("not one history", Assert.Throws<RestoreException>(() => Restore(bench.Dialect)).Message, StringComparison.Ordinal);
    }

    private static RestoreFile Restore(Func<LedgerDialect> ledger)
    {
        using LedgerDialect dialect = ledger();
        using System.Data.Common.DbConnection connection = dialect.Connect();
        return new NodeHistory(dialect, connection, "NODE1").Read(openingCash: null, TimeSpan.FromHours(-4), executionsMax: 1000);
    }

    private static ResponseEvent Break(long sequence, long match) => ShippingBench.Execution(match) with { Kind = ResponseKind.Broken, VenueSequence = sequence, ReplayFrom = sequence + 1 };

    private static IEnumerable<string> Facts(JournalBench journal) => journal.Records().Select(record => $"{record.VenueSequence} {record.MatchNumber} {record.QuantityShares}");
}
