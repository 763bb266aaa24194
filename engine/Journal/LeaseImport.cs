using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Takes the leases that lie beside a journal into it, in a transaction of their own; the files go once that is durable.</summary>
internal static class LeaseImport
{
    internal static void Run(LmdbEnvironment environment, JournalTables tables, JournalMeta meta, string folder, long lastId, LogWriter? log)
    {
        string[] files = Directory.GetFiles(folder, LeaseFile.SearchPattern);
        if (files.Length == 0) return;
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction), "importing leases");
        try
        {
            foreach (string file in files) Import(transaction, tables, meta, file, lastId, log);
            JournalException.ThrowUnlessSuccess(transaction.Commit(), "importing leases");
        }
        finally
        {
            transaction.Abort();
        }

        // A crash before this line leaves files whose block is known already: the next start ignores and deletes them.
        foreach (string file in files) DurableFile.Delete(file);
    }

    private static void Import(LmdbTransaction transaction, JournalTables tables, JournalMeta meta, string file, long lastId, LogWriter? log)
    {
        LeaseFile lease = LeaseFile.Read(file);
        if (lease.Journal != meta.Uuid)
        {
            throw new JournalException(
                $"the lease {file} was taken for the journal {lease.Journal:D}, and this is {meta.Uuid:D}: move it to its own journal, and take one here with 'mm-shipper lease'.");
        }

        BlockRow row = new() { Next = lease.FirstCounter, End = lease.EndCounter, ImportedAtNs = new SystemClock().WallClockNs };
        LmdbStatus status = transaction.Put(tables.Blocks, lease.Block, StructBytes.Of(ref row), LmdbPutOptions.NoOverwrite);
        if (status == LmdbStatus.KeyExists) return;
        // Ids ascend, because records are appended; a block from before would have to be put between them.
        if (lease.Block < TransactionId.Block(lastId))
        {
            throw new JournalException(
                $"the lease {file} lies before the block in use: was the database set back? Delete the file and take a new one with 'mm-shipper lease'.");
        }

        JournalException.ThrowUnlessSuccess(status, $"importing {file}");
        log?.Write(LogMessage.BlockImported, lease.Block, lease.EndCounter - lease.FirstCounter);
    }
}
