using System.CommandLine;
using MarketMaker.Measuring;

namespace MarketMaker.Harness.Journal;

/// <summary>Durable executions a second of the engine's own journal against C on the same LMDB, and its time to durable against one fdatasync.</summary>
internal static class JournalCommand
{
    private const double RatioGoal = 0.7, RateGoal = 100_000, DurableGoal = 3.5;

    // Commits per window, so that each takes some tenths of a second.
    private static readonly (int Batch, int Commits)[] Windows = [(1, 300), (10, 300), (100, 200), (1000, 100), (10_000, 20)];

    internal static Command Create()
    {
        Option<string> path = new("--path")
        {
            Description = "Folder on the disk to measure; must not be tmpfs.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> pairs = new("--pairs") { Description = "Pairs of windows for each batch size, 1 to 1,000.", DefaultValueFactory = _ => 9 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("journal", "Durable executions a second, and time from fill to durable.") { path, pairs, json };
        command.SetAction(parsed =>
        {
            MeasureReport report = Measure(parsed.GetRequiredValue(path), Math.Clamp(parsed.GetValue(pairs), 1, 1000));
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(string path, int pairs)
    {
        Directory.CreateDirectory(path);
        HostFingerprint host = HostFingerprint.Take(path);
        if (host.FileSystem.StartsWith("tmpfs", StringComparison.Ordinal)) throw new MeasureException($"{path} is in memory: name a folder on a disk with --path");
        string work = Directory.CreateDirectory(Path.Combine(path, $"run-{Environment.ProcessId}")).FullName;
        try
        {
            List<MeasureRow> rows = [];
            // The first windows are for the compiler, the disk's cache and the page cache.
            foreach ((int batch, int commits) in Windows) JournalLoad.Run(work, batch, commits);
            foreach ((int batch, int commits) in Windows) rows.Add(Rate(work, batch, commits, pairs));
            rows.AddRange(TimeToDurable(work, pairs));
            return new MeasureReport("journal", host, "records of 256 bytes; per commit a batch, the session's row and the id block's row; windows alternate ABBA", rows);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static MeasureRow Rate(string work, int batch, int commits, int pairs)
    {
        List<double> ours = [], floors = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            Progress($"batch {batch:N0}, pair {pair + 1} of {pairs}");
            Alternate(pair, () => ours.Add(JournalLoad.Run(work, batch, commits).PerSecond), () => floors.Add(RunFloor(work, batch, commits).PerSecond));
        }

        Samples ratio = Samples.Of(ours.Zip(floors, (mine, floor) => mine / floor));
        double median = Samples.Of(ours).Median;
        bool isRateGoal = batch == 1000;
        return new MeasureRow($"durable executions, batch {batch:N0}", "1/s", median, Samples.Of(floors).Median, ratio,
            isRateGoal ? $">= {RatioGoal}x, >= {RateGoal:N0}/s" : $">= {RatioGoal}x", ratio.Median >= RatioGoal && (!isRateGoal || median >= RateGoal));
    }

    private static IEnumerable<MeasureRow> TimeToDurable(string work, int pairs)
    {
        const int fills = 300;
        List<double> ours = [], native = [], probes = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            Progress($"fill to durable, pair {pair + 1} of {pairs}");
            Alternate(
                pair,
                () => ours.Add(JournalLoad.Run(work, 1, fills).MedianNs / 1e3),
                () => probes.Add(Floor.Run("sync_probe", Path.Combine(work, "probe"), $"{fills}").MedianNs / 1e3));
            native.Add(RunFloor(work, 1, fills).MedianNs / 1e3);
        }

        Samples ratio = Samples.Of(ours.Zip(probes, (mine, probe) => mine / probe));
        yield return new MeasureRow("fill to durable p50, against one fdatasync", "us", Samples.Of(ours).Median, Samples.Of(probes).Median, ratio,
            $"<= {DurableGoal}x", ratio.Median <= DurableGoal);
        yield return new MeasureRow("one commit of C on LMDB p50, against one fdatasync", "us", Samples.Of(native).Median, Samples.Of(probes).Median,
            Samples.Of(native.Zip(probes, (mine, probe) => mine / probe)));
    }

    // ABBA: a machine that grows slower or faster does so for both.
    private static void Alternate(int pair, Action ours, Action floor)
    {
        (Action first, Action second) = pair % 2 == 0 ? (ours, floor) : (floor, ours);
        first();
        second();
    }

    private static Floor RunFloor(string work, int batch, int commits)
    {
        string folder = Directory.CreateDirectory(Path.Combine(work, "floor")).FullName;
        try
        {
            return Floor.Run("lmdb_fills", folder, $"{batch}", $"{commits}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Progress(string what)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{what,-60}");
    }
}
