using System.Text.Json;

namespace MarketMaker.Tests.Native;

public sealed class NodesSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-native-nodes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void should_reconcile_three_engines_with_one_venue_and_one_database()
    {
        string json = Path.Combine(_folder, "report.json");
        (int status, string page) = RunningProgram.RunToEnd(
            Published.PathOf("mm-demo"), "--dist", Published.Folder, "--config", Published.HostIni, "--data", Path.Combine(_folder, "data"), "--json", json,
            "--nodes", "3", "--seconds", "5", "--rate", "20000", "--tickers", "1000",
            // A busy machine wins nothing against others.
            "--competitors", "0");
        Assert.True(status == 0, page);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement report = document.RootElement;
        JsonElement[] nodes = [.. report.GetProperty("nodes").EnumerateArray()];
        Assert.Equal(3, nodes.Length);
        Assert.Equal(["T0001-T0333", "T0334-T0666", "T0667-T1000"], nodes.Select(node => node.GetProperty("slice").GetString()));
        Assert.Equal(3, nodes.Select(node => node.GetProperty("block").GetInt64()).Distinct().Count());
        foreach (string count in new[] { "venueExecutions", "journalRows", "databaseRows" })
        {
            Assert.All(nodes, node => Assert.InRange(node.GetProperty(count).GetInt64(), 1, long.MaxValue));
            Assert.Equal(report.GetProperty(count).GetInt64(), nodes.Sum(node => node.GetProperty(count).GetInt64()));
        }

        Assert.Equal(report.GetProperty("venueExecutions").GetInt64(), report.GetProperty("databaseRows").GetInt64());
        Assert.Equal(report.GetProperty("openingCash").GetDecimal(), nodes.Sum(node => node.GetProperty("openingCash").GetDecimal()));
        Assert.Equal(report.GetProperty("offersSent").GetInt64(), report.GetProperty("offersOwn").GetInt64());
    }
}
