using System.CommandLine;
using MarketMaker.Decision.Capture;
using Spectre.Console;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>replay</c>: decides a capture again and holds every order against the live run's.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> file = CommandLine.ExistingFile("A capture, as [capture] path writes it.");
        Command command = new("replay", "Decides what a live engine decided again: the same inputs must give the same orders.") { file };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            try
            {
                CaptureReplayResult result = Replay(parsed.GetValue(file)!);
                Console.WriteLine($"{result.Offers:N0} offers, {result.Prices:N0} prices and {result.Responses:N0} responses gave {result.Orders:N0} orders with hash {result.OrdersHash:X16}");
                Console.WriteLine($"{result.Offers / Math.Max(1e-9, result.Elapsed.TotalSeconds):N0} offers a second; the capture ended: {result.Ending}; inputs not on file: {result.NotRecorded:N0}");
                Console.WriteLine(result.Difference ?? "every verdict and every order is the live run's");
                return result.IsEqual ? ExitStatus.Success : ExitStatus.Failed;
            }
            catch (CaptureException cause)
            {
                Console.Error.WriteLine($"mm-backtest: {cause.Message}");
                return ExitStatus.Failed;
            }
        }));
        return command;
    }

    private static CaptureReplayResult Replay(string file)
    {
        if (Console.IsErrorRedirected) return CaptureReplay.Run(file);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask bar = context.AddTask("replay", maxValue: 1);
            return CaptureReplay.Run(file, new Bar(bar));
        });
    }

    // At once, on the thread that reads: Progress<T> would post each report to the pool.
    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
