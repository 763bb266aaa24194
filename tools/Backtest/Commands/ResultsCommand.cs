using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Results;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>results</c>: runs the cells behind the published tables again and writes the document.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        Option<string> seeds = new("--seeds") { Description = "A..B: days none of which was used for tuning.", DefaultValueFactory = _ => "501..520" };
        Option<string?> only = new("--cell") { Description = "Only cells whose name begins so, such as nine/tight-0, or nine." };
        Option<string?> runs = new("--run") { Description = "Only these runs of each cell, such as strict,adaptive: the rows of its others stay as they are." };
        Option<string> folder = new("--folder") { Description = "Where RESULTS.md and results.csv lie.", DefaultValueFactory = _ => "tools/Backtest" };
        Option<bool> page = new("--page") { Description = "Run nothing: only write RESULTS.md again from the runs in results.csv." };
        CommandLine line = new();
        Command command = new("results", "Regenerates the published tables, or one cell of them.") { seeds, only, runs, folder, page, line.Threads };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            ulong[] asked = CommandLine.Seeds(parsed.GetValue(seeds)!);
            string prefix = parsed.GetValue(only) ?? "";
            string at = parsed.GetValue(folder)!;
            if (!Directory.Exists(at)) throw new FormatException($"there is no folder {at}: run from the root of the project or name it with --folder");
            if (parsed.GetValue(page)) return WritePage(at);
            string[] labels = (parsed.GetValue(runs) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            using StopSignal stop = new();
            return Renew(asked, prefix, labels, at, Math.Max(1, parsed.GetValue(line.Threads)), stop.Token);
        }));
        return command;
    }

    private static int WritePage(string folder)
    {
        ResultsDocument.Write(Path.Combine(folder, "RESULTS.md"), ResultsFile.Read(Path.Combine(folder, "results.csv")));
        return ExitStatus.Success;
    }

    private static int Renew(ulong[] asked, string prefix, string[] labels, string folder, int threads, CancellationToken stop)
    {
        string data = Path.Combine(folder, "results.csv");
        ResultsFile rows = ResultsFile.Read(data);
        var due = ResultsDocument.Tables.SelectMany(t => t.Cells.Select(c => (Table: t, Cell: c))).Where(d => d.Cell.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (due.Count == 0)
            throw new FormatException($"no cell begins with '{prefix}': {string.Join(", ", ResultsDocument.Tables.SelectMany(t => t.Cells).Select(c => c.Name))}");
        due = [.. due.Select(d => (d.Table, Cell: d.Cell.Only(labels))).Where(d => d.Cell.Runs.Count > 0)];
        if (due.Count == 0) throw new FormatException($"none of these cells has a run named {string.Join(" or ", labels)}");
        foreach ((ResultsTable table, Cell cell) in due)
        {
            long beganAt = Stopwatch.GetTimestamp();
            Job[] jobs = [.. table.Seeds(asked).SelectMany(seed => cell.Runs.Select(run => run.Job with { Seed = seed }))];
            foreach ((string _, Job job) in cell.Runs) job.Check();
            RunResult?[] results = JobRunner.Run(cell.Name, jobs, threads, stop);
            // Renewed whole or not at all.
            if (stop.IsCancellationRequested) return ExitStatus.Interrupted;
            // Another cell may have been run beside this one.
            rows = ResultsFile.Read(data);
            foreach ((string label, Job _) in cell.Runs) rows.Clear(cell.Name, label);
            if (labels.Length == 0) rows.Clear(cell.Name);
            for (int i = 0; i < jobs.Length; i++) rows.Add(cell.Name, cell.Runs[i % cell.Runs.Count].Label, jobs[i].Seed, results[i]!);
            rows.Save(data);
            ResultsDocument.Write(Path.Combine(folder, "RESULTS.md"), rows);
            Console.WriteLine($"{cell.Name}: {jobs.Length} runs in {Stopwatch.GetElapsedTime(beganAt).TotalSeconds:F0} s");
            // Naive has no collar to keep: what it breaks shows what the others keep.
            foreach (string violation in jobs.Zip(results).Where(run => run.First.Policy.Name != PolicyList.Naive.Name)
                .SelectMany(run => run.Second!.Violations.Select(what => $"{run.First.Policy.Name}, seed {run.First.Seed}: {what}")).Take(5)) Console.WriteLine(violation);
        }

        return ExitStatus.Success;
    }
}
