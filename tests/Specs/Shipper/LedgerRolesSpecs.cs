using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;
using Npgsql;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class LedgerRolesSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Denied = "42501";

    [SkippableFact]
    public void should_ship_and_lease_with_exactly_the_rights_of_mm_shipper()
    {
        using ShippingBench bench = Prepare();
        bench.Book(1, 20);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        // Ids that are taken go through the staging table.
        Execute("ledger", "update shipping_cursors set last_id = 0");
        bench.Book(21, 25);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        // And other content into quarantine.
        Execute("ledger", "update shipping_cursors set last_id = 0; update transactions set checksum = 'other' where match_number = 2");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        Assert.Equal(25, bench.Scalar("select count(*) from transactions"));
        Assert.Equal(1, bench.Scalar("select count(*) from quarantine"));
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        Assert.True(database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid) > 0);
    }

    [SkippableFact]
    public void should_know_a_former_session_with_the_rights_of_mm_shipper_and_of_its_own_account_since_when_it_is_there()
    {
        using ShippingBench bench = Prepare();
        Guid journal = bench.Journal.Meta.Uuid;
        using LedgerDatabase looking = new(bench.Dialect());
        looking.Connect();
        foreach (string role in (string[])["mm_shipper", "mm_owner"])
        {
            using LedgerDatabase having = new(new PostgresDialect(server.ConnectionStringOf(role), passwordFile: null));
            having.Connect();
            // The server ends a session a moment after its client is gone.
            Assert.True(SpinWait.SpinUntil(() => having.TryTakeJournal(journal), TimeSpan.FromSeconds(10)));
            JournalHolder holder = looking.LookAt(journal).Holder!;
            Assert.Equal((role, true, role == "mm_shipper"), (holder.Role, holder.IsFormer, holder.Since is not null));
        }
    }

    [SkippableFact]
    public void should_name_the_right_that_is_missing()
    {
        using ShippingBench bench = Prepare();
        bench.Book(1, 3);
        Execute("mm_owner", "revoke insert on transactions from mm_shipper");
        Assert.Equal(ShippingEnd.Refused, bench.ShipOnce());
        Assert.Contains("42501 permission denied for table transactions. Run 'mm-shipper migrate'", bench.Log.ToString(), StringComparison.Ordinal);
        using (LedgerDatabase owner = new(new PostgresDialect(server.ConnectionStringOf("mm_owner"), passwordFile: null))) owner.Migrate();
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
    }

    [SkippableTheory]
    [InlineData("mm_shipper", "update transactions set price = 0")]
    [InlineData("mm_shipper", "delete from transactions")]
    [InlineData("mm_shipper", "truncate transactions")]
    [InlineData("mm_shipper", "update assets set ticker = 'X'")]
    [InlineData("mm_shipper", "delete from quarantine")]
    [InlineData("mm_shipper", "update id_blocks set node = 'X'")]
    [InlineData("mm_shipper", "delete from id_blocks")]
    [InlineData("mm_shipper", "update journals set opening_cash = 0")]
    [InlineData("mm_shipper", "update shipping_cursors set journal = gen_random_uuid()")]
    [InlineData("mm_shipper", "delete from shipping_cursors")]
    [InlineData("mm_shipper", "insert into ledger_schema (version) values (99)")]
    [InlineData("mm_shipper", "create table mine (id integer)")]
    [InlineData("mm_shipper", "drop table transactions")]
    [InlineData("mm_shipper", "alter table transactions add column mine integer")]
    [InlineData("mm_shipper", "alter role mm_shipper superuser")]
    [InlineData("mm_shipper", "select * from secret_of_others")]
    [InlineData("mm_shipper", "select * from pg_authid")]
    [InlineData("mm_reader", "insert into assets (ticker) values ('X')")]
    [InlineData("mm_reader", "update shipping_cursors set last_id = 0")]
    [InlineData("mm_reader", "create temporary table mine (id integer)")]
    [InlineData("mm_owner", "alter role mm_owner superuser")]
    public void should_deny_a_role_what_it_does_not_need(string role, string sql)
    {
        using ShippingBench bench = Prepare();
        Assert.Equal(Denied, Assert.Throws<PostgresException>(() => Execute(role, sql)).SqlState);
    }

    [SkippableFact]
    public void should_let_mm_reader_see_every_table_of_the_ledger()
    {
        using ShippingBench bench = Prepare();
        foreach (string table in (string[])["ledger_schema", "assets", "transactions", "id_blocks", "shipping_cursors", "quarantine", "journals"])
            Execute("mm_reader", $"select * from {table}");
    }

    /// <summary>The roles as roles.sql makes them, the tables as mm_owner makes them, and a bench that works as mm_shipper.</summary>
    private ShippingBench Prepare()
    {
        server.Require();
        Execute("ledger", "drop schema public cascade; create schema public; grant usage, create on schema public to public");
        Execute("ledger", File.ReadAllText(Path.Combine(Root(), "deploy/database/roles.sql")));
        Execute("ledger", "create table secret_of_others (id integer)");
        using (LedgerDatabase owner = new(new PostgresDialect(server.ConnectionStringOf("mm_owner"), passwordFile: null))) owner.Migrate();
        return new ShippingBench(() => new PostgresDialect(server.ConnectionStringOf("mm_shipper"), passwordFile: null), migrate: false);
    }

    private void Execute(string role, string sql)
    {
        using NpgsqlConnection connection = new($"{server.ConnectionStringOf(role)};Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MarketMaker.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
