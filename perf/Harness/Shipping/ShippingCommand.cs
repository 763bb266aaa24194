using System.CommandLine;
using MarketMaker.Measuring;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Harness.Shipping;

/// <summary>Rows a second from a journal into PostgreSQL by the shipper's own loop, against other ways of putting the same rows.</summary>
internal static class ShippingCommand
{
    internal static Command Create()
    {
        Option<string?> database = new("--database") { Description = "Connection string of an empty PostgreSQL database whose tables may be made and emptied. Default: a server of its own, with fsync on." };
        Option<string?> cluster = new("--cluster") { Description = "Instead: folder of a cluster made by deploy/database/cluster.sh; its ledger is emptied." };
        Option<string?> passwordFile = new("--password-file") { Description = "Holds its password." };
        Option<string> path = new("--path")
        {
            Description = "Folder of the journal.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> rows = new("--rows") { Description = "Rows of one window, 1,000 to 10,000,000.", DefaultValueFactory = _ => 200_000 };
        Option<int> pairs = new("--pairs") { Description = "Windows of each way, 1 to 1,000.", DefaultValueFactory = _ => 5 };
        Option<int[]> batches = new("--batches")
        {
            Description = "Rows a commit, 1 to 10,000 each.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1000, 2000, 5000, 10_000],
        };
        Option<double> goal = new("--goal") { Description = "Rows a second to reach; 20000 is that of the three-node cluster.", DefaultValueFactory = _ => 50_000 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("shipping", "Rows a second into PostgreSQL.") { database, cluster, passwordFile, path, rows, pairs, batches, goal, json };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(path);
            if (parsed.GetValue(database) is not null && parsed.GetValue(cluster) is not null) throw new MeasureException("give one of --database and --cluster");
            (string? given, string? password) = parsed.GetValue(cluster) is { } made ? ClusterAddress.Of(made) : (parsed.GetValue(database), parsed.GetValue(passwordFile));
            using PostgresProcess? own = given is null ? new PostgresProcess("-c max_wal_size=4GB") : null;
            if (own?.WhyNot is { } whyNot) throw new MeasureException(whyNot);
            string address = given ?? own!.ConnectionString;
            MeasureReport report = Measure(
                folder, address, password, Math.Clamp(parsed.GetValue(rows), 1000, 10_000_000), Math.Clamp(parsed.GetValue(pairs), 1, 1000),
                [.. parsed.GetRequiredValue(batches).Select(batch => Math.Clamp(batch, 1, 10_000))], parsed.GetValue(goal), isCluster: parsed.GetValue(cluster) is not null);
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(string path, string address, string? passwordFile, int rows, int pairs, int[] batches, double goal, bool isCluster)
    {
        Directory.CreateDirectory(path);
        HostFingerprint host = HostFingerprint.Take(path);
        string work = Directory.CreateDirectory(Path.Combine(path, $"run-{Environment.ProcessId}")).FullName;
        try
        {
            using ShippingLoad load = new(work, address, passwordFile, rows);
            load.Loop(5000);
            List<MeasureRow> report = [];
            foreach (int batch in batches)
            {
                report.Add(Compare($"shipper, {batch:N0} rows a commit, against inserts with parameters", batch, load.Loop, load.ByInserts, goal));
                report.Add(Compare($"shipper, {batch:N0} rows a commit, against insert from unnested arrays", batch, load.Loop, load.ByArrays, goal));
                // The accounts of a cluster may make no temporary tables.
                if (!isCluster) report.Add(Compare($"shipper, {batch:N0} rows a commit, against a staging table", batch, load.Loop, load.ByStaging, goal));
            }

            return new MeasureReport("shipping", host, $"{rows:N0} rows a window from a journal in the page cache; every batch and its cursor are one durable commit; windows alternate ABBA", report);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        MeasureRow Compare(string name, int batch, Func<int, double> ours, Func<int, double> other, double goal)
        {
            List<double> mine = [], floors = [];
            for (int pair = 0; pair < pairs; pair++)
            {
                Console.Error.WriteLine($"{name}, pair {pair + 1} of {pairs}");
                if (pair % 2 == 0) mine.Add(ours(batch));
                floors.Add(other(batch));
                if (pair % 2 == 1) mine.Add(ours(batch));
            }

            double median = Samples.Of(mine).Median;
            return new MeasureRow(name, "rows/s", median, Samples.Of(floors).Median, Samples.Of(mine.Zip(floors, (a, b) => a / b)), $">= {goal:N0}/s", median >= goal);
        }
    }
}
