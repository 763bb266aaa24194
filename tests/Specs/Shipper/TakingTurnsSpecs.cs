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
        bench.Book(1, 10);
        LedgerDatabase other = new(bench.Dialect());
        other.Connect();
        Assert.True(other.TryTakeJournal(bench.Journal.Meta.Uuid));
        using CancellationTokenSource stop = new();
        using JournalReader reader = bench.Journal.Store.OpenReader();
        Task<ShippingEnd> run = Run(bench, reader, stop.Token);
        WaitFor(bench, "waiting for it to end");
        Assert.Equal(0, bench.Scalar("select count(*) from transactions"));
        other.Dispose();
        WaitFor(bench, "taking over");
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
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

    private static Task<ShippingEnd> Run(ShippingBench bench, JournalReader reader, CancellationToken stop) => Task.Run(() =>
    {
        using LedgerDatabase database = new(bench.Dialect());
        return new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop);
    });

    private static void WaitFor(ShippingBench bench, string line) =>
        Assert.True(SpinWait.SpinUntil(() => bench.Log.ToString().Contains(line, StringComparison.Ordinal), TimeSpan.FromSeconds(20)), bench.Log.ToString());
}
