using System.CommandLine;
using MarketMaker.Harness.Capture;
using MarketMaker.Harness.Counters;
using MarketMaker.Harness.Journal;
using MarketMaker.Harness.Kill;
using MarketMaker.Harness.Ledger;
using MarketMaker.Harness.Network;
using MarketMaker.Harness.Outage;
using MarketMaker.Harness.Refresh;
using MarketMaker.Harness.Shipping;
using MarketMaker.Measuring;

// ./build.sh measure VERB [options]. Each verb is a class of its own that makes its Command; exit status 0: measured, 1: could not, 2: mistake in the command line.
RootCommand root = new("Measures the engine's own code against the machine's limits, in the same run.")
{
    CaptureCommand.Create(),
    CountersCommand.Create(),
    DrainCommand.Create(),
    JournalCommand.Create(),
    KillCommand.Create(),
    LedgerCommand.Create(),
    NetworkCommand.Create(),
    OutageCommand.Create(),
    RefreshCommand.Create(),
    ShippingCommand.Create(),
    StartCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-measure: {error.Message}");
    Console.Error.WriteLine("mm-measure: see --help");
    return 2;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception cause) when (cause is MeasureException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"mm-measure: {cause.Message}");
    return 1;
}
