using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Makes a journal. It is there whole or not at all: built in a folder of its own, durable, and renamed into place last.</summary>
internal static class JournalInit
{
    private const string Unfinished = "init.tmp";
    private const string DataFile = "data.mdb";

    internal static JournalMeta Run(JournalOptions options, RestoreFile? from)
    {
        if (options.Validate() is { } error) throw new JournalException(error);
        if (from is not null) CheckIsFor(options, from);
        RefuseToOverwrite(options);
        Directory.CreateDirectory(options.Path);
        using JournalLock heldLock = JournalLock.Take(options.Path);
        RefuseToOverwrite(options);
        string building = Path.Combine(options.Path, Unfinished);
        if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
        Directory.CreateDirectory(building);
        JournalMeta meta = Build(options with { Path = building }, from);
        DurableFile.SyncFolder(building);
        File.Move(Path.Combine(building, DataFile), Path.Combine(options.Path, DataFile), overwrite: false);
        DurableFile.SyncFolder(options.Path);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        Directory.Delete(building, recursive: true);
        return meta;
    }

    private static JournalMeta Build(JournalOptions options, RestoreFile? from)
    {
        JournalMeta meta = new()
        {
            Uuid = Guid.NewGuid(),
            Node = options.Node,
            HostId = options.HostId ?? HostIdentity.Current,
            CreatedAt = DateTimeOffset.UtcNow,
            OpeningCash = from?.OpeningCash ?? options.OpeningCash ?? 0,
        };
        using LmdbEnvironment environment = JournalStore.OpenEnvironment(options, out _);
        JournalStore.Write(environment, (transaction) =>
        {
            JournalTables tables = JournalTables.Open(transaction, create: true);
            meta.Write(transaction, tables.Meta);
            if (from is not null) TakeOver(transaction, tables, from);
        });
        return meta;
    }

    private static void TakeOver(LmdbTransaction transaction, JournalTables tables, RestoreFile from)
    {
        CheckpointBuffer buffer = new(from.PositionsShares.Count);
        foreach ((Symbol symbol, long shares) in from.PositionsShares) buffer.Add(symbol, shares);
        CheckpointHeader header = new()
        {
            Cash = from.Cash,
            Transactions = from.Transactions,
            Buys = from.Buys,
            Sells = from.Sells,
            SharesBought = from.SharesBought,
            SharesSold = from.SharesSold,
            WrittenAtNs = new SystemClock().WallClockNs,
            Session = from.Session,
            BookedThrough = from.BookedThrough,
            ReplayFrom = 1,
        };
        ReadOnlySpan<byte> checkpoint = buffer.Seal(ref header);
        Check(transaction.Put(tables.Meta, Checkpoint.GenesisKey, checkpoint));
        Check(transaction.Put(tables.Meta, Checkpoint.NewestKey, checkpoint));
        // The lost engine may have sent what no database knows.
        Check(transaction.Put(tables.Meta, JournalMeta.InUseKey, "yes"u8));
        if (from.Session.IsNone) return;
        // From the first message on: an order that was accepted before bookedThrough may still be open, and which one, the database
        // cannot tell. What is not above bookedThrough only rebuilds.
        SessionId session = from.Session;
        SessionRow row = new() { BookedThrough = from.BookedThrough, ReplayFrom = 1, TradingDate = from.TradingDate };
        Check(transaction.Put(tables.Sessions, session, StructBytes.Of(ref row)));
        Check(transaction.Put(tables.Meta, JournalMeta.LastSessionKey, session));
        RestoredExecutions.Put(transaction, tables, session, from.Executions);
    }

    private static void CheckIsFor(JournalOptions options, RestoreFile from)
    {
        if (from.Node != options.Node)
            throw new JournalException($"the restore file is of node {from.Node}, and [node] name is {options.Node}: take the one 'mm-shipper restore' wrote for this node.");
        if (options.OpeningCash is { } cash && cash != from.OpeningCash)
        {
            throw new JournalException(
                $"[capital] names {cash} (1/10,000 dollar), and the lost journal was opened with {from.OpeningCash}: put that back; what came later is in the restore file.");
        }
    }

    private static void RefuseToOverwrite(JournalOptions options)
    {
        if (File.Exists(Path.Combine(options.Path, DataFile)))
            throw new JournalException($"there is a journal at {options.Path} already: it is never overwritten. Choose another [journal] path.");
    }

    private static void Check(LmdbStatus status) => JournalException.ThrowUnlessSuccess(status, "making the journal");
}
