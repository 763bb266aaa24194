using System.CommandLine;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Watching;

namespace MarketMaker.OperatorConsole.Commands;

/// <summary><c>mm-console watch</c>: the live view in a terminal.</summary>
internal static class WatchCommand
{
    public static Command Create(Func<ParseResult, Func<ConsoleSettings, int>, int> run)
    {
        Option<int> every = new("--every-ms") { Description = "Between two images, 100 to 10,000.", DefaultValueFactory = _ => 500 };
        Command command = new("watch", "The live view: pipeline, latencies, money, positions, alarms. Readable from 80 columns and 24 lines on; ? lists the keys.") { every };
        command.SetAction(parsed => run(parsed, settings => Watch(settings, Math.Clamp(parsed.GetValue(every), 100, 10_000))));
        return command;
    }

    private static int Watch(ConsoleSettings settings, int everyMs)
    {
        if (System.Console.IsInputRedirected || System.Console.IsOutputRedirected)
            throw new FormatException("watch needs a terminal; 'mm-console print' writes the same figures into a pipe or a file");
        using ICounterSource source = settings.Open();
        return new WatchLoop(settings, source, everyMs).Run();
    }
}
