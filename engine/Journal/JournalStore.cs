using System.Text;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;

namespace MarketMaker.Journal;

/// <summary>A journal opened by its one engine: checked, scanned, with its ids, ready for <see cref="JournalWriter{TClock}"/>.</summary>
public sealed class JournalStore : IDisposable
{
    private readonly JournalLock _lock;

    private JournalStore(JournalLock heldLock, LmdbEnvironment environment, string folder) =>
        (_lock, Environment, Folder) = (heldLock, environment, folder);

    /// <summary>Who the journal belongs to.</summary>
    public JournalMeta Meta { get; private set; } = null!;

    /// <summary>Cash, positions and session as of the last commit before this start.</summary>
    public RecoveredState Recovered { get; private set; } = null!;

    internal PurgeMarker Purged { get; private set; }

    /// <summary>Ids left in the leased blocks.</summary>
    public long IdsLeft => Ids.Left;

    internal LmdbEnvironment Environment { get; }

    internal string Folder { get; }

    /// <summary>Disk blocks for the answers in flight; null for a tool that sends nothing.</summary>
    internal DiskReserve? Reserve { get; private set; }

    /// <summary>What the check at the open passed over.</summary>
    internal OldPages OldPages { get; private set; } = null!;

    internal JournalTables Tables { get; private set; }

    internal QuarantineState Quarantine { get; private set; }

    internal IntentState Intents { get; private set; } = null!;

    internal IdSource Ids { get; private set; } = null!;

    /// <summary>Opens an existing journal for writing and imports the leases beside it.</summary>
    /// <param name="options">Path, node, opening cash and map size are used here.</param>
    /// <param name="log">Hears of imported blocks.</param>
    /// <exception cref="JournalException">
    /// None there, in use, of another format, host or node, damaged, without ids, or with other opening cash. Names the remedy.
    /// </exception>
    public static JournalStore Open(JournalOptions options, LogWriter? log = null)
    {
        if (options.Validate() is { } error) throw new JournalException(error);
        CheckIsThere(options);
        JournalLock heldLock = JournalLock.Take(options.Path);
        LmdbEnvironment? environment = null;
        try
        {
            environment = OpenEnvironment(options, out long provenFrom);
            JournalStore store = new(heldLock, environment, options.Path);
            store.Load(options, log);
            store.OldPages = new OldPages(environment, provenFrom);
            return store;
        }
        catch
        {
            environment?.Dispose();
            heldLock.Dispose();
            throw;
        }
    }

    /// <summary>Makes a new journal: empty with its opening cash, or with what the database knows of one that was lost.</summary>
    /// <exception cref="JournalException">There is one already, the settings are out of range, or the restore file is not for them.</exception>
    public static JournalMeta Init(JournalOptions options, RestoreFile? from = null) => JournalInit.Run(options, from);

    /// <summary>
    /// Makes a journal that was copied from another host this host's own: a new identity, and what is left of its id blocks is
    /// given up, since the original may go on using them. It needs a lease before it can trade.
    /// </summary>
    public static JournalMeta Adopt(JournalOptions options)
    {
        if (options.Validate() is { } error) throw new JournalException(error);
        CheckIsThere(options);
        using JournalLock heldLock = JournalLock.Take(options.Path);
        using LmdbEnvironment environment = OpenEnvironment(options, out _);
        JournalMeta adopted = null!;
        Write(environment, (transaction) =>
        {
            JournalTables tables = JournalTables.Open(transaction, create: false);
            JournalMeta meta = JournalMeta.Read(transaction, tables.Meta);
            FormatUpgrade.Run(transaction, ref tables, ref meta);
            adopted = meta with { Uuid = Guid.NewGuid(), HostId = options.HostId ?? HostIdentity.Current };
            adopted.Write(transaction, tables.Meta);
            IdSource.GiveUp(transaction, tables);
        });
        return adopted;
    }

    /// <summary>Notes durably that orders may be in flight from now on. Before the first order of a run.</summary>
    public void MarkInUse() => Mark("yes");

    /// <summary>Notes durably that no order is in flight. After an orderly stop, when the writer has ended.</summary>
    public void MarkIdle() => Mark("no");

    /// <summary>Takes leases in while the engine runs: for the writer's thread, between two transactions.</summary>
    /// <exception cref="JournalFailedException">The disk failed: the engine stops at once.</exception>
    internal void ImportLeases(HashSet<(string Path, DateTime Written)> ignored, LogWriter log)
    {
        long lastId = Ids.LastId;
        if (LeaseImport.RunWhileTrading(Environment, Tables, Meta, Folder, lastId, ignored, log))
            Read(Environment, (transaction) => Ids = IdSource.Load(transaction, Tables, lastId));
    }

    /// <summary>A reader on this open journal, for the same process; other processes use <see cref="JournalReader.Open"/>.</summary>
    public JournalReader OpenReader() => new(Environment, ownsEnvironment: false);

    /// <summary>Closes the journal and lets another engine have it. The writer must have ended.</summary>
    public void Dispose()
    {
        OldPages.Dispose();
        Environment.Dispose();
        _lock.Dispose();
    }

    private void Mark(string inUse) => Write(Environment, (transaction) => JournalException.ThrowUnlessSuccess(
        transaction.Put(Tables.Meta, JournalMeta.InUseKey, Encoding.ASCII.GetBytes(inUse)), "marking whether the journal is in use"));

    private static void CheckIsThere(JournalOptions options)
    {
        if (!File.Exists(Path.Combine(options.Path, "data.mdb")))
            throw new JournalException($"there is no journal at {options.Path}: make one with 'marketmaker init --config FILE'.");
    }

    private void Load(JournalOptions options, LogWriter? log)
    {
        Environment.ClearDeadReaders();
        Read(Environment, (transaction) =>
        {
            Tables = JournalTables.Open(transaction, create: false);
            Meta = JournalMeta.Read(transaction, Tables.Meta);
            CheckOwner(options);
        });
        if (options.RequireIds) TakeReserve(options);
        if (Meta.Format != JournalMeta.CurrentFormat) Upgrade();
        Read(Environment, (transaction) =>
        {
            Recovered = RecoveryScan.Run(transaction, Tables, Meta, options.ExecutionsMax);
            Purged = PurgeMarkers.Read(transaction, Tables);
            Quarantine = QuarantineState.Load(transaction, Tables);
            Recovered.TradesNotBooked = Quarantine.TradesNotBooked;
            Intents = IntentState.Load(transaction, Tables);
            Recovered.OpenIntents = Intents.Open.Length;
            Recovered.WasKilled = transaction.Get(Tables.Meta, JournalMeta.InUseKey, out ReadOnlySpan<byte> inUse) == LmdbStatus.Success && inUse.SequenceEqual("yes"u8);
        });
        if (RestoredExecutions.AreOver(Environment, Tables, Recovered.Session)) Write(Environment, (transaction) => RestoredExecutions.Drop(transaction, Tables));
        LeaseImport.Run(Environment, Tables, Meta, options.Path, Recovered.LastId, log);
        Read(Environment, (transaction) => Ids = IdSource.Load(transaction, Tables, Recovered.LastId));
        if (options.RequireIds && Ids.Left <= options.IdsReserve)
        {
            throw new JournalException(
                $"the journal has {Ids.Left} ids left, and {options.IdsReserve} are kept for answers in flight: lease a block with 'mm-shipper lease --config FILE'.");
        }
    }

    private void TakeReserve(JournalOptions options)
    {
        Reserve = new DiskReserve(Environment, options.AnswerReserveBytes);
        if (!Reserve.IsShort) return;
        throw new JournalException(
            $"the disk of {Folder} is full: {options.AnswerReserveBytes / JournalOptions.MebiByte} MiB are kept for answers in flight, and there is room for "
            + $"{Reserve.LeftBytes / JournalOptions.MebiByte}. Nothing is lost: free some space, then start again.");
    }

    private void Upgrade() => Write(Environment, (transaction) =>
    {
        (JournalTables tables, JournalMeta meta) = (Tables, Meta);
        FormatUpgrade.Run(transaction, ref tables, ref meta);
        (Tables, Meta) = (tables, meta);
    });

    private void CheckOwner(JournalOptions options)
    {
        string host = options.HostId ?? HostIdentity.Current;
        if (Meta.HostId != host)
        {
            throw new JournalException(
                $"the journal belongs to the host {Meta.HostId}, and this is {host}. A copy would make ids a second time: run it where it belongs, or "
                + "adopt the copy with 'marketmaker init --adopt --config FILE' and lease a new block with 'mm-shipper lease --config FILE'.");
        }

        if (Meta.Node != options.Node)
            throw new JournalException($"the journal belongs to the node {Meta.Node}, and [node] name is {options.Node}: correct one of [node] name and [journal] path.");
        if (options.OpeningCash is { } cash && cash != Meta.OpeningCash)
        {
            throw new JournalException(
                $"[capital] names {cash} (1/10,000 dollar), and the journal was opened with {Meta.OpeningCash}: put that back. Deposits and "
                + "withdrawals are bookings and not settings.");
        }
    }

    internal static LmdbEnvironment OpenEnvironment(JournalOptions options, out long provenFrom)
    {
        long from = 0;
        LmdbEnvironment? environment = null;
        try
        {
            environment = LmdbEnvironment.OpenWrite(options.Path, options.MapBytes);
            // Before the first row is looked up: LMDB would follow a damaged page out of the map.
            Read(environment, (transaction) => from = OpenCheck.Run(environment, transaction, options));
            provenFrom = from;
            return environment;
        }
        catch (JournalException)
        {
            environment?.Dispose();
            throw;
        }
        catch (LmdbException cause)
        {
            environment?.Dispose();
            if (cause.Status == LmdbStatus.DiskFull)
                throw new JournalException($"the journal at {options.Path} cannot be opened: the disk is full. Nothing is lost: free some space, then start again.", cause);
            throw new JournalException($"the journal at {options.Path} cannot be opened: {cause.Message}. Restore the folder from a copy, use the version that wrote it, or make the journal anew from the database.", cause);
        }
    }

    private static void Read(LmdbEnvironment environment, Action<LmdbTransaction> action)
    {
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out LmdbTransaction transaction), "reading the journal");
        try
        {
            action(transaction);
            // Committed and not aborted: the tables opened in it stay open only then.
            JournalException.ThrowUnlessSuccess(transaction.Commit(), "reading the journal");
        }
        finally
        {
            transaction.Abort();
        }
    }

    internal static void Write(LmdbEnvironment environment, Action<LmdbTransaction> action)
    {
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction), "writing the journal");
        try
        {
            action(transaction);
            JournalException.ThrowUnlessSuccess(transaction.Commit(), "writing the journal");
        }
        finally
        {
            transaction.Abort();
        }
    }
}
