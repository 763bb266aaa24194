using System.Globalization;
using System.Text.Json;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Commits that wait for a standby, with a PostgreSQL whose standby never answers.</summary>
public sealed class UncertainCommitSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";

    [SkippableFact]
    public async Task should_wait_for_the_standby_however_long_and_count_nothing_as_shipped_meanwhile()
    {
        using ShippingBench bench = Start();
        Task<ShippingEnd> run = Task.Run(() => bench.ShipOnce());
        WaitForWait(bench);
        await Task.Delay(1000);
        Assert.False(run.IsCompleted);
        Assert.False(File.Exists(bench.ShippedFile));
        StandbyIsWanted(false);
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_wait_for_the_session_it_gave_up_say_so_in_red_and_cancel_nothing()
    {
        using ShippingBench bench = Start();
        bench.Options = bench.Options with { AnswerTimeoutMs = 1000, StallAlarmMs = 1500, StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        Task<ShippingEnd> run = Task.Run(() => bench.ShipOnce(new LedgerDatabase(bench.Dialect(), answerTimeoutMs: 1000)));
        JsonElement status = bench.WaitForStatus(status => ShippingBench.AlarmOf(status, "shipping-stalled: nothing was shipped for more than 1500 ms: a session that this shipper gave up") is not null);
        string cause = ShippingBench.AlarmOf(status, "shipping-stalled:")!;
        Assert.Contains("waits with its commit for a standby", cause, StringComparison.Ordinal);
        Assert.Equal(("waiting for a former session", false), (status.GetProperty("state").GetString(), status.GetProperty("connected").GetBoolean()));
        // Longer than it takes to connect anew, and than the server takes to notice that the client is gone: the first commit still
        // waits, uncancelled, and no second one beside it.
        await Task.Delay(3000);
        Assert.Equal(1, bench.Scalar(Waiting));
        Assert.False(File.Exists(bench.ShippedFile));
        Assert.DoesNotContain("another shipper", bench.Log.ToString(), StringComparison.Ordinal);
        StandbyIsWanted(false);
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.Contains("the former session has ended; going on", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("uncertain", bench.Log.ToString(), StringComparison.Ordinal);
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_end_with_the_status_of_a_database_that_is_away_when_its_former_session_waits_longer_than_a_stop()
    {
        using ShippingBench bench = Start();
        bench.Options = bench.Options with { AnswerTimeoutMs = 1000, StopGraceMs = 100 };
        ShippingEnd end = await Task.Run(() => bench.ShipOnce(new LedgerDatabase(bench.Dialect(), answerTimeoutMs: 1000)));
        Assert.Equal(ShippingEnd.Incomplete, end);
        StandbyIsWanted(false);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_not_count_a_commit_as_shipped_whose_wait_was_cancelled_until_another_commit_got_through()
    {
        using ShippingBench bench = Start(afterEntering: true);
        Task<ShippingEnd> run = Task.Run(() => bench.ShipOnce(new EnteringOnce(bench, StandbyIsWanted)));
        WaitForWait(bench);
        Cancel(bench);
        // The rows are visible, and on the primary alone; the shipper is connected again, and waits with its watermark.
        WaitForWait(bench);
        Assert.Equal(10, bench.Scalar("select count(*) from transactions"));
        Assert.False(File.Exists(bench.ShippedFile));
        Assert.Contains("the commit is uncertain", bench.Log.ToString(), StringComparison.Ordinal);
        // A second cancelled wait is no proof either.
        Cancel(bench);
        WaitForWait(bench);
        Assert.False(File.Exists(bench.ShippedFile));
        StandbyIsWanted(false);
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.Equal(bench.Journal.Records()[^1].Id.ToString(CultureInfo.InvariantCulture), File.ReadAllText(bench.ShippedFile).Trim());
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_not_hand_out_a_block_whose_lease_is_uncertain()
    {
        using ShippingBench bench = Start(afterEntering: true);
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        StandbyIsWanted(true);
        Task<long> lease = Task.Run(() => database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid));
        WaitForWait(bench);
        Cancel(bench);
        await Assert.ThrowsAsync<UncertainCommitException>(() => lease);
        StandbyIsWanted(false);
        database.Connect();
        Assert.Equal(2, database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid));
    }

    private ShippingBench Start(bool afterEntering = false)
    {
        server.Require();
        StandbyIsWanted(false);
        ShippingBench bench = new(PostgresSchema.New(server));
        bench.Options = bench.Options with { BatchRows = 100 };
        bench.Book(1, 10);
        if (!afterEntering) StandbyIsWanted(true);
        return bench;
    }

    private void StandbyIsWanted(bool isWanted)
    {
        PostgresSchema.Execute(server, $"alter system set synchronous_standby_names = '{(isWanted ? "nobody" : "")}'");
        PostgresSchema.Execute(server, "select pg_reload_conf()");
        bool Seen() => new ShippingBenchSetting(server).Read() == (isWanted ? "nobody" : "");
        Assert.True(SpinWait.SpinUntil(Seen, TimeSpan.FromSeconds(10)));
    }

    private static void WaitForWait(ShippingBench bench) =>
        Assert.True(SpinWait.SpinUntil(() => bench.Scalar(Waiting) == 1, TimeSpan.FromSeconds(60)), bench.Log.ToString());

    private static void Cancel(ShippingBench bench)
    {
        bench.Query("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
        SpinWait.SpinUntil(() => bench.Scalar(Waiting) == 0, TimeSpan.FromSeconds(2));
    }

    private sealed class ShippingBenchSetting(PostgresServer server)
    {
        public string Read()
        {
            using PostgresDialect dialect = new(server.ConnectionString, passwordFile: null);
            using System.Data.Common.DbConnection connection = dialect.Connect();
            using System.Data.Common.DbCommand command = connection.CreateCommand();
            command.CommandText = "show synchronous_standby_names";
            return (string)command.ExecuteScalar()!;
        }
    }

    /// <summary>The standby goes away once the shipper has entered and knows its assets.</summary>
    private sealed class EnteringOnce(ShippingBench bench, Action<bool> standbyIsWanted) : ILedgerDatabase
    {
        private readonly LedgerDatabase _inner = new(bench.Dialect());
        private bool _isDone;

        public string Description => _inner.Description;

        public void Connect() => _inner.Connect();

        public bool TryTakeJournal(Guid journal) => _inner.TryTakeJournal(journal);

        public JournalElsewhere LookAt(Guid journal) => _inner.LookAt(journal);

        public LedgerPosition Enter(JournalMeta journal, long quarantineSeenThrough)
        {
            LedgerPosition position = _inner.Enter(journal, quarantineSeenThrough);
            if (_isDone) return position;
            _isDone = true;
            bench.Query("insert into assets (ticker) values ('AAPL'), ('MSFT')");
            standbyIsWanted(true);
            return position;
        }

        public string? ChecksumOf(Guid journal, long id) => _inner.ChecksumOf(journal, id);

        public long LeaseBlock(string node, Guid journal) => _inner.LeaseBlock(node, journal);

        public ShipmentOutcome Ship(Shipment shipment) => _inner.Ship(shipment);

        public void Dispose() => _inner.Dispose();
    }
}
