using MarketMaker.Contracts;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>A bare environment with tables like the journal's, in which a test can hold a snapshot as a reader of another process would.</summary>
internal sealed class LmdbBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-lmdb-").FullName;
    private readonly LmdbDatabase _records, _sessions, _blocks;
    private readonly byte[] _record = new byte[JournalRecord.SizeBytes];
    private long _lastId;

    public LmdbBench()
    {
        Environment = LmdbEnvironment.OpenWrite(_folder, 64L << 20);
        LmdbTransaction transaction = Begin();
        transaction.OpenDatabase("executions", LmdbDatabaseOptions.Create | LmdbDatabaseOptions.IntegerKey, out _records);
        transaction.OpenDatabase("sessions", LmdbDatabaseOptions.Create, out _sessions);
        transaction.OpenDatabase("blocks", LmdbDatabaseOptions.Create | LmdbDatabaseOptions.IntegerKey, out _blocks);
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }

    public LmdbEnvironment Environment { get; }

    /// <summary>Records appended, and a row each of the other tables that every commit of the writer changes.</summary>
    public void CommitLikeTheWriter(int records)
    {
        LmdbTransaction transaction = Begin();
        for (int i = 0; i < records; i++) Assert.Equal(LmdbStatus.Success, transaction.Put(_records, ++_lastId, _record, LmdbPutOptions.Append));
        Assert.Equal(LmdbStatus.Success, transaction.Put(_sessions, "S1        "u8, new byte[32]));
        Assert.Equal(LmdbStatus.Success, transaction.Put(_blocks, 7L, new byte[24]));
        Assert.Equal(LmdbStatus.Success, transaction.Commit());
    }

    public LmdbTransaction Hold()
    {
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginRead(Environment, out LmdbTransaction snapshot));
        return snapshot;
    }

    public void Dispose()
    {
        Environment.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LmdbTransaction Begin()
    {
        Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(Environment, out LmdbTransaction transaction));
        return transaction;
    }
}
