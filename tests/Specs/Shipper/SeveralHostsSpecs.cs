using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class SeveralHostsSpecs(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableFact]
    public void should_go_on_to_the_next_host_when_one_swallows_every_packet()
    {
        server.Require();
        // A full queue of a port that nobody reads from drops what comes, like a host that is gone without a word.
        using TcpListener hole = new(IPAddress.Loopback, 0);
        hole.Start(1);
        int port = ((IPEndPoint)hole.LocalEndpoint).Port;
        List<TcpClient> fillers = [];
        for (int i = 0; i < 8; i++)
        {
            fillers.Add(new TcpClient());
            _ = fillers[i].ConnectAsync(IPAddress.Loopback, port);
        }

        using PostgresDialect dialect = new($"Host=127.0.0.1:{port},127.0.0.1:{server.Port};Username=ledger;Database=postgres;Timeout=2", passwordFile: null);
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 2; i++) dialect.Connect().Dispose();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"two connections took {watch.Elapsed}");
        foreach (TcpClient filler in fillers) filler.Dispose();
    }
}
