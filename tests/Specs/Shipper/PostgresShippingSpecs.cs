using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Memory;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class PostgresShippingSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void should_put_every_column_of_a_transaction_into_postgresql()
    {
        using ShippingBench bench = Start();
        ResponseEvent sale = JournalBench.Executed(5, 900, Side.Sell, 300, 12_3405, ticker: 1);
        sale.VenueTimeNs = 34_200_000_001_000;
        sale.OfferReference = 77;
        bench.Journal.Book(sale);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        object[] row = Assert.Single(bench.Query(
            "select t.id, ticker, price, action::text, quantity, kind::text, executed_at, journal, order_reference, venue_session, venue_sequence, match_number, decoded_ns "
            + "from transactions t join assets a on a.id = t.asset_id"));
        Assert.Equal(
            [
                (7L << 32) + 1, "MSFT", 12.3405m, "SELL", 300, "EXECUTION", new DateTime(2025, 6, 16, 13, 30, 0, DateTimeKind.Utc).AddTicks(10),
                bench.Journal.Meta.Uuid, 77L, "S1", 5L, 900L, DBNull.Value,
            ],
            row);
    }

    [SkippableFact]
    public void should_ship_each_transaction_once_into_postgresql()
    {
        using ShippingBench bench = Start();
        bench.Book(1, 50);
        bench.ShipOnce();
        bench.Query("update shipping_cursors set last_id = 0");
        bench.Book(51, 60);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        ShippingSpecs.AssertSame(bench);
        Assert.Equal(0, bench.Scalar("select count(*) from quarantine"));
    }

    [SkippableFact]
    public void should_quarantine_other_content_in_postgresql()
    {
        using ShippingBench bench = Start();
        bench.Book(1, 3);
        bench.ShipOnce();
        bench.Query("update transactions set checksum = 'other' where match_number = 2");
        bench.Query("update shipping_cursors set last_id = 0");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        JournalRecord second = bench.Journal.Records()[1];
        Assert.Equal(StructBytes.Of(ref second).ToArray(), (byte[])Assert.Single(bench.Query("select record from quarantine"))[0]);
    }

    [SkippableFact]
    public void should_lose_and_double_nothing_when_connections_to_postgresql_break()
    {
        using ShippingBench bench = Start();
        bench.Book(1, 100);
        using LedgerDatabase inner = new(bench.Dialect());
        using BreakingLedger breaking = new(inner, new Random(1));
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce(breaking));
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public async Task should_go_on_when_postgresql_was_killed_and_comes_back()
    {
        using ShippingBench bench = Start();
        bench.Book(1, 10);
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        using CancellationTokenSource stop = new();
        Task<ShippingEnd> run = Task.Run(() => new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop.Token));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(bench.ShippedFile), TimeSpan.FromSeconds(20)));
        server.Kill();
        bench.Book(11, 40);
        Assert.Null(server.Start());
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
        Assert.Contains("is away", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_lease_blocks_of_their_own_to_two_nodes()
    {
        using ShippingBench bench = Start();
        using LedgerDatabase first = new(bench.Dialect());
        using LedgerDatabase second = new(bench.Dialect());
        Parallel.Invoke(first.Connect, second.Connect);
        Assert.NotEqual(first.LeaseBlock("NODE1", Guid.NewGuid()), second.LeaseBlock("NODE2", Guid.NewGuid()));
    }

    private ShippingBench Start() => new(PostgresSchema.New(server));
}
