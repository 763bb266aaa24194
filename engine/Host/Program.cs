using System.CommandLine;
using MarketMaker.Decision.Capture;
using MarketMaker.Host;
using MarketMaker.Host.Configuration;
using MarketMaker.Host.Doctor;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Processes;

// Before any file is opened: a log must never be written into the journal.
StandardOutput.FillClosed();

const int Failed = 1;
const int Mistake = 2;

Option<string> config = new("--config") { Description = "The host's INI file.", Required = true };
Option<string?> approved = new("--approved") { Description = "Start only if program, INI file and protocols are those that this file approves; deploy.sh writes it." };
Command run = new("run", "Trade until SIGINT or SIGTERM.") { config, approved };
Option<bool> fileOnly = new("--file-only") { Description = "Look at the file alone: not at password file, cores and time zones, which are those of another host." };
Command check = new("check", "Check the INI file and print the effective configuration.") { config, fileOnly };
Option<bool> adopt = new("--adopt") { Description = "Take over a journal copied from another host; it then needs a block of ids of its own." };
Option<string?> from = new("--from") { Description = "Make it from what the database knows of a lost journal: the file that 'mm-shipper restore' wrote." };
Command init = new("init", "Make an empty journal with the opening cash of the INI file.") { config, adopt, from };
Option<string> hostRoot = new("--root") { Description = "Where /proc and /sys are looked for.", DefaultValueFactory = _ => "/" };
Command doctor = new("doctor", "Look at this host and say what slows the engine or stops it. Exit status 0: all fine, 3: worse than it could be, 1: wrong.") { config, hostRoot };
Option<int> wait = new("--wait-s") { Description = "Look for so many seconds at most until it is well; 0: once.", DefaultValueFactory = _ => 0 };
wait.Validators.Add(given => { if (given.GetValueOrDefault<int>() is < 0 or > 3_600) given.AddError("--wait-s must be 0 to 3600"); });
Command health = new("health", "Say whether the engine of this INI file runs and trades. Exit status 0: it trades, 4: it runs and is halted, 1: neither.") { config, wait };
Command version = new("version", "Print the protocols this program speaks, as an approval names them.");
RootCommand root = new("A market-making engine. Exit status 0: stopped in order, 1: failed, 2: mistake in command line or configuration.") { run, check, init, doctor, health, version };
foreach (Command control in ControlCommands.For(config)) root.Add(control);
run.SetAction(parsed => With(parsed, loaded => Refusal(parsed) is { } why ? Refuse(why) : Run(loaded)));
doctor.SetAction(parsed => With(parsed, loaded => Examine(loaded, parsed.GetRequiredValue(hostRoot))));
version.SetAction(_ => Console.Out.WriteLine($"protocol = {Approval.Protocol}"));
check.SetAction(parsed => With(parsed, Print, parsed.GetValue(fileOnly)));
health.SetAction(parsed => With(parsed, loaded => HealthCommand.Run(loaded, TimeSpan.FromSeconds(parsed.GetValue(wait)))));
init.Validators.Add(given => { if (given.GetValue(adopt) && given.GetValue(from) is not null) given.AddError("--adopt and --from exclude each other: one takes over a copy, the other makes a new journal"); });
init.SetAction(parsed => With(parsed, loaded => Init(loaded, parsed.GetValue(adopt), parsed.GetValue(from))));

ParseResult result = root.Parse(args);
if (result.Errors.Count == 0) return result.Invoke();
foreach (var error in result.Errors) Console.Error.WriteLine($"marketmaker: {error.Message}");
Console.Error.WriteLine("marketmaker: see --help");
return Mistake;

int With(ParseResult parsed, Func<EngineConfig, int> action, bool isFileOnly = false)
{
    List<string> errors = [];
    EngineConfig? loaded = EngineConfig.Load(parsed.GetRequiredValue(config), errors, isFileOnly);
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

string? Refusal(ParseResult parsed) =>
    parsed.GetValue(approved) is { } file ? Approval.WhyRefused(file, Environment.ProcessPath!, parsed.GetRequiredValue(config)) : null;

static int Refuse(string why)
{
    Console.Error.WriteLine($"marketmaker: {why}");
    return Mistake;
}

static int Examine(EngineConfig config, string root)
{
    HostView host = new(root);
    IReadOnlyList<HostFinding> findings = HostDoctor.Examine(host, config.Host);
    foreach (HostFinding finding in findings) Console.WriteLine(finding);
    Console.WriteLine(HostDoctor.Fingerprint(host, findings));
    return HostDoctor.StatusOf(findings);
}

static int Run(EngineConfig config)
{
    using StopSignals signals = new();
    using ServiceNotifier service = ServiceNotifier.FromEnvironment();
    using LogSetup log = new(config);
    return new Engine(config, log, signals, service).Run();
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
