using System.CommandLine;
using MarketMaker.Backtest.Printing;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>run</c>: one session, one policy, one page.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        CommandLine line = new();
        Option<ulong> seed = new("--seed") { Description = "Seed of everything.", DefaultValueFactory = _ => 1 };
        Option<string?> json = new("--json") { Description = "Write the figures to this file." };
        Option<string?> series = new("--series") { Description = "Write equity, stock and orders over time to this CSV file." };
        Option<int> every = new("--series-seconds") { Description = "Seconds between its lines.", DefaultValueFactory = _ => 60 };
        Command command = new("run", "One session of the simulated market with one policy: a page of figures.") { seed, line.Policy, line.Set, json, series, every };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            Job job = line.Job(parsed, parsed.GetValue(seed));
            int seriesSeconds = parsed.GetValue(series) is null ? 0 : Math.Max(1, parsed.GetValue(every));
            using StopSignal stop = new();
            // What the machine does besides does not count: it is the processor's time that says what a core can do.
            TimeSpan before = Environment.CpuUsage.TotalTime;
            RunResult result = job.Run(stop.Token, seriesSeconds);
            ResultPage.Print(job, result, Environment.CpuUsage.TotalTime - before);
            if (parsed.GetValue(json) is { } jsonFile) ResultJson.Write(jsonFile, job, result);
            if (parsed.GetValue(series) is { } seriesFile) ResultCsv.WriteSeries(seriesFile, result.Series);
            return result["violations"] == 0 ? ExitStatus.Success : ExitStatus.Failed;
        }));
        return command;
    }
}
