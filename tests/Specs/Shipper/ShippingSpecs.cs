using System.Globalization;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class ShippingSpecs
{
    [Fact]
    public void should_put_every_column_of_a_transaction()
    {
        using ShippingBench bench = new();
        ResponseEvent sale = JournalBench.Executed(5, 900, Side.Sell, 300, 12_3405, ticker: 1);
        sale.LimitPrice = 12_3000;
        sale.FairPrice = 12_2000;
        sale.OfferReference = 77;
        sale.UserRefNum = 42;
        sale.VenueTimeNs = 34_200_000_000_000;
        sale.ReceivedNs = 1000;
        sale.AnsweredNs = 6000;
        (sale.DecodedDeltaNs, sale.PricedDeltaNs, sale.DecidedDeltaNs, sale.SentDeltaNs) = (1, 2, 3, 4);
        bench.Journal.Time.MonotonicNs = 9000;
        bench.Journal.Book(sale);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        object[] row = Assert.Single(bench.Query(
            "select t.id, ticker, price, action, quantity, kind, executed_at, node, journal, order_reference, user_ref_num, venue_session, venue_sequence, "
            + "match_number, venue_time_ns, limit_price, fair_price, decoded_ns, priced_ns, decided_ns, sent_ns, answered_ns, journaled_ns "
            + "from transactions t join assets a on a.id = t.asset_id"));
        Assert.Equal(
            [
                (7L << 32) + 1, "MSFT", "12.3405", "SELL", 300L, "EXECUTION", "2025-06-16T13:30:00.0000000Z", "NODE1", bench.Journal.Meta.Uuid.ToString(),
                77L, 42L, "S1", 5L, 900L, 34_200_000_000_000L, "12.3000", "12.2000", 1L, 2L, 3L, 4L, 5000L, 8000L,
            ],
            row);
    }

    [Fact]
    public void should_ship_each_transaction_once_however_often_it_runs()
    {
        using ShippingBench bench = new();
        bench.Book(1, 20);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        bench.Book(21, 25);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        AssertSame(bench);
        Assert.Equal(25, bench.Scalar("select count(*) from transactions"));
    }

    [Fact]
    public void should_note_how_far_the_ledger_is_beside_the_journal()
    {
        using ShippingBench bench = new();
        bench.Book(1, 9);
        bench.ShipOnce();
        long last = (7L << 32) + 9;
        Assert.Equal(last.ToString(CultureInfo.InvariantCulture), File.ReadAllText(bench.ShippedFile).Trim());
        Assert.Equal(last, bench.Scalar("select last_id from shipping_cursors"));
    }

    [Fact]
    public void should_ship_on_while_it_cannot_note_that_beside_the_journal()
    {
        using ShippingBench bench = new();
        // In the file's way, as a full disk is.
        Directory.CreateDirectory(bench.ShippedFile);
        bench.Book(1, 20);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(20, bench.Scalar("select count(*) from transactions"));
        bench.Book(21, 25);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        AssertSame(bench);
        Assert.Contains("the journal purges nothing: free some space", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("is away", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_note_how_far_it_is_when_there_is_room_again()
    {
        using ShippingBench bench = new();
        ShippedNote note = new(bench.Options, bench.Journal.Meta.Uuid, bench.Log);
        Directory.CreateDirectory(bench.ShippedFile);
        note.Write(5);
        note.Write(6);
        Directory.Delete(bench.ShippedFile);
        SpinWait.SpinUntil(() =>
        {
            note.Tick();
            return File.Exists(bench.ShippedFile);
        }, TimeSpan.FromSeconds(30));
        Assert.Equal("6\n", File.ReadAllText(bench.ShippedFile));
        Assert.Equal(["ALARM", "over"], bench.Log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[1]));
    }

    [Fact]
    public void should_send_again_what_was_there_already_without_an_alarm()
    {
        using ShippingBench bench = new();
        bench.Book(1, 20);
        bench.ShipOnce();
        bench.Query("update shipping_cursors set last_id = 0");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        AssertSame(bench);
        Assert.Equal(0, bench.Scalar("select count(*) from quarantine"));
        Assert.Contains("20 there already", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_quarantine_an_id_that_is_there_with_other_content()
    {
        using ShippingBench bench = new();
        bench.Book(1, 3);
        bench.ShipOnce();
        bench.Query("update transactions set checksum = 'other', quantity = 99 where match_number = 2");
        bench.Query("update shipping_cursors set last_id = 0");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        JournalRecord second = bench.Journal.Records()[1];
        object[] row = Assert.Single(bench.Query("select id, reason, record from quarantine"));
        Assert.Equal((second.Id, "the id is there already with other content"), (row[0], row[1]));
        Assert.Equal(StructBytes.Of(ref second).ToArray(), (byte[])row[2]);
        Assert.Contains($"ALARM: {second.Id} was quarantined", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal(99, bench.Scalar("select quantity from transactions where match_number = 2"));
    }

    [Fact]
    public void should_stop_and_change_nothing_when_another_shipper_moved_the_cursor()
    {
        using ShippingBench bench = new();
        bench.Book(1, 3);
        using LedgerDatabase inner = new(bench.Dialect());
        using CursorThief thief = new(inner, bench);
        Assert.Equal(ShippingEnd.AnotherShipper, bench.ShipOnce(thief));
        Assert.Equal(0, bench.Scalar("select count(*) from transactions"));
        Assert.Equal(4, bench.Scalar("select last_id from shipping_cursors"));
        Assert.Contains("another shipper", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_quarantine_a_damaged_record_and_ship_the_rest()
    {
        using ShippingBench bench = new();
        bench.Book(1, 20);
        JournalRecord tenth = bench.Journal.Records()[9];
        bench.Journal.Stop();
        string file = Path.Combine(bench.Journal.Options.Path, "data.mdb");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf(StructBytes.Of(ref tenth)) + 68] ^= 1;
        File.WriteAllBytes(file, bytes);

        using JournalReader reader = JournalReader.Open(bench.Journal.Options.Path);
        using LedgerDatabase database = new(bench.Dialect());
        Assert.Equal(ShippingEnd.Complete, new ShippingLoop(bench.Options with { Once = true }, reader, database, bench.Log).Run(CancellationToken.None));
        Assert.Equal(19, bench.Scalar("select count(*) from transactions"));
        Assert.Equal(0, bench.Scalar($"select count(*) from transactions where id = {tenth.Id}"));
        Assert.Equal(tenth.Id, bench.Scalar("select id from quarantine"));
        Assert.Contains("the record is damaged", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void should_lose_and_double_nothing_when_the_connection_breaks_before_or_after_a_commit(int seed)
    {
        using ShippingBench bench = new();
        bench.Book(1, 100);
        using LedgerDatabase inner = new(bench.Dialect());
        using BreakingLedger breaking = new(inner, new Random(seed));
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce(breaking));
        Assert.True(breaking.Breaks > 3);
        AssertSame(bench);
        Assert.Equal(0, bench.Scalar("select count(*) from quarantine"));
    }

    [Fact]
    public async Task should_follow_a_journal_that_is_written_and_ship_the_rest_at_the_stop()
    {
        using ShippingBench bench = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        using CancellationTokenSource stop = new();
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        Task<ShippingEnd> run = Task.Run(() => new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop.Token));
        for (int i = 0; i < 20; i++) bench.Book(i * 10 + 1, i * 10 + 10);
        SpinWait.SpinUntil(() => File.Exists(bench.ShippedFile), TimeSpan.FromSeconds(10));
        bench.Book(201, 250);
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        AssertSame(bench);
        using JsonDocument status = JsonDocument.Parse(File.ReadAllText(bench.Options.StatusFile!));
        Assert.Equal((7L << 32) + 250, status.RootElement.GetProperty("lastId").GetInt64());
        Assert.Equal(0, status.RootElement.GetProperty("lagRows").GetInt64());
        Assert.Equal(250, status.RootElement.GetProperty("shippedRows").GetInt64());
    }

    [Fact]
    public void should_end_incomplete_when_the_database_stays_away_after_the_stop()
    {
        using ShippingBench bench = new(() => new SqliteDialect("/nonexistent/folder/ledger.db"), migrate: false);
        bench.Options = bench.Options with { StopGraceMs = 20 };
        bench.Book(1, 3);
        Assert.Equal(ShippingEnd.Incomplete, bench.ShipOnce());
        Assert.Contains("shipped at the next start", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_never_lease_a_block_twice()
    {
        using ShippingBench bench = new();
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid)));
        Assert.Equal(3, bench.Scalar("select count(*) from id_blocks where node = 'NODE1'"));
    }

    [Fact]
    public void should_lay_a_lease_beside_the_journal_that_the_engine_takes_in()
    {
        JournalOptions options = JournalBench.DefaultOptions();
        JournalStore.Init(options);
        ShipperOptions shipper = new() { JournalPath = options.Path, Database = $"sqlite:{options.Path}/ledger.db" };
        Assert.Equal(0, ShipperCommands.Lease(() => shipper));
        using (JournalStore store = JournalStore.Open(options)) Assert.Equal(TransactionId.IdsPerBlock - 1, store.IdsLeft);
        Assert.Equal(2, ShipperCommands.Lease(() => shipper with { Node = "OTHER" }));
        // No permission for a file beside the journal is said, and is no crash.
        Directory.CreateDirectory(Path.Combine(options.Path, "shipper.lock"));
        Assert.Equal(2, ShipperCommands.Run(() => shipper));
        Directory.Delete(options.Path, recursive: true);
    }

    internal static void AssertSame(ShippingBench bench)
    {
        IEnumerable<(long, long, long)> journal = bench.Journal.Records().Select(r => (r.Id, (long)r.MatchNumber, (long)r.QuantityShares));
        IEnumerable<(long, long, long)> ledger = bench.Query("select id, match_number, quantity from transactions order by id")
            .Select(row => ((long)row[0], (long)row[1], Convert.ToInt64(row[2], CultureInfo.InvariantCulture)));
        Assert.Equal(journal, ledger);
    }

    /// <summary>Moves the cursor away after it was read, as a second shipper would.</summary>
    private sealed class CursorThief(ILedgerDatabase inner, ShippingBench bench) : PassingLedger(inner)
    {
        public override LedgerPosition Enter(JournalMeta journal, long quarantineSeenThrough)
        {
            LedgerPosition position = base.Enter(journal, quarantineSeenThrough);
            bench.Query("update shipping_cursors set last_id = 4");
            return position;
        }
    }
}
