using System.CommandLine;
using System.Globalization;
using MarketMaker.OperatorConsole;
using MarketMaker.OperatorConsole.Commands;

const int Failed = 1;
const int Mistake = 2;

// Figures read the same in every country.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Option<string?> config = new("--config") { Description = "The engine's INI file: [counters] path, [shipper] status-file and [control] file are read.", Recursive = true };
Option<string?> counters = new("--counters") { Description = "The engine's counter file, instead of --config.", Recursive = true };
Option<string?> recording = new("--recording") { Description = "A file that 'mm-console record' made, instead of a living engine.", Recursive = true };

RootCommand root = new("Shows a running engine, one that has ended, or a recording: from its counters alone, without touching it.\n\n"
    + "Exit status: 0 done, or stopped by SIGINT or SIGTERM; 1 failed, such as no counter file or an address in use; 2 mistake in the command line; 3 (print) the engine is not alive.")
{
    config, counters, recording,
    WatchCommand.Create(Run), PrintCommand.Create(Run), ServeCommand.Create(Run), RecordCommand.Create(Run),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-console: {error.Message}");
Console.Error.WriteLine("mm-console: see --help");
return Mistake;

int Run(ParseResult result, Func<ConsoleSettings, int> action)
{
    try
    {
        return action(ConsoleSettings.Load(result.GetValue(config), result.GetValue(counters), result.GetValue(recording)));
    }
    catch (FormatException mistake)
    {
        Console.Error.WriteLine($"mm-console: {mistake.Message}");
        return Mistake;
    }
    catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"mm-console: {failure.Message}");
        return Failed;
    }
}
