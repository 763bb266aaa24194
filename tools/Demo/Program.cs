using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using MarketMaker.Demo;
using Spectre.Console;

Option<string> dist = new("--dist") { Description = "Folder of the published programs.", DefaultValueFactory = _ => AppContext.BaseDirectory };
Option<string> config = new("--config") { Description = "The host's INI file; ports and paths are set for the run.", Required = true };
Option<string> data = new("--data") { Description = "Folder for ledger, journal, fills, logs and the effective INI.", DefaultValueFactory = _ => "demo-data" };
Option<string?> json = new("--json") { Description = "Also write the page as JSON to this file." };
Option<int> seconds = Number("--seconds", "How long to trade.", 20, 1, 86_400);
Option<int> rate = Number("--rate", "Offers per second the venue sends.", 100_000, 100, 10_000_000);
Option<int> tickers = Number("--tickers", "Tickers at the venue.", 5_000, 1, 20_000);
Option<int> competitors = Number("--competitors", "Competitors that race for the same offers.", 8, 0, 64);
Option<long> seed = new("--seed") { Description = "Seed of the market.", DefaultValueFactory = _ => 1 };
Option<int> killEngineAt = Number("--kill-engine-at", "Kill the engine (SIGKILL) after so many seconds and start it again; 0: never.", 0, 0, 86_400);
Option<int> wildPercent = Number("--wild-percent", "Share of tickers that turn wild in the market, in percent.", 2, 0, 100);
Option<int> wildFactor = Number("--wild-factor", "How many times its usual volatility a wild ticker has.", 10, 2, 50);
Option<int> wildFrom = Number("--wild-from", "Seconds of the market after which they turn wild.", 4, 0, 86_400);
Option<int> nodes = Number("--nodes", "Engines against the one venue, each with a slice of the tickers, its part of the capital and its own block of ids.", 1, 1, 8);
Option<string[]> venue = new("--venue") { Description = "Passed on to mm-venue, such as --venue=--loss=0.01.", AllowMultipleArgumentsPerToken = false };

RootCommand root = new("Trades on loopback against a simulated venue and proves that nothing was lost. Exit status 0: reconciled, 1: not, 2: mistake in the command line.")
{
    dist, config, data, json, seconds, rate, tickers, competitors, seed, killEngineAt, wildPercent, wildFactor, wildFrom, nodes, venue,
};
root.SetAction(parsed =>
{
    DemoOptions options = new()
    {
        Dist = parsed.GetRequiredValue(dist),
        Config = parsed.GetRequiredValue(config),
        Data = parsed.GetRequiredValue(data),
        Json = parsed.GetValue(json),
        Seconds = parsed.GetValue(seconds),
        Rate = parsed.GetValue(rate),
        Tickers = parsed.GetValue(tickers),
        Competitors = parsed.GetValue(competitors),
        Seed = parsed.GetValue(seed),
        KillEngineAt = parsed.GetValue(killEngineAt),
        WildPercent = parsed.GetValue(wildPercent),
        WildFactor = parsed.GetValue(wildFactor),
        WildFrom = parsed.GetValue(wildFrom),
        Nodes = parsed.GetValue(nodes),
        VenueArguments = parsed.GetValue(venue) ?? [],
    };
    return Run(options);
});

ParseResult result = root.Parse(args);
return result.Errors.Count > 0 ? Refuse(result) : result.Invoke();

static int Run(DemoOptions options)
{
    if (!File.Exists(options.Config))
    {
        Console.Error.WriteLine($"mm-demo: there is no file {options.Config}: name the host's INI file with --config");
        return 2;
    }

    using CancellationTokenSource interrupted = new();
    using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    try
    {
        DemoFolder folder = DemoFolder.Take(options.Data);
        if (options.Nodes > 1) return RunNodes(options, folder, interrupted.Token);
        using DemoRun run = new(options, folder, interrupted.Token);
        DemoReport report = run.Run();
        DemoPage.Print(report, folder.Root);
        if (options.Json is not null) File.WriteAllText(options.Json, JsonSerializer.Serialize(report, DemoJson.Default.DemoReport));
        return report.Reconciled ? 0 : 1;
    }
    catch (Exception cause) when (cause is DemoFailedException or IOException or InvalidDataException or UnauthorizedAccessException)
    {
        AnsiConsole.WriteLine($"mm-demo: {cause.Message}");
        return 1;
    }
    catch (OperationCanceledException)
    {
        AnsiConsole.WriteLine("mm-demo: interrupted before trading began");
        return 1;
    }

    void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        interrupted.Cancel();
    }
}

static int RunNodes(DemoOptions options, DemoFolder folder, CancellationToken interrupted)
{
    using NodesRun run = new(options, folder, interrupted);
    NodesReport report = run.Run();
    NodesPage.Print(report, folder.Root);
    if (options.Json is not null) File.WriteAllText(options.Json, JsonSerializer.Serialize(report, DemoJson.Default.NodesReport));
    return report.Reconciled ? 0 : 1;
}

static int Refuse(ParseResult result)
{
    foreach (var error in result.Errors) Console.Error.WriteLine($"mm-demo: {error.Message}");
    Console.Error.WriteLine("mm-demo: see --help");
    return 2;
}

static Option<int> Number(string name, string description, int standard, int least, int most)
{
    Option<int> option = new(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => standard };
    option.Validators.Add(parsed =>
    {
        if (parsed.GetValueOrDefault<int>() is int value && (value < least || value > most)) parsed.AddError($"{name} is {value}; it must be {least} to {most}");
    });
    return option;
}
