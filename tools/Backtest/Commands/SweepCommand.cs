using System.CommandLine;
using MarketMaker.Backtest.Printing;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>sweep</c>: every combination of some settings, over many seeds, into one CSV file.</summary>
internal static class SweepCommand
{
    private const int JobsMax = 100_000;

    public static Command Create()
    {
        CommandLine line = new();
        Option<string[]> vary = new("--vary")
        {
            Description = "KEY=V1,V2,...: values to try; keys as for --set, and policy. Several: every combination.",
            DefaultValueFactory = _ => [],
        };
        Option<string> seeds = new("--seeds") { Description = "A..B: seeds of each combination.", DefaultValueFactory = _ => "1..8" };
        Option<string> csv = new("--csv") { Description = "Where a line for every run goes.", DefaultValueFactory = _ => "sweep.csv" };
        Command command = new("sweep", "Many sessions, several at a time: parameters x seeds.") { vary, seeds, csv, line.Policy, line.Set, line.Threads };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            ulong[] all = CommandLine.Seeds(parsed.GetValue(seeds)!);
            (string Key, string[] Values)[] varied = [.. parsed.GetValue(vary)!.Select(Varied)];
            List<Job> jobs = Combinations(line.Job(parsed, all[0]), varied, all);
            using StopSignal stop = new();
            RunResult?[] results = JobRunner.Run("sweep", jobs, Math.Max(1, parsed.GetValue(line.Threads)), stop.Token);
            ResultCsv.Write(parsed.GetValue(csv)!, [.. varied.Select(v => v.Key)], jobs, results);
            SweepPage.Print([.. varied.Select(v => v.Key)], jobs, results, all.Length);
            return stop.Token.IsCancellationRequested ? ExitStatus.Interrupted
                : results.All(r => r!["violations"] == 0) ? ExitStatus.Success : ExitStatus.Failed;
        }));
        return command;
    }

    /// <summary>Every combination with every seed; the seeds of a combination lie together.</summary>
    internal static List<Job> Combinations(Job basis, IReadOnlyList<(string Key, string[] Values)> varied, ulong[] seeds)
    {
        IEnumerable<Job> combined = [basis];
        foreach ((string key, string[] values) in varied) combined = combined.SelectMany(job => values.Select(value => job.With(key, value)));
        List<Job> jobs = [.. combined.SelectMany(job => seeds.Select(seed => job with { Seed = seed })).Take(JobsMax + 1)];
        if (jobs.Count > JobsMax) throw new FormatException($"these are more than {JobsMax:N0} runs: vary less at a time");
        foreach (Job job in jobs.Where((_, index) => index % seeds.Length == 0)) job.Check();
        return jobs;
    }

    private static (string Key, string[] Values) Varied(string text)
    {
        (string key, string values) = CommandLine.Pair(text, "--vary");
        return (key, values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
