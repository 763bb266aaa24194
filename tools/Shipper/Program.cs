using System.CommandLine;
using MarketMaker.Shipper;

const int Mistake = 2;

Option<string?> config = new("--config") { Description = "The engine's INI file: sections [shipper], [journal] and [node] are read.", Recursive = true };
Option<string?> journal = new("--journal") { Description = "Folder of the journal, instead of [journal] path.", Recursive = true };
Option<string?> database = new("--database") { Description = "sqlite:PATH or an Npgsql connection string, instead of [shipper] database.", Recursive = true };
Option<string?> statusFile = new("--status-file") { Description = "JSON with lag and last id, renewed every second." };
Option<bool> once = new("--once") { Description = "Ship what is there and end." };

Command run = new("run", "Follows the journal and writes the ledger until told to stop.") { statusFile, once };
run.SetAction(result => ShipperCommands.Run(() => Load(result)));
Command lease = new("lease", "Takes a block of transaction ids and lays it beside the journal, for the engine's next start.");
lease.SetAction(result => ShipperCommands.Lease(() => Load(result)));
Command migrate = new("migrate", "Makes the ledger's tables; run and lease do so too.");
migrate.SetAction(result => ShipperCommands.Migrate(() => Load(result)));

RootCommand root = new("Ships a market maker's journal into the ledger's database.") { config, journal, database, run, lease, migrate };
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-shipper: {error.Message}");
Console.Error.WriteLine("mm-shipper: see --help");
return Mistake;

ShipperOptions Load(ParseResult result) => ShipperConfiguration.Load(
    result.GetValue(config), result.GetValue(journal), result.GetValue(database), result.GetValue(statusFile), result.GetValue(once));
