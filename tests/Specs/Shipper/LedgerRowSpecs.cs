using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Rows other than executions, in both databases.</summary>
public sealed class LedgerRowSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_ship_an_adjustment_of_cash_without_an_asset(bool isPostgres)
    {
        using ShippingBench bench = Start(isPostgres);
        Ship(bench, Adjustment(1, AdjustmentReason.Withdrawal, -250_000_0001, "rent of May"));
        Assert.Equal(
            "ADJUSTMENT|||0|-250000.0001|rent of May|W",
            Row(bench, "select t.kind, t.asset_id, t.action, t.quantity, t.cash_amount, t.note, t.reason from transactions t"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_ship_an_adjustment_of_shares(bool isPostgres)
    {
        using ShippingBench bench = Start(isPostgres);
        JournalRecord shares = Adjustment(1, AdjustmentReason.Opening, 0, "");
        (shares.Symbol, shares.Side, shares.QuantityShares, shares.Price) = (Symbol.Parse("AAPL"), Side.Sell, 70, 12_5000);
        Ship(bench, shares);
        Assert.Equal(
            "ADJUSTMENT|AAPL|SELL|70|12.5000|0.0000||O",
            Row(bench, "select t.kind, a.ticker, t.action, t.quantity, t.price, t.cash_amount, t.note, t.reason from transactions t join assets a on a.id = t.asset_id"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_ship_a_break_with_the_venues_reason(bool isPostgres)
    {
        using ShippingBench bench = Start(isPostgres);
        JournalRecord broken = Adjustment(1, (byte)'E', 0, "");
        (broken.Kind, broken.Symbol, broken.QuantityShares, broken.Price) = (JournalRecordKind.Break, Symbol.Parse("AAPL"), 70, 12_5000);
        Ship(bench, broken);
        Assert.Equal("BREAK|E||", Row(bench, "select kind, reason, cash_amount, note from transactions"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_refuse_a_record_of_an_unknown_kind_instead_of_shipping_it_as_another(bool isPostgres)
    {
        using ShippingBench bench = Start(isPostgres);
        JournalRecord odd = Adjustment(1, 0, 0, "");
        odd.Kind = (JournalRecordKind)9;
        Assert.Contains("unknown kind 9", Assert.Throws<NotSupportedException>(() => Ship(bench, odd)).Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Scalar("select count(*) from transactions"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_ship_the_journals_own_quarantine_once(bool isPostgres)
    {
        using ShippingBench bench = Start(isPostgres);
        bench.Book(1, 3);
        bench.Journal.Book(Unbookable(4), Unbookable(5));
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        bench.Journal.Book(Unbookable(6));
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        bench.Query("update shipping_cursors set last_quarantine_id = 0");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(
            ["1|4", "2|5", "3|6"],
            bench.Query("select id, venue_sequence from quarantine where source = 'JOURNAL' and reason = 'ExecutionOfUnknownOrder' and venue_session = 'S1' order by id")
                .Select(Text));
        Assert.Equal(3, bench.Scalar("select last_quarantine_id from shipping_cursors"));
        Assert.Contains("ALARM: 1 was quarantined: ExecutionOfUnknownOrder", bench.Log.ToString(), StringComparison.Ordinal);
        QuarantineRecord[] kept = new QuarantineRecord[9];
        using JournalReader reader = bench.Journal.Store.OpenReader();
        reader.ReadQuarantineAfter(0, kept);
        Assert.Equal(StructBytes.Of(ref kept[1]).ToArray(), (byte[])bench.Query("select record from quarantine where id = 2")[0][0]);
        ShippingSpecs.AssertSame(bench);
    }

    [Fact]
    public void should_leave_no_mark_for_the_purge_while_nothing_but_quarantine_is_shipped()
    {
        using ShippingBench bench = new();
        bench.Journal.Book(Unbookable(1));
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(1, bench.Scalar("select count(*) from quarantine"));
        Assert.False(File.Exists(bench.ShippedFile));
    }

    private static ResponseEvent Unbookable(long sequence) => JournalBench.Message(sequence, ResponseKind.Unbookable) with
    {
        Contradiction = QuarantineReason.ExecutionOfUnknownOrder,
        MatchNumber = (ulong)sequence * 10,
    };

    private ShippingBench Start(bool isPostgres) => isPostgres ? new ShippingBench(PostgresSchema.New(server)) : new ShippingBench();

    private static JournalRecord Adjustment(long id, byte reason, long cash, string note)
    {
        Assert.True(RecordNote.TryParse(note, out RecordNote parsed));
        Assert.True(NodeTag.TryParse("NODE1", out NodeTag node));
        return new JournalRecord
        {
            Version = JournalRecord.CurrentVersion,
            Kind = JournalRecordKind.Adjustment,
            Id = id,
            ReasonCode = reason,
            CashAmount = cash,
            Note = parsed,
            Node = node,
        };
    }

    private static void Ship(ShippingBench bench, JournalRecord record)
    {
        RecordChecksum.Seal(ref record);
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        database.Enter(bench.Journal.Meta, quarantineSeenThrough: 0);
        database.Ship(new Shipment
        {
            Journal = bench.Journal.Meta.Uuid,
            Node = "NODE1",
            CursorBefore = 0,
            CursorAfter = record.Id,
            Records = new[] { record },
        });
    }

    private static string Row(ShippingBench bench, string sql) => Text(Assert.Single(bench.Query(sql)));

    private static string Text(object[] row) => string.Join('|', row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));
}
