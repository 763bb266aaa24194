using System.Diagnostics;
using System.Globalization;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A database that stays connected and answers nothing, as behind a cut network.</summary>
public sealed class NoAnswerSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int AnswerTimeoutMs = 1000;

    // Far above the limit, far below what TCP alone takes to give up what was sent.
    private static readonly TimeSpan GivenUpMax = TimeSpan.FromSeconds(15);

    [SkippableFact]
    public async Task should_give_up_a_connection_that_falls_silent_and_ship_each_row_once()
    {
        server.Require();
        using ShippingBench bench = new(PostgresSchema.New(server));
        bench.Options = bench.Options with { AnswerTimeoutMs = AnswerTimeoutMs };
        using SilentProxy proxy = new(server.Port);
        bench.Book(1, 10);
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(Through(bench, $"127.0.0.1:{proxy.Port}"), AnswerTimeoutMs);
        using CancellationTokenSource stop = new();
        Task<ShippingEnd> run = Task.Run(() => new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop.Token));
        WaitFor(bench, () => Mark(bench) == (7L << 32) + 10);
        proxy.FallSilent();
        bench.Book(11, 40);
        WaitFor(bench, () => bench.Log.ToString().Contains($"no answer for {AnswerTimeoutMs} ms", StringComparison.Ordinal));
        Assert.Equal((7L << 32) + 10, Mark(bench));
        proxy.Heal();
        WaitFor(bench, () => Mark(bench) == (7L << 32) + 40);
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        ShippingSpecs.AssertSame(bench);
        Assert.Equal(0, bench.Scalar("select count(*) from quarantine"));
    }

    [SkippableFact]
    public void should_go_on_to_the_next_host_when_one_takes_connections_and_says_nothing()
    {
        server.Require();
        using ShippingBench bench = new(PostgresSchema.New(server));
        using SilentProxy proxy = new(server.Port);
        proxy.FallSilent();
        bench.Book(1, 10);
        using LedgerDatabase database = new(Through(bench, $"127.0.0.1:{proxy.Port},127.0.0.1:{server.Port}"), AnswerTimeoutMs);
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 2; i++) database.Connect();
        Assert.True(watch.Elapsed < GivenUpMax, $"two connections took {watch.Elapsed}");
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce(database));
        ShippingSpecs.AssertSame(bench);
    }

    [SkippableFact]
    public void should_not_wait_for_a_silent_host_longer_than_it_may_where_npgsql_would()
    {
        server.Require();
        using SilentProxy proxy = new(server.Port);
        proxy.FallSilent();
        using PostgresDialect dialect = new($"Host=127.0.0.1:{proxy.Port};Username=ledger;Database=postgres;Timeout=600", passwordFile: null, openMax: TimeSpan.FromMilliseconds(AnswerTimeoutMs));
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Contains("answered within 1 s", Assert.Throws<TimeoutException>(dialect.Open).Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < GivenUpMax, $"it took {watch.Elapsed}");
    }

    [SkippableFact]
    public void should_begin_at_another_host_with_each_attempt()
    {
        server.Require();
        using SilentProxy one = new(server.Port), two = new(server.Port);
        using PostgresDialect dialect = new($"Host=127.0.0.1:{one.Port},127.0.0.1:{two.Port};Username=ledger;Database=postgres", passwordFile: null);
        HashSet<int> ports = [];
        for (int i = 0; i < 4; i++)
        {
            using System.Data.Common.DbConnection connection = dialect.Connect();
            ports.Add(((System.Net.IPEndPoint)dialect.SocketOf(connection)!.RemoteEndPoint!).Port);
        }

        Assert.Equal(new HashSet<int> { one.Port, two.Port }, ports);
    }

    private static PostgresDialect Through(ShippingBench bench, string hosts) =>
        new($"Host={hosts};Username=ledger;Database=postgres;Timeout=2;Search Path={bench.Query("select current_schema()::text")[0][0]}", passwordFile: null);

    private static long Mark(ShippingBench bench) =>
        File.Exists(bench.ShippedFile) ? long.Parse(File.ReadAllText(bench.ShippedFile), CultureInfo.InvariantCulture) : 0;

    private static void WaitFor(ShippingBench bench, Func<bool> isSo) => Assert.True(SpinWait.SpinUntil(isSo, GivenUpMax), bench.Log.ToString());
}
