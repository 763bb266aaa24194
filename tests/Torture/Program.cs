using System.CommandLine;
using System.Runtime.InteropServices;
using MarketMaker.Tests.Torture;
using MarketMaker.Tests.Torture.Faults;
using MarketMaker.Tests.Torture.Processes;
using MarketMaker.Tests.Torture.Reports;

Option<string> dist = new("--dist") { Description = "Folder of the shipped programs.", DefaultValueFactory = _ => "dist" };
Option<string> tortureDist = new("--torture-dist") { Description = "Folder of engine and shipper with fault points.", DefaultValueFactory = _ => "dist-torture" };
Option<string> config = new("--config") { Description = "INI file the engine's is made from.", DefaultValueFactory = _ => "deploy/hosts/loopback.ini" };
Option<string> data = new("--data") { Description = "Folder for journals, records, logs and the effective INI.", DefaultValueFactory = _ => "torture-data" };
Option<string?> json = new("--json") { Description = "Also write the page as JSON to this file." };
Option<string?> planted = new("--planted") { Description = "Result of tests/PlantedBugs/run.sh --json, to be shown on the same page." };
Option<int?> seed = new("--seed") { Description = "Seed of every choice; default: drawn, and printed." };
Option<double> minutes = new("--minutes") { Description = "End after so many minutes; 0: when the kills are done.", DefaultValueFactory = _ => 0 };
Option<int> kills = new("--kills") { Description = "Kills of the engine, and of the shipper, to reach; 0: until the minutes are over.", DefaultValueFactory = _ => 0 };
Option<int> primaryKills = new("--primary-kills") { Description = "Kills of the primary to reach, with a cluster.", DefaultValueFactory = _ => 20 };
Option<LedgerKind> database = new("--database") { Description = "Where the ledger is: sqlite, postgres or cluster.", DefaultValueFactory = _ => LedgerKind.Postgres };
Option<int> lives = new("--lives-per-day") { Description = "Lives of the engine in one run of the venue; default 40, with a cluster 150.", DefaultValueFactory = _ => 0 };
Option<int> tickers = new("--tickers") { Description = "Tickers at the venue.", DefaultValueFactory = _ => 200 };
Option<int> rate = new("--rate") { Description = "Offers a second.", DefaultValueFactory = _ => 20_000 };
Option<double> paying = new("--paying") { Description = "Share of the offers that pay.", DefaultValueFactory = _ => 0.04 };
Option<EnginePoint?> only = new("--only") { Description = "The engine dies at this point alone." };
Option<bool> isShort = new("--short") { Description = "A short run: not every point and cut must have been reached for it to pass; nor must they with --minutes." };

RootCommand root = new("Trades against mm-venue, kills engine, shipper and database, cuts connections, and proves that every execution is in the ledger once. "
    + "Exit status 0: nothing lost, doubled, invented or altered, no limit passed; 1: a finding; 2: mistake in the command line.")
{
    dist, tortureDist, config, data, json, planted, seed, minutes, kills, primaryKills, database, lives, tickers, rate, paying, only, isShort,
};
root.SetAction(parsed => Run(new TortureOptions
{
    Dist = Path.GetFullPath(parsed.GetRequiredValue(dist)),
    TortureDist = Path.GetFullPath(parsed.GetRequiredValue(tortureDist)),
    Config = parsed.GetRequiredValue(config),
    Data = parsed.GetRequiredValue(data),
    Json = parsed.GetValue(json),
    PlantedBugs = parsed.GetValue(planted),
    Seed = parsed.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
    Minutes = parsed.GetValue(minutes),
    // Without any bound given: enough to say that fewer than 3 in 1,000 kills can do harm.
    Kills = parsed.GetValue(kills) is var wanted && wanted == 0 && parsed.GetValue(minutes) == 0 ? 1_000 : wanted,
    PrimaryKills = parsed.GetValue(primaryKills),
    Database = parsed.GetValue(database),
    LivesPerDay = parsed.GetValue(lives) is > 0 and var given ? given : parsed.GetValue(database) == LedgerKind.Cluster ? 150 : 40,
    Tickers = parsed.GetValue(tickers),
    Rate = parsed.GetValue(rate),
    Paying = parsed.GetValue(paying),
    Only = parsed.GetValue(only),
    IsWhole = !parsed.GetValue(isShort) && parsed.GetValue(minutes) == 0,
}));

ParseResult result = root.Parse(args);
if (result.Errors.Count == 0) return result.Invoke();
foreach (var error in result.Errors) Console.Error.WriteLine($"mm-torture: {error.Message}");
Console.Error.WriteLine("mm-torture: see --help");
return 2;

static int Run(TortureOptions options)
{
    string[] missing = [.. new[] { Path.Combine(options.Dist, "mm-venue"), Path.Combine(options.TortureDist, "marketmaker"), Path.Combine(options.TortureDist, "mm-shipper"), options.Config, options.PlantedBugs ?? options.Config }
        .Where(file => !File.Exists(file))];
    if (missing.Length > 0)
    {
        Console.Error.WriteLine($"mm-torture: there is no {string.Join(", ", missing)}: ./build.sh torture makes the programs, tests/PlantedBugs/run.sh its result");
        return 2;
    }

    using CancellationTokenSource interrupted = new();
    using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    Totals totals = new();
    Campaign? campaign = null;
    Console.WriteLine(FormattableString.Invariant($"seed {options.Seed}, ledger {options.Database}; Ctrl-C ends it in order"));
    try
    {
        RunFolder folder = RunFolder.Take(options.Data);
        campaign = new Campaign(options, folder, totals, interrupted.Token);
        campaign.Run();
    }
    catch (Exception cause) when (cause is TortureFailedException or IOException or InvalidDataException or UnauthorizedAccessException or System.Data.Common.DbException)
    {
        totals.Problems.Add(cause.Message);
    }

    TortureReport report = TortureReport.Of(options, totals, campaign?.Cuts ?? []);
    TorturePage.Print(report);
    if (options.Json is not null) report.Write(options.Json);
    if (report.IsClean) return 0;
    Console.WriteLine(FormattableString.Invariant($"again: ./build.sh torture --seed {options.Seed} --minutes {options.Minutes} --kills {options.Kills} --database {options.Database}").ToLowerInvariant());
    return 1;

    void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        interrupted.Cancel();
    }
}
