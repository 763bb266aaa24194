using System.CommandLine;
using MarketMaker.Ledger;
using MarketMaker.Ledger.Commands;

using CommonOptions common = new();
RootCommand root = new(
    "Reads a market maker's journal, also while its engine trades. Exit status 0: done and all agrees, 1: something does not agree or could not be done, "
    + "2: mistake in the command line or the INI file, 130: stopped by a signal.")
{
    common.Config, common.Journal,
    PrintCommand.Create(common),
    VerifyCommand.Create(common),
    ReconcileCommand.Create(common),
    LotsCommand.Create(common),
    ProfitCommand.Create(common),
    ExportCommand.Create(common),
    AdjustCommand.Create(common),
    ResolveCommand.Create(common),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-ledger: {error.Message}");
Console.Error.WriteLine("mm-ledger: see --help");
return ExitStatus.Mistake;
