using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>What the program can do, as its command line names it.</summary>
internal static class ShipperCommands
{
    // Beyond the grace, in which the loop ends by itself when it can.
    private const int HangMs = 2_000;

    /// <summary>Follows the journal until SIGTERM or SIGINT.</summary>
    public static int Run(Func<ShipperOptions> load) => Guard(() =>
    {
        ShipperOptions options = load();
        using JournalReader reader = OpenJournal(options);
        using LedgerDatabase database = LedgerDatabase.Open(options.Database, options.PasswordFile, options.AnswerTimeoutMs);
        using CancellationTokenSource stop = new();
        using Timer hurry = new(_ => EndNow("the database did not answer within the grace of a stop"));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return (int)new ShippingLoop(options, reader, database, Console.Error).Run(stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (stop.IsCancellationRequested) EndNow("told twice");
            // A commit that hangs is not cancelled; the program ends around it, and the next start finds out what became of it.
            hurry.Change(options.StopGraceMs + HangMs, Timeout.Infinite);
            stop.Cancel();
        }
    });

    /// <summary>Takes a block of ids from the database and lays it beside the journal.</summary>
    public static int Lease(Func<ShipperOptions> load) => Guard(() =>
    {
        ShipperOptions options = load();
        JournalMeta meta;
        using (JournalReader reader = OpenJournal(options)) meta = reader.Meta;
        using LedgerDatabase database = LedgerDatabase.Open(options.Database, options.PasswordFile, options.AnswerTimeoutMs);
        database.Connect();
        LeaseFile lease = LeaseFile.Whole(database.LeaseBlock(meta.Node, meta.Uuid), meta.Node, meta.Uuid);
        Console.WriteLine(lease.Write(options.JournalPath));
        return 0;
    });

    /// <summary>Makes the ledger's tables, or brings them up to this program's version.</summary>
    public static int Migrate(Func<ShipperOptions> load) => Guard(() =>
    {
        ShipperOptions options = load();
        using LedgerDatabase database = LedgerDatabase.Open(options.Database, options.PasswordFile);
        foreach (string step in database.Migrate()) Console.WriteLine($"applied {step}");
        Console.WriteLine($"the ledger at {database.Description} is ready");
        return 0;
    });

    /// <summary>Writes what the ledger knows of a node whose journal was lost, for <c>marketmaker init --from</c>.</summary>
    public static int Restore(Func<ShipperOptions> load, string? node, string? file) => Guard(() =>
    {
        ShipperOptions options = load();
        if ((node ?? options.Node) is not { } name) throw new FormatException("no node: give --node NAME or [node] name");
        using LedgerDialect dialect = LedgerDatabase.OpenDialect(options.Database, options.PasswordFile);
        using DbConnection connection = dialect.Connect();
        new LedgerSchema(dialect, connection).Check();
        RestoreFile found = new NodeHistory(dialect, connection, name).Read(options.OpeningCash, TimeSpan.FromMinutes(options.UtcOffsetMinutes), options.ExecutionsMax);
        string path = file ?? RestoreFile.NameOf(name);
        found.Write(path);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {found.Transactions} transactions of {name}, cash {LedgerDialect.ToDecimal(found.Cash)}, {found.PositionsShares.Count} positions, session '{found.Session}' through message {found.BookedThrough}"));
        Console.WriteLine($"next: marketmaker init --config FILE --from {path}; then mm-shipper lease --config FILE");
        return 0;
    });

    private static void EndNow(string why)
    {
        Console.Error.WriteLine($"mm-shipper: {why}: ending at once; what is not shipped stays in the journal and is shipped at the next start.");
        Environment.Exit((int)ShippingEnd.Incomplete);
    }

    private static JournalReader OpenJournal(ShipperOptions options)
    {
        JournalReader reader = JournalReader.Open(options.JournalPath);
        if (options.Node is null || options.Node == reader.Meta.Node) return reader;
        string message = $"the journal belongs to the node {reader.Meta.Node}, and [node] name is {options.Node}: correct one of [node] name and [journal] path.";
        reader.Dispose();
        throw new JournalException(message);
    }

    private static int Guard(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is JournalException or LmdbException or FormatException or IOException or UnauthorizedAccessException or DbException or TimeoutException or NotSupportedException or ArgumentException or LedgerSchemaException or RestoreException)
        {
            // Of several hosts each has a reason of its own, which the library's message leaves out.
            Console.Error.WriteLine($"mm-shipper: {(error is DbException and not RefusedException ? Causes.Of(error) : error.Message)}");
            return (int)ShippingEnd.Refused;
        }
    }
}
