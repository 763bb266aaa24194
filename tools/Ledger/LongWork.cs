using Spectre.Console;

namespace MarketMaker.Ledger;

/// <summary>Shows a bar for work that takes long, on the error stream and only when a person looks at it.</summary>
internal static class LongWork
{
    /// <summary>Does the work; it tells how much is done.</summary>
    /// <param name="title">What is shown before the bar.</param>
    /// <param name="total">What "done" means; 0: unknown.</param>
    /// <param name="work">Gets a place to say how much is done.</param>
    public static T Run<T>(string title, long total, Func<Action<long>, T> work)
    {
        if (Console.IsErrorRedirected) return work(_ => { });
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total));
            bar.IsIndeterminate = total == 0;
            return work(done => bar.Value = done);
        });
    }
}
