using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Takes the leases that lie beside a journal into it, in a transaction of their own; the files go once that is durable.</summary>
/// <remarks>At a start a lease that cannot be used is an error, since a person is there to mend it. While trading it is said once and left where it is.</remarks>
internal static class LeaseImport
{
    internal static void Run(LmdbEnvironment environment, JournalTables tables, JournalMeta meta, string folder, long lastId, LogWriter? log)
    {
        List<(string, LeaseFile)> leases = [.. Directory.GetFiles(folder, LeaseFile.SearchPattern).Select((file) => (file, ReadChecked(file, meta)))];
        foreach ((string file, LeaseFile lease) in leases)
        {
            if (!IsKnown(environment, tables, lease) && IsBehind(lease, lastId)) throw Behind(file);
        }

        if (leases.Count == 0) return;
        JournalException.ThrowUnlessSuccess(Import(environment, tables, leases, log), "importing leases");
    }

    /// <summary>Imports what can be used and says of the rest, once, that it cannot; <paramref name="ignored"/> keeps what that was said of.</summary>
    /// <returns>Whether a block came.</returns>
    /// <exception cref="JournalFailedException">The transaction failed: the engine stops at once.</exception>
    internal static bool RunWhileTrading(LmdbEnvironment environment, JournalTables tables, JournalMeta meta, string folder, long lastId,
        HashSet<(string Path, DateTime Written)> ignored, LogWriter log)
    {
        List<(string, LeaseFile)> leases = [];
        foreach (string file in Directory.GetFiles(folder, LeaseFile.SearchPattern))
        {
            (string, DateTime) seen = (file, File.GetLastWriteTimeUtc(file));
            if (ignored.Contains(seen)) continue;
            if (TryRead(file, environment, tables, meta, lastId) is { } lease) leases.Add((file, lease));
            else if (ignored.Add(seen)) log.Write(LogMessage.LeaseIgnored, BlockInNameOf(file));
        }

        if (leases.Count == 0) return false;
        LmdbStatus status = Import(environment, tables, leases, log);
        return status == LmdbStatus.Success ? true : throw new JournalFailedException(status, "importing leases");
    }

    private static LeaseFile? TryRead(string file, LmdbEnvironment environment, JournalTables tables, JournalMeta meta, long lastId)
    {
        try
        {
            LeaseFile lease = ReadChecked(file, meta);
            return IsKnown(environment, tables, lease) || !IsBehind(lease, lastId) ? lease : null;
        }
        catch (Exception cause) when (cause is JournalException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static LmdbStatus Import(LmdbEnvironment environment, JournalTables tables, List<(string File, LeaseFile Lease)> leases, LogWriter? log)
    {
        LmdbStatus status = LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction);
        foreach ((_, LeaseFile lease) in leases)
        {
            if (status != LmdbStatus.Success) break;
            BlockRow row = new() { Next = lease.FirstCounter, End = lease.EndCounter, ImportedAtNs = new SystemClock().WallClockNs };
            status = transaction.Put(tables.Blocks, lease.Block, StructBytes.Of(ref row), LmdbPutOptions.NoOverwrite);
            if (status == LmdbStatus.Success) log?.Write(LogMessage.BlockImported, lease.Block, lease.EndCounter - lease.FirstCounter);
            // Imported before, by a process that was killed before it could delete the file.
            if (status == LmdbStatus.KeyExists) status = LmdbStatus.Success;
        }

        if (status == LmdbStatus.Success) status = transaction.Commit();
        transaction.Abort();
        if (status != LmdbStatus.Success) return status;
        foreach ((string file, _) in leases) Forget(file);
        return LmdbStatus.Success;
    }

    // A file that stays is harmless: its block is known.
    private static void Forget(string file)
    {
        try
        {
            DurableFile.Delete(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static LeaseFile ReadChecked(string file, JournalMeta meta)
    {
        LeaseFile lease = LeaseFile.Read(file);
        if (lease.Journal == meta.Uuid) return lease;
        throw new JournalException(
            $"the lease {file} was taken for the journal {lease.Journal:D}, and this is {meta.Uuid:D}: move it to its own journal, and take one here with 'mm-shipper lease'.");
    }

    private static bool IsKnown(LmdbEnvironment environment, JournalTables tables, LeaseFile lease)
    {
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out LmdbTransaction transaction), "looking for a block");
        LmdbStatus status = transaction.Get(tables.Blocks, lease.Block, out _);
        transaction.Abort();
        return status == LmdbStatus.Success;
    }

    // Ids ascend, because records are appended; a block from before would have to be put between them.
    private static bool IsBehind(LeaseFile lease, long lastId) => lease.Block < TransactionId.Block(lastId);

    private static JournalException Behind(string file) =>
        new($"the lease {file} lies before the block in use: was the database set back? Delete the file and take a new one with 'mm-shipper lease'.");

    private static long BlockInNameOf(string file)
    {
        string name = Path.GetFileName(file)[LeaseFile.NamePrefix.Length..^LeaseFile.NameSuffix.Length];
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long block) ? block : 0;
    }
}
