using MarketMaker.Contracts;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class LedgerMigrationSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly string[] AllSteps = ["001_ledger", "002_adjustments"];

    [Fact]
    public void should_have_the_same_steps_for_both_dialects() =>
        Assert.Equal(LedgerMigration.Of("postgresql").Select(step => step.Version), LedgerMigration.Of("sqlite").Select(step => step.Version));

    [Fact]
    public void should_apply_each_step_once_to_sqlite()
    {
        using ShippingBench bench = new(migrate: false);
        Assert.Equal(AllSteps, bench.Migrate());
        Assert.Empty(bench.Migrate());
        Assert.Equal(2, bench.Scalar("select count(*) from ledger_schema"));
    }

    [SkippableFact]
    public void should_apply_each_step_once_to_postgresql()
    {
        using ShippingBench bench = new(PostgresSchema.New(server), migrate: false);
        Assert.Equal(AllSteps, bench.Migrate());
        Assert.Empty(bench.Migrate());
        Assert.Equal(1, bench.Scalar("select count(*) from ledger_schema where version = 2 and applied_at is not null"));
    }

    [SkippableFact]
    public void should_let_one_of_several_migrate_and_the_others_wait()
    {
        using ShippingBench bench = new(PostgresSchema.New(server), migrate: false);
        List<string>[] taken = new List<string>[6];
        Parallel.For(0, taken.Length, new ParallelOptions { MaxDegreeOfParallelism = taken.Length }, i => taken[i] = bench.Migrate());
        Assert.Equal(AllSteps, taken.SelectMany(steps => steps).Order());
    }

    [Fact]
    public void should_upgrade_a_sqlite_ledger_of_version_1_and_keep_its_rows()
    {
        using ShippingBench bench = new(migrate: false);
        MakeVersion1(bench, "'12.5000'", "x'00'");
        UpgradeAndShip(bench);
    }

    [SkippableFact]
    public void should_upgrade_a_postgresql_ledger_of_version_1_and_keep_its_rows()
    {
        using ShippingBench bench = new(PostgresSchema.New(server), migrate: false);
        MakeVersion1(bench, "12.5", "'\\x00'");
        UpgradeAndShip(bench);
    }

    [SkippableFact]
    public void should_refuse_to_ship_into_postgresql_without_tables_and_name_the_remedy()
    {
        using ShippingBench bench = new(PostgresSchema.New(server), migrate: false);
        bench.Book(1, 3);
        LedgerSchemaException refusal = Assert.Throws<LedgerSchemaException>(() => bench.ShipOnce());
        Assert.Contains("mm-shipper migrate", refusal.Message, StringComparison.Ordinal);
        MakeVersion1(bench, "12.5", "'\\x00'");
        refusal = Assert.Throws<LedgerSchemaException>(() => bench.ShipOnce());
        Assert.Contains("is of version 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_make_the_tables_of_sqlite_when_it_ships()
    {
        using ShippingBench bench = new(migrate: false);
        bench.Book(1, 3);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void should_refuse_a_ledger_of_a_newer_program(bool migrate)
    {
        using ShippingBench bench = new();
        bench.Query("insert into ledger_schema (version) values (999)");
        using LedgerDatabase database = new(bench.Dialect());
        LedgerSchemaException refusal = Assert.Throws<LedgerSchemaException>(() => { if (migrate) database.Migrate(); else database.Connect(); });
        Assert.Contains("use the newer program", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>What the first version of the program made: the first step's tables with the version's row, and one execution.</summary>
    private static void MakeVersion1(ShippingBench bench, string price, string bytes)
    {
        using LedgerDialect dialect = bench.Dialect();
        bench.Query(LedgerMigration.Of(dialect.Name)[0].Sql + "insert into ledger_schema (version) values (1)");
        bench.Query("insert into assets (ticker) values ('IBM')");
        string uuid = bench.Journal.Meta.Uuid.ToString();
        bench.Query("insert into transactions (id, asset_id, price, action, quantity, kind, executed_at, booked_at, node, journal, order_reference, user_ref_num, "
            + "venue_session, venue_sequence, match_number, venue_time_ns, limit_price, fair_price, checksum) values "
            + $"(5, 1, {price}, 'BUY', 100, 'EXECUTION', '2025-06-16 13:30:00Z', '2025-06-16 13:30:00Z', 'NODE1', '{uuid}', 1, 2, 'S1', 3, 4, 5, {price}, {price}, 'abc')");
        bench.Query($"insert into quarantine (id, checksum, journal, node, reason, record) values (9, 'x', '{uuid}', 'NODE1', 'odd', {bytes})");
        bench.Query($"insert into shipping_cursors (journal, node, last_id) values ('{uuid}', 'NODE1', 5)");
    }

    private static void UpgradeAndShip(ShippingBench bench)
    {
        Assert.Equal(["002_adjustments"], bench.Migrate());
        bench.Book(1, 3);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(100, bench.Scalar("select quantity from transactions where id = 5 and checksum = 'abc' and cash_amount is null"));
        Assert.Equal(4, bench.Scalar("select count(*) from transactions"));
        Assert.Equal(1, bench.Scalar("select count(*) from quarantine where id = 9 and source = 'SHIPPER'"));
        Assert.Equal(1, bench.Scalar("select count(*) from ledger_schema where version = 1 and applied_at is null"));
        Assert.Equal(JournalBench.OpeningCash / Money.UnitsPerDollar, bench.Scalar("select cast(opening_cash as integer) from journals"));
    }
}
