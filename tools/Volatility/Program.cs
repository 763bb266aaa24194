using System.CommandLine;
using System.Runtime.InteropServices;
using MarketMaker.Platform.Network;
using MarketMaker.Volatility;
using MarketMaker.Volatility.Measuring;
using MarketMaker.VolatilityModel;
using Microsoft.Extensions.Logging;
using ZLogger;

const int Failed = 1;
const int Mistake = 2;

Option<string?> config = new("--config") { Description = "An INI file: sections [volatility], [prices] and [session] are read." };
Option<string?> address = new("--address") { Description = "Where verdicts go, IP:PORT, several divided by commas; a multicast group or engines. Instead of [volatility] address." };
Option<string?> prices = new("--price-address") { Description = "The price service, instead of [prices] address." };
Option<string?> requests = new("--request-address") { Description = "Where re-requests are heard, IP:PORT, port 0: any. Instead of [volatility] request-address." };
Option<int?> rate = new("--requests-per-second") { Description = "Budget at the price service, instead of [volatility] requests-per-second (2000)." };
Option<string?> state = new("--state-file") { Description = "Opens, denials and baselines between two starts, instead of [volatility] state-file." };
Option<string?> changes = new("--changes-file") { Description = "CSV to which every change is appended, instead of [volatility] changes-file." };
Option<string?> ready = new("--ready-file") { Description = "JSON with session and request port, written when verdicts begin." };
Command run = new("run", "Watches the price service and publishes verdicts until SIGINT or SIGTERM.") { config, address, prices, requests, rate, state, changes, ready };
run.SetAction(parsed => Guard(() => Run(new CommandLineSettings(
    parsed.GetValue(config), parsed.GetValue(address), parsed.GetValue(prices), parsed.GetValue(requests), parsed.GetValue(rate),
    parsed.GetValue(state), parsed.GetValue(changes), parsed.GetValue(ready)))));

Option<int> days = new("--days") { Description = "Ticker-days for each time between polls, 1 to 100,000.", DefaultValueFactory = _ => 200 };
Option<int> seed = new("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1_001 };
days.Validators.Add(given => { if (given.GetValueOrDefault<int>() is < 1 or > 100_000) given.AddError("--days must be 1 to 100,000"); });
Command measure = new("measure", "Prints how soon rises of volatility are found, and how many verdicts are false, in virtual time.") { days, seed };
measure.SetAction(parsed => Guard(() => Detection.Print(new VolatilityOptions(), parsed.GetValue(days), parsed.GetValue(seed))));

RootCommand root = new("Finds tickers whose price moves far more than usual and tells every engine. Exit status 0: stopped in order, 1: failed, 2: mistake in command line or configuration.") { run, measure };
ParseResult result = root.Parse(args);
if (result.Errors.Count == 0) return result.Invoke();
foreach (var error in result.Errors) Console.Error.WriteLine($"mm-volatility: {error.Message}");
Console.Error.WriteLine("mm-volatility: see --help");
return Mistake;

static int Run(CommandLineSettings given)
{
    ServiceOptions options = ServiceConfiguration.Load(given);
    using CancellationTokenSource stop = new();
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using ILoggerFactory logging = LoggerFactory.Create(builder => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddZLoggerConsole(console => console.UsePlainTextFormatter(plain => plain.SetPrefixFormatter(
            $"{0:utc-longdate} {1:short} ", (in MessageTemplate template, in LogInfo info) => template.Format(info.Timestamp, info.LogLevel)))));
    return new VolatilityService(options, logging.CreateLogger("volatility"), stop.Token).Run();

    void Stop(PosixSignalContext signal)
    {
        // The second one is left to end the process.
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}

static int Guard(Func<int> action)
{
    try
    {
        return action();
    }
    catch (FormatException mistake)
    {
        Console.Error.WriteLine($"mm-volatility: {mistake.Message}");
        return Mistake;
    }
    catch (Exception failure) when (failure is ServiceStartException or SocketSetupException or IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException)
    {
        Console.Error.WriteLine($"mm-volatility: {failure.Message}");
        return Failed;
    }
}
