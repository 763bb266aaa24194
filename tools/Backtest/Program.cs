using System.CommandLine;
using MarketMaker.Backtest;
using MarketMaker.Backtest.Commands;

RootCommand root = new(
    "Runs the engine's own decisions in virtual time over a simulated market. Exit status 0: done, 1: an order broke a rule or it could not be done, "
    + "2: mistake in the command line, 130: stopped by a signal; what was done is kept.")
{
    RunCommand.Create(),
    SweepCommand.Create(),
    ResultsCommand.Create(),
    ReplayCommand.Create(),
    RecordedCommand.Create(),
    ReportCommand.Create(),
    SettingsCommand.Create(),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-backtest: {error.Message}");
Console.Error.WriteLine("mm-backtest: see --help");
return ExitStatus.Mistake;
