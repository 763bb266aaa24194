using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Tests.Specs.Platform.Lmdb;

public sealed class LmdbSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-lmdb-").FullName;
    private readonly LmdbEnvironment _environment;
    private readonly LmdbDatabase _numbers;

    public LmdbSpecs()
    {
        _environment = LmdbEnvironment.OpenWrite(_folder, 16 << 20);
        LmdbTransaction transaction = Write();
        Succeed(transaction.OpenDatabase("numbers", LmdbDatabaseOptions.Create | LmdbDatabaseOptions.IntegerKey, out _numbers));
        Succeed(transaction.Commit());
    }

    [Fact]
    public void should_be_the_version_the_project_was_built_for() => Assert.Equal("1.0.1", LmdbLibrary.Version);

    [Fact]
    public void should_give_back_what_was_committed_and_nothing_that_was_aborted()
    {
        LmdbTransaction transaction = Write();
        Succeed(transaction.Put(_numbers, 1, "one"u8));
        Succeed(transaction.Commit());
        transaction = Write();
        Succeed(transaction.Put(_numbers, 2, "two"u8));
        transaction.Abort();
        Assert.Equal("one", Read(1));
        Assert.Null(Read(2));
    }

    [Fact]
    public void should_walk_numbers_in_their_order_and_not_in_that_of_their_bytes()
    {
        LmdbTransaction transaction = Write();
        foreach (long key in new long[] { 256, 1, 65_536, 255 }) Succeed(transaction.Put(_numbers, key, "x"u8));
        Succeed(transaction.Commit());
        Succeed(LmdbTransaction.BeginRead(_environment, out transaction));
        List<long> keys = [];
        Succeed(LmdbCursor.Open(transaction, _numbers, out LmdbCursor cursor));
        for (LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out _); status == LmdbStatus.Success; status = cursor.MoveNext(out key, out _))
            keys.Add(BitConverter.ToInt64(key));
        Succeed(cursor.MoveTo(BitConverter.GetBytes(2L), out ReadOnlySpan<byte> found, out _));
        Assert.Equal(255, BitConverter.ToInt64(found));
        cursor.Dispose();
        transaction.Abort();
        Assert.Equal([1, 255, 256, 65_536], keys);
    }

    [Fact]
    public void should_refuse_to_append_below_the_last_key_and_to_overwrite_when_told()
    {
        LmdbTransaction transaction = Write();
        Succeed(transaction.Put(_numbers, 5, "five"u8, LmdbPutOptions.Append));
        Assert.Equal(LmdbStatus.KeyExists, transaction.Put(_numbers, 4, "four"u8, LmdbPutOptions.Append));
        Assert.Equal(LmdbStatus.KeyExists, transaction.Put(_numbers, 5, "other"u8, LmdbPutOptions.NoOverwrite));
        transaction.Abort();
    }

    [Fact]
    public void should_keep_a_snapshot_until_it_is_reset_and_see_the_newest_after_renew()
    {
        Succeed(LmdbTransaction.BeginRead(_environment, out LmdbTransaction snapshot));
        LmdbTransaction transaction = Write();
        Succeed(transaction.Put(_numbers, 1, "one"u8));
        Succeed(transaction.Commit());
        Assert.Equal(LmdbStatus.NotFound, snapshot.Get(_numbers, 1, out _));
        snapshot.Reset();
        Succeed(snapshot.Renew());
        Succeed(snapshot.Get(_numbers, 1, out _));
        snapshot.Abort();
    }

    [Fact]
    public void should_allocate_nothing_in_a_transaction()
    {
        PutOne(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 2; i < 20; i++) PutOne(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void should_refuse_to_open_a_folder_twice_in_one_process() =>
        Assert.Contains("open in this process", Assert.Throws<LmdbException>(() => LmdbEnvironment.OpenRead(_folder)).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _environment.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Succeed(LmdbStatus status) => Assert.Equal(LmdbStatus.Success, status);

    private void PutOne(long key)
    {
        LmdbTransaction.BeginWrite(_environment, out LmdbTransaction transaction);
        transaction.Put(_numbers, key, "value"u8);
        transaction.Commit();
    }

    private LmdbTransaction Write()
    {
        Succeed(LmdbTransaction.BeginWrite(_environment, out LmdbTransaction transaction));
        return transaction;
    }

    private string? Read(long key)
    {
        Succeed(LmdbTransaction.BeginRead(_environment, out LmdbTransaction transaction));
        LmdbStatus status = transaction.Get(_numbers, key, out ReadOnlySpan<byte> value);
        string? text = status == LmdbStatus.Success ? System.Text.Encoding.ASCII.GetString(value) : null;
        transaction.Abort();
        return text;
    }
}
