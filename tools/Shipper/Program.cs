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
Command lease = new("lease", "Takes a block of transaction ids and lays it beside the journal, where the engine takes it in.");
lease.SetAction(result => ShipperCommands.Lease(() => Load(result)));
Command migrate = new("migrate", "Makes the ledger's tables or brings them up to this program's version; in SQLite, run and lease do so too.");
migrate.SetAction(result => ShipperCommands.Migrate(() => Load(result)));

Option<string?> node = new("--node") { Description = "The node whose journal was lost, instead of [node] name." };
Option<string?> file = new("--file") { Description = "Where to write it, instead of restore-NODE.state in the current folder." };
Command restore = new("restore", "Writes what the ledger knows of a node whose journal was lost, for 'marketmaker init --from'.") { node, file };
restore.SetAction(result => ShipperCommands.Restore(() => Load(result), result.GetValue(node), result.GetValue(file)));

RootCommand root = new("Ships a market maker's journal into the ledger's database.\n\n"
    + "Exit status: 0 done; 2 a setting, the journal or the ledger's tables are wrong; 3 the database stayed away longer than [shipper] stop-grace-ms, "
    + "the rest is shipped at the next start; 4 another shipper had the journal until the end; "
    + "5 the ledger was set back behind what the journal has purged, or the journal behind what is in the ledger, and nothing was shipped.") { config, journal, database, run, lease, migrate, restore };
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-shipper: {error.Message}");
Console.Error.WriteLine("mm-shipper: see --help");
return Mistake;

ShipperOptions Load(ParseResult result) => ShipperConfiguration.Load(
    result.GetValue(config), result.GetValue(journal), result.GetValue(database), result.GetValue(statusFile), result.GetValue(once));
