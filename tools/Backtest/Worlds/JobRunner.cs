using MarketMaker.Backtest.Simulation;
using Spectre.Console;

namespace MarketMaker.Backtest.Worlds;

/// <summary>Does many runs at once, one per core. What comes out depends on the jobs alone, not on how many run at a time.</summary>
internal static class JobRunner
{
    /// <summary>Does the jobs; a stop leaves null for those that were not done.</summary>
    /// <param name="title">Shown before the bar.</param>
    /// <param name="jobs">What to do.</param>
    /// <param name="threads">How many at a time.</param>
    /// <param name="stop">Ends it early.</param>
    public static RunResult?[] Run(string title, IReadOnlyList<Job> jobs, int threads, CancellationToken stop)
    {
        if (Console.IsErrorRedirected) return Run(jobs, threads, () => { }, stop);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, jobs.Count));
                return Run(jobs, threads, () => bar.Increment(1), stop);
            });
    }

    private static RunResult?[] Run(IReadOnlyList<Job> jobs, int threads, Action done, CancellationToken stop)
    {
        RunResult?[] results = new RunResult?[jobs.Count];
        try
        {
            Parallel.For(0, jobs.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, i =>
            {
                results[i] = jobs[i].Run(stop);
                done();
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is done is kept; the caller sees which are not.
        }

        return results;
    }
}
