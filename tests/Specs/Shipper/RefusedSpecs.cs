using System.Text.Json;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A database that refuses until a person sees to it: a red state that names the remedy, and the shipping goes on once it is mended.</summary>
public sealed class RefusedSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableTheory]
    [InlineData("alter table transactions rename to mislaid", "alter table mislaid rename to transactions", "42P01", "mm-shipper migrate")]
    [InlineData("alter table transactions add constraint small check (quantity < 3)", "alter table transactions drop constraint small", "23514", "does not fit the ledger's tables")]
    [InlineData("alter table ledger_schema rename to mislaid", "alter table mislaid rename to ledger_schema", "has no tables", "mm-shipper migrate")]
    public async Task should_turn_red_with_the_remedy_and_go_on_by_itself_once_it_is_mended(string damage, string mend, string what, string remedy)
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        using CancellationTokenSource stop = new();
        Task<ShippingEnd> run = Run(bench, stop.Token, bench.Dialect);
        bench.WaitForStatus(status => status.GetProperty("state").GetString() == "following");
        bench.Query($"{damage}; select 1");
        // A lost table shows at the next look, the version of the tables at the next connection.
        bench.Query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()");
        bench.Book(1, 10);
        AssertRed(bench.WaitForStatus(status => status.GetProperty("state").GetString() == "refused"), what, remedy);
        bench.Query($"{mend}; select 1");
        bench.WaitForStatus(status => status.GetProperty("lagRows").GetInt64() == 0 && status.GetProperty("color").GetString() == "green");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.Contains("mm-shipper: ALARM: ledger-refused:", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.Contains("mm-shipper: over: ledger-refused:", bench.Log.ToString(), StringComparison.Ordinal);
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_name_a_wrong_password_and_take_the_right_one_from_the_file_without_a_new_start()
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        string schema = (string)bench.Query("select current_schema()::text")[0][0];
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        LetIn("guarded", "a-right-password");
        bench.Query($"grant all on schema {schema} to guarded; grant all on all tables in schema {schema} to guarded; select 1");
        string passwordFile = Path.Combine(bench.Journal.Options.Path, "password");
        File.WriteAllText(passwordFile, "a-wrong-password");
        File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        bench.Book(1, 10);
        using CancellationTokenSource stop = new();
        Task<ShippingEnd> run = Run(bench, stop.Token, () => new PostgresDialect($"{server.ConnectionStringOf("guarded")};Search Path={schema}", passwordFile));
        JsonElement red = bench.WaitForStatus(status => status.GetProperty("state").GetString() == "refused");
        AssertRed(red, "28P01", "[shipper] password-file");
        Assert.DoesNotContain("a-wrong-password", red.ToString() + bench.Log, StringComparison.Ordinal);
        File.WriteAllText(passwordFile, "a-right-password\n");
        bench.WaitForStatus(status => status.GetProperty("lagRows").GetInt64() == 0 && status.GetProperty("color").GetString() == "green");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
    }

    [SkippableTheory]
    [InlineData("Username=nobody_knows_me;Database=postgres", "28000", "deploy/database/roles.sql")]
    [InlineData("Username=ledger;Database=none_of_ours", "3D000", "Database in [shipper] database")]
    [InlineData("Username=guarded;Database=postgres", "it wants a password", "[shipper] password-file")]
    [InlineData("Username=ledger;Database=postgres;Search Path=elsewhere", "has no tables", "mm-shipper migrate")]
    public void should_end_a_single_run_at_once_and_name_the_remedy(string account, string what, string remedy)
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        LetIn("guarded", "a-right-password");
        bench.Book(1, 3);
        using PostgresDialect dialect = new($"Host=127.0.0.1;Port={server.Port};Timeout=5;{account}", passwordFile: null);
        string said;
        try
        {
            Assert.Equal(ShippingEnd.Refused, bench.ShipOnce(new LedgerDatabase(dialect)));
            said = bench.Log.ToString();
        }
        catch (LedgerSchemaException refusal)
        {
            // A start with the wrong tables is refused by the program as a whole.
            said = refusal.Message;
        }

        Assert.Contains(what, said, StringComparison.Ordinal);
        Assert.Contains(remedy, said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_find_the_refusal_of_one_host_among_those_that_are_away()
    {
        server.Require();
        using PostgresDialect dialect = new($"Host=127.0.0.1:1,127.0.0.1:{server.Port};Username=nobody_knows_me;Database=postgres;Timeout=5", passwordFile: null);
        using LedgerDatabase database = new(dialect);
        Assert.Contains("28000", Assert.Throws<RefusedException>(database.Connect).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_not_take_a_server_that_is_away_for_one_that_refuses()
    {
        server.Require();
        using PostgresDialect dialect = new("Host=127.0.0.1:1,127.0.0.1:2;Username=ledger;Database=postgres;Timeout=5", passwordFile: null);
        using LedgerDatabase database = new(dialect);
        Exception away = Assert.ThrowsAny<System.Data.Common.DbException>(database.Connect);
        Assert.IsNotType<RefusedException>(away);
        Assert.Contains("refused", Causes.Of(away), StringComparison.Ordinal);
    }

    private static void AssertRed(JsonElement status, string what, string remedy)
    {
        Assert.Equal(("red", false), (status.GetProperty("color").GetString(), status.GetProperty("connected").GetBoolean()));
        string alarm = ShippingBench.AlarmOf(status, "ledger-refused: ")!;
        Assert.Contains(what, alarm, StringComparison.Ordinal);
        Assert.Contains(remedy, alarm, StringComparison.Ordinal);
    }

    /// <summary>Makes an account that must say its password; everybody else of the tests needs none.</summary>
    private void LetIn(string account, string password)
    {
        PostgresSchema.Execute(server, $"""
            do $$ begin if not exists (select from pg_roles where rolname = '{account}') then
              create role {account} login password '{password}';
              create temporary table hba as select line from pg_read_file(current_setting('hba_file')) text, regexp_split_to_table(text, '\n') line;
              execute format('copy (select ''host all {account} 127.0.0.1/32 scram-sha-256'' union all select line from hba) to %L', current_setting('hba_file'));
              perform pg_reload_conf();
            end if; end $$
            """);
    }

    private static Task<ShippingEnd> Run(ShippingBench bench, CancellationToken stop, Func<LedgerDialect> dialect) => Task.Run(() =>
    {
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(dialect());
        return new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop);
    });
}
