using System.Data.Common;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Two shippers of one journal.</summary>
public sealed class TakingTurnsSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task should_wait_for_the_other_shipper_on_the_host_and_take_over_when_it_is_gone()
    {
        using ShippingBench bench = new();
        bench.Book(1, 10);
        using CancellationTokenSource stop = new();
        ShipperLock other = ShipperLock.TryTake(bench.Options.JournalPath)!;
        using JournalReader reader = bench.Journal.Store.OpenReader();
        Task<ShippingEnd> run = Run(bench, reader, stop.Token);
        WaitFor(bench, "waiting for it to end");
        await Task.Delay(300);
        Assert.Equal(0, bench.Scalar("select count(*) from transactions"));
        other.Dispose();
        WaitFor(bench, "taking over");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
    }

    [Fact]
    public async Task should_end_with_a_status_of_its_own_when_it_waited_in_vain()
    {
        using ShippingBench bench = new();
        using ShipperLock other = ShipperLock.TryTake(bench.Options.JournalPath)!;
        using CancellationTokenSource stop = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        Task<ShippingEnd> run = Run(bench, reader, stop.Token);
        WaitFor(bench, "waiting for it to end");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.AnotherShipper, await run);
        bench.Options = bench.Options with { StopGraceMs = 100 };
        Assert.Equal(ShippingEnd.AnotherShipper, bench.ShipOnce());
    }

    [SkippableFact]
    public async Task should_wait_for_a_shipper_of_another_host_that_postgresql_knows_of()
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        bench.Book(1, 10);
        LedgerDatabase other = Other(bench);
        Assert.True(other.TryTakeJournal(bench.Journal.Meta.Uuid));
        // The other one has shipped seven of ten.
        LedgerPosition position = other.Enter(bench.Journal.Meta, 0);
        JournalRecord[] seven = [.. bench.Journal.Records()[..7]];
        other.Ship(new Shipment
        {
            Journal = bench.Journal.Meta.Uuid,
            Node = bench.Journal.Meta.Node,
            CursorBefore = position.LastId,
            CursorAfter = seven[^1].Id,
            Records = seven,
        });
        using CancellationTokenSource stop = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        Task<ShippingEnd> run = Run(bench, reader, stop.Token);
        WaitFor(bench, "another shipper, process 7 on elsewhere, or what is left of its session, (server process ");
        JsonElement waiting = bench.WaitForStatus(status => status.GetProperty("state").GetString() == "waiting for another shipper" && status.GetProperty("lagRows").GetInt32() == 3);
        Assert.Equal(seven[^1].Id, waiting.GetProperty("lastId").GetInt64());
        Assert.Equal(7, bench.Scalar("select count(*) from transactions"));
        other.Dispose();
        WaitFor(bench, "taking over");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_take_what_a_shipper_of_this_host_that_has_ended_left_behind_for_a_session_of_its_own()
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        bench.Book(1, 10);
        LedgerDatabase left = Other(bench, SessionName.Mine with { StartedAt = SessionName.Mine.StartedAt + 1 });
        Assert.True(left.TryTakeJournal(bench.Journal.Meta.Uuid));
        using CancellationTokenSource stop = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        Task<ShippingEnd> run = Run(bench, reader, stop.Token);
        WaitFor(bench, $"a session left over from the shipper that was process {Environment.ProcessId} (server process ");
        left.Dispose();
        WaitFor(bench, "the former session has ended; going on");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.DoesNotContain("another shipper", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_let_go_of_the_journal_when_a_session_that_was_given_up_waits_for_somebody_elses_lock()
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        bench.Book(1, 10);
        bench.ShipOnce();
        using LedgerDialect person = bench.Dialect();
        using DbConnection connection = person.Connect();
        using DbTransaction locking = connection.BeginTransaction();
        using (DbCommand command = LedgerCommand.Make(connection, locking, "select * from shipping_cursors for update")) command.ExecuteNonQuery();
        using LedgerDatabase givenUp = Other(bench, SessionName.Mine, answerTimeoutMs: 1000);
        Assert.True(givenUp.TryTakeJournal(bench.Journal.Meta.Uuid));
        Assert.Throws<NoAnswerException>(() => givenUp.Enter(bench.Journal.Meta, 0));
        using LedgerDatabase next = Other(bench, SessionName.Mine);
        JournalHolder? holder = next.LookAt(bench.Journal.Meta.Uuid).Holder;
        Assert.True(holder is { IsFormer: true, IsWaitingForStandby: false } && holder.BlockedBy != 0, $"{holder}");
        Assert.EndsWith($"waits for a lock of the server process {holder.BlockedBy}", holder.Describe());
        Assert.True(SpinWait.SpinUntil(() => next.TryTakeJournal(bench.Journal.Meta.Uuid), TimeSpan.FromSeconds(10)), "the server keeps a session without a client");
    }

    [SkippableFact]
    public void should_let_shippers_of_different_journals_work_side_by_side()
    {
        using ShippingBench bench = new(PostgresSchema.New(server));
        using LedgerDatabase one = new(bench.Dialect());
        using LedgerDatabase two = new(bench.Dialect());
        one.Connect();
        two.Connect();
        Assert.True(one.TryTakeJournal(Guid.NewGuid()));
        Assert.True(two.TryTakeJournal(Guid.NewGuid()));
    }

    /// <summary>A shipper's session, by default of another host.</summary>
    private LedgerDatabase Other(ShippingBench bench, SessionName? session = null, int answerTimeoutMs = 0)
    {
        string schema = (string)bench.Query("select current_schema()::text")[0][0];
        LedgerDatabase other = new(PostgresSchema.Of(server, schema, session: session ?? new SessionName("elsewhere", "0", 7, 7)), answerTimeoutMs);
        other.Connect();
        return other;
    }

    private static Task<ShippingEnd> Run(ShippingBench bench, JournalReader reader, CancellationToken stop) => Task.Run(() =>
    {
        using LedgerDatabase database = new(bench.Dialect());
        return new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop);
    });

    private static void WaitFor(ShippingBench bench, string line) =>
        Assert.True(SpinWait.SpinUntil(() => bench.Log.ToString().Contains(line, StringComparison.Ordinal), TimeSpan.FromSeconds(60)), bench.Log.ToString());
}
