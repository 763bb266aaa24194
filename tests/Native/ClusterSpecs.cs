using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Native;

/// <summary>The published programs against three synchronous database nodes, of which the primary is killed or cut off.</summary>
public sealed class ClusterSpecs(DatabaseCluster cluster, ITestOutputHelper log) : IClassFixture<DatabaseCluster>
{
    /// <summary>Shorter than the lease of the primary (5 s, renewed each second), so that no other node leads yet.</summary>
    private static readonly TimeSpan IsolationSeen = TimeSpan.FromSeconds(2);

    /// <summary>How often the primary is killed: once, or for a measurement as often as it says here.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("MARKETMAKER_FAILOVERS") ?? "1", CultureInfo.InvariantCulture);

    [SkippableFact]
    public void should_ship_again_and_keep_every_acknowledged_row_when_the_primary_is_killed()
    {
        cluster.Require();
        using ClusterNode node = new(cluster);
        List<double> seconds = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            long acknowledged = node.WaitForShipping();
            DateTime killedAt = DateTime.UtcNow;
            log.WriteLine(cluster.Run("kill-primary"));
            seconds.Add(node.WaitUntilShippingAgain());
            log.WriteLine($"shipping again after {seconds[^1]:0.0} s");
            cluster.Run("heal");
            // A row that was lost and sent again would be younger than the kill.
            Assert.Equal(0, node.Count($"id <= {acknowledged} and created_at > '{killedAt:O}'"));
        }

        node.StopInOrder();
        List<string> traded = node.VenueTrades();
        List<string> shipped = node.Shipped();
        Report(seconds, traded, shipped);
        Assert.Equal(traded, shipped);
        Assert.Equal(node.JournalTrades(), shipped);
    }

    [SkippableFact]
    public void should_wait_with_commits_while_the_primary_is_cut_off_and_lose_or_double_nothing()
    {
        cluster.Require();
        using ClusterNode node = new(cluster);
        node.WaitForShipping();
        log.WriteLine(cluster.Run("isolate"));
        DateTime isolatedAt = DateTime.UtcNow;
        // What was acknowledged just before still arrives.
        Thread.Sleep(500);
        long acknowledged = node.ShippedId();
        Thread.Sleep(IsolationSeen);
        Assert.Equal(acknowledged, node.ShippedId());
        Assert.True(node.JournaledId() > acknowledged, "the engine stood still with the database");
        double seconds = node.WaitUntilShippingAgain();
        log.WriteLine($"shipping to the new primary {seconds + IsolationSeen.TotalSeconds + 0.5:0.0} s after the cut");
        Assert.Equal(0, node.Count($"id <= {acknowledged} and created_at > '{isolatedAt.AddMilliseconds(500):O}'"));
        log.WriteLine(cluster.Run("heal"));
        node.WaitForShipping();
        node.StopInOrder();
        List<string> shipped = node.Shipped();
        Assert.Equal(node.VenueTrades(), shipped);
        Assert.Equal(node.JournalTrades(), shipped);
    }

    private void Report(List<double> seconds, List<string> traded, List<string> shipped)
    {
        List<double> sorted = [.. seconds.Order()];
        string line = JsonSerializer.Serialize(new
        {
            kills = seconds.Count,
            shippingAgainMedianS = sorted[sorted.Count / 2],
            shippingAgainMaxS = sorted[^1],
            rows = shipped.Count,
            lost = traded.Except(shipped).Count(),
            doubled = shipped.Count - shipped.Distinct().Count(),
            invented = shipped.Except(traded).Count(),
            boundWith95Percent = 3.0 / traded.Count,
            seconds,
        });
        log.WriteLine(line);
        if (Environment.GetEnvironmentVariable("MARKETMAKER_FAILOVERS_JSON") is { } file) File.WriteAllText(file, line);
    }
}
