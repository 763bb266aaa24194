using System.CommandLine;
using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Control;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Host;

/// <summary>The verbs <c>halt</c>, <c>reduce</c> and <c>resume</c>.</summary>
internal static class ControlCommands
{
    private const int Done = 0, NotDone = 1, NoEngine = 3, NotConfirmed = 4;

    /// <summary>The three commands.</summary>
    public static IEnumerable<Command> For(Option<string> config)
    {
        Option<string> reason = new("--reason") { Description = $"Why, for the log and the list of commands; at most {ControlOrder.ReasonLettersMax} letters.", DefaultValueFactory = _ => "" };
        Option<string[]> causes = new("--cause") { Description = $"A halt of the engine's own that was looked into: {StopReasonsExtensions.Breakers.ToText()}.", AllowMultipleArgumentsPerToken = true };
        Option<bool> reduceOnly = new("--reduce-only") { Description = "Go on with sales alone." };
        causes.Validators.Add(given =>
        {
            foreach (string name in given.GetValueOrDefault<string[]>() ?? [])
            {
                if (!StopReasonsExtensions.TryParse(name, out StopReasons cause) || (cause & StopReasonsExtensions.Breakers) == 0)
                    given.AddError($"--cause {name}: there is no such halt; write one of {StopReasonsExtensions.Breakers.ToText()}");
            }
        });
        const string Status = "Exit status 0: the running engine has taken it; 3: no engine is running, the next start obeys; 4: it holds, but the engine has not said so; 1: not done, or not durable.";
        Command halt = new("halt", $"Stop all sends at once, until resume; a restart stays halted. {Status}") { config, reason };
        Command reduce = new("reduce", $"Send sales alone, until resume. {Status}") { config, reason };
        Command resume = new("resume", $"Lift a halt or reduce; what the engine halted itself only by its name. {Status}") { config, reason, causes, reduceOnly };
        halt.SetAction(parsed => Give(parsed.GetRequiredValue(config), panel => panel.Halt(parsed.GetValue(reason)!)));
        reduce.SetAction(parsed => Give(parsed.GetRequiredValue(config), panel => panel.Reduce(parsed.GetValue(reason)!)));
        resume.SetAction(parsed => Give(parsed.GetRequiredValue(config), panel => panel.Resume(parsed.GetValue(reason)!, Named(parsed.GetValue(causes)), parsed.GetValue(reduceOnly))));
        return [halt, reduce, resume];
    }

    private static StopReasons Named(string[]? names)
    {
        StopReasons named = StopReasons.None;
        foreach (string name in names ?? [])
        {
            if (StopReasonsExtensions.TryParse(name, out StopReasons cause)) named |= cause;
        }

        return named;
    }

    private static int Give(string iniFile, Func<ControlPanel, ControlOutcome> command)
    {
        try
        {
            ControlOutcome outcome = command(new ControlPanel(ControlLocation.Find(iniFile)));
            bool isDone = outcome.Result is ControlResult.Taken or ControlResult.NoEngine;
            (isDone ? Console.Out : Console.Error).WriteLine($"marketmaker: {outcome.Text}");
            return outcome.Result switch
            {
                ControlResult.Taken => Done,
                ControlResult.NoEngine => NoEngine,
                ControlResult.NotConfirmed => NotConfirmed,
                _ => NotDone,
            };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"marketmaker: nothing was changed: {cause.Message}");
            return NotDone;
        }
    }
}
