using System.Text;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>A journal changed behind the program's back, as bad disks and curious people do.</summary>
internal static class JournalFile
{
    public static byte[] Meta(JournalOptions options, string key)
    {
        byte[] found = [];
        Change(options, "meta", LmdbDatabaseOptions.None, (transaction, table) =>
        {
            LmdbStatus status = transaction.Get(table, Encoding.ASCII.GetBytes(key), out ReadOnlySpan<byte> value);
            found = value.ToArray();
            return status;
        });
        return found;
    }

    public static void PutMeta(JournalOptions options, string key, byte[] value) =>
        Change(options, "meta", LmdbDatabaseOptions.None, (transaction, table) => transaction.Put(table, Encoding.ASCII.GetBytes(key), value));

    public static void Damage(JournalOptions options, long id, int at = 72) =>
        Change(options, "executions", LmdbDatabaseOptions.IntegerKey, (transaction, table) =>
        {
            transaction.Get(table, id, out ReadOnlySpan<byte> value);
            byte[] damaged = value.ToArray();
            damaged[at] ^= 1;
            return transaction.Put(table, id, damaged);
        });

    public static void Delete(JournalOptions options, long id) =>
        Change(options, "executions", LmdbDatabaseOptions.IntegerKey, (transaction, table) =>
        {
            Assert.Equal(LmdbStatus.Success, LmdbCursor.Open(transaction, table, out LmdbCursor cursor));
            using (cursor)
            {
                Assert.Equal(LmdbStatus.Success, cursor.MoveTo(BitConverter.GetBytes(id), out _, out _));
                return cursor.Delete();
            }
        });

    public static void Change(JournalOptions options, string table, LmdbDatabaseOptions tableOptions, Func<LmdbTransaction, LmdbDatabase, LmdbStatus> change)
    {
        using LmdbEnvironment environment = LmdbEnvironment.OpenWrite(options.Path, options.MapBytes);
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction));
        Assert.Equal(LmdbStatus.Success, transaction.OpenDatabase(table, tableOptions, out LmdbDatabase database));
        Assert.Equal(LmdbStatus.Success, change(transaction, database));
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }
}
