using System.CommandLine;
using MarketMaker.Decision.Capture;
using MarketMaker.Host;
using MarketMaker.Host.Configuration;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;

// Before any file is opened: a log must never be written into the journal.
StandardOutput.FillClosed();

const int Failed = 1;
const int Mistake = 2;

Option<string> config = new("--config") { Description = "The host's INI file.", Required = true };
Command run = new("run", "Trade until SIGINT or SIGTERM.") { config };
Command check = new("check", "Check the INI file and print the effective configuration.") { config };
Option<bool> adopt = new("--adopt") { Description = "Take over a journal copied from another host; it then needs a block of ids of its own." };
Option<string?> from = new("--from") { Description = "Make it from what the database knows of a lost journal: the file that 'mm-shipper restore' wrote." };
Command init = new("init", "Make an empty journal with the opening cash of the INI file.") { config, adopt, from };
RootCommand root = new("A market-making engine. Exit status 0: stopped in order, 1: failed, 2: mistake in command line or configuration.") { run, check, init };
foreach (Command control in ControlCommands.For(config)) root.Add(control);
run.SetAction(parsed => With(parsed, Run));
check.SetAction(parsed => With(parsed, Print));
init.Validators.Add(given => { if (given.GetValue(adopt) && given.GetValue(from) is not null) given.AddError("--adopt and --from exclude each other: one takes over a copy, the other makes a new journal"); });
init.SetAction(parsed => With(parsed, loaded => Init(loaded, parsed.GetValue(adopt), parsed.GetValue(from))));

ParseResult result = root.Parse(args);
if (result.Errors.Count == 0) return result.Invoke();
foreach (var error in result.Errors) Console.Error.WriteLine($"marketmaker: {error.Message}");
Console.Error.WriteLine("marketmaker: see --help");
return Mistake;

int With(ParseResult parsed, Func<EngineConfig, int> action)
{
    List<string> errors = [];
    EngineConfig? loaded = EngineConfig.Load(parsed.GetRequiredValue(config), errors);
    foreach (string error in errors) Console.Error.WriteLine(error);
    if (loaded is null) return Mistake;
    try
    {
        LmdbLibrary.AssertVersion();
        return action(loaded);
    }
    catch (Exception cause) when (cause is EngineStartException or CaptureException or JournalException or JournalFailedException or LmdbException or SocketSetupException or IOException or UnauthorizedAccessException or InvalidOperationException)
    {
        Console.Error.WriteLine($"marketmaker: {cause.Message}");
        return Failed;
    }
}

static int Run(EngineConfig config)
{
    using StopSignals signals = new();
    using LogSetup log = new(config);
    return new Engine(config, log, signals).Run();
}

static int Print(EngineConfig config)
{
    Console.Write(config.Print());
    return 0;
}

static int Init(EngineConfig config, bool adopt, string? from)
{
    JournalMeta meta = adopt ? JournalStore.Adopt(config.Journal) : JournalStore.Init(config.Journal, from is null ? null : RestoreFile.Read(from));
    // Only where none is: a halt outlives a new journal.
    ControlKeeper.Make(config.ControlPath);
    string how = adopt ? "adopted" : from is null ? "made" : "restored";
    Console.WriteLine($"{how} journal {meta.Uuid} at {config.Journal.Path}; next: mm-shipper lease, with the same --config");
    return 0;
}
