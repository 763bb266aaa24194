using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Lmdb;

/// <summary>A transaction of an environment. A value: beginning, filling and ending one allocates nothing.</summary>
/// <remarks>
/// A writing transaction begins and ends on one thread. A copy is the same transaction: end one of them, once. Every value read
/// is memory of the map and valid until the transaction ends, is reset, or (when writing) until its next put.
/// </remarks>
public unsafe struct LmdbTransaction
{
    private const uint ReadOnlyFlag = 0x20000;
    private nint _handle;

    /// <summary>Whether it was begun and has not ended.</summary>
    public readonly bool IsOpen => _handle != 0;

    /// <summary>The commit that a reading transaction sees, or the one a writing transaction will be.</summary>
    public readonly long Id => (long)NativeLmdb.TransactionId(Handle);

    internal readonly nint Handle
    {
        get
        {
            Invariant.Check(_handle != 0, "an LMDB transaction is used while it is open");
            return _handle;
        }
    }

    /// <summary>Begins to write; waits for another writer, of which a journal has none.</summary>
    public static LmdbStatus BeginWrite(LmdbEnvironment environment, out LmdbTransaction transaction) =>
        Begin(environment, 0, out transaction);

    /// <summary>Begins to read a snapshot. While it is held, every commit makes the file grow.</summary>
    public static LmdbStatus BeginRead(LmdbEnvironment environment, out LmdbTransaction transaction) =>
        Begin(environment, ReadOnlyFlag, out transaction);

    /// <summary>Makes everything put durable: when this returns Success, the disk has it. Ends the transaction either way.</summary>
    public LmdbStatus Commit()
    {
        nint handle = Handle;
        _handle = 0;
        return (LmdbStatus)NativeLmdb.TransactionCommit(handle);
    }

    /// <summary>Forgets everything put and ends the transaction; nothing happens when it has ended.</summary>
    public void Abort()
    {
        if (_handle == 0) return;
        NativeLmdb.TransactionAbort(_handle);
        _handle = 0;
    }

    /// <summary>Lets go of a reader's snapshot, but keeps its slot for <see cref="Renew"/>.</summary>
    public readonly void Reset() => NativeLmdb.TransactionReset(Handle);

    /// <summary>Takes the newest snapshot after a <see cref="Reset"/>.</summary>
    public readonly LmdbStatus Renew() => (LmdbStatus)NativeLmdb.TransactionRenew(Handle);

    /// <summary>Opens a table. For set-up: names are marshalled.</summary>
    public readonly LmdbStatus OpenDatabase(string name, LmdbDatabaseOptions options, out LmdbDatabase database)
    {
        int status = NativeLmdb.DatabaseOpen(Handle, name, (uint)options, out uint handle);
        database = new LmdbDatabase(handle);
        return (LmdbStatus)status;
    }

    /// <summary>Rows of a table.</summary>
    public readonly long Count(LmdbDatabase database)
    {
        NativeLmdb.Statistics statistics;
        // SAFETY: the transaction is open and the struct is MDB_stat.
        int status = NativeLmdb.DatabaseGetStatistics(Handle, database.Handle, &statistics);
        Invariant.Check(status == 0, "an open table tells its size");
        return (long)statistics.Entries;
    }

    /// <summary>Looks a key up.</summary>
    /// <param name="database">The table.</param>
    /// <param name="key">1 to 511 bytes.</param>
    /// <param name="value">Memory of the map; see the remarks of this type.</param>
    public readonly LmdbStatus Get(LmdbDatabase database, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        // SAFETY: LMDB reads the pinned key during the call only; the value points into the map, whose lifetime the remarks state.
        fixed (byte* keyBytes = key)
        {
            NativeLmdb.Value nativeKey = new() { Size = (nuint)key.Length, Data = keyBytes };
            NativeLmdb.Value nativeValue = default;
            int status = NativeLmdb.Get(Handle, database.Handle, &nativeKey, &nativeValue);
            value = status == 0 ? new ReadOnlySpan<byte>(nativeValue.Data, checked((int)nativeValue.Size)) : default;
            return (LmdbStatus)status;
        }
    }

    /// <inheritdoc cref="Get(LmdbDatabase, ReadOnlySpan{byte}, out ReadOnlySpan{byte})"/>
    public readonly LmdbStatus Get(LmdbDatabase database, long key, out ReadOnlySpan<byte> value) =>
        Get(database, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in key)), out value);

    /// <summary>Puts a value under a key.</summary>
    public readonly LmdbStatus Put(LmdbDatabase database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, LmdbPutOptions options = LmdbPutOptions.None)
    {
        // SAFETY: LMDB copies both during the call and keeps no pointer.
        fixed (byte* keyBytes = key)
        fixed (byte* valueBytes = value)
        {
            NativeLmdb.Value nativeKey = new() { Size = (nuint)key.Length, Data = keyBytes };
            NativeLmdb.Value nativeValue = new() { Size = (nuint)value.Length, Data = valueBytes };
            return (LmdbStatus)NativeLmdb.Put(Handle, database.Handle, &nativeKey, &nativeValue, (uint)options);
        }
    }

    /// <summary>Puts a value under a number, for tables with <see cref="LmdbDatabaseOptions.IntegerKey"/>.</summary>
    public readonly LmdbStatus Put(LmdbDatabase database, long key, ReadOnlySpan<byte> value, LmdbPutOptions options = LmdbPutOptions.None) =>
        Put(database, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in key)), value, options);

    /// <summary>Removes the row of a number.</summary>
    /// <returns>NotFound when there is none.</returns>
    public readonly LmdbStatus Delete(LmdbDatabase database, long key)
    {
        // SAFETY: LMDB reads the key during the call only; it lies on this stack.
        NativeLmdb.Value nativeKey = new() { Size = sizeof(long), Data = (byte*)&key };
        return (LmdbStatus)NativeLmdb.Delete(Handle, database.Handle, &nativeKey, null);
    }

    /// <summary>Takes every row out of a table; the table stays.</summary>
    public readonly LmdbStatus Clear(LmdbDatabase database) => (LmdbStatus)NativeLmdb.Drop(Handle, database.Handle, 0);

    private static LmdbStatus Begin(LmdbEnvironment environment, uint flags, out LmdbTransaction transaction)
    {
        int status = NativeLmdb.TransactionBegin(environment.Handle, 0, flags, out nint handle);
        transaction = new LmdbTransaction { _handle = status == 0 ? handle : 0 };
        return (LmdbStatus)status;
    }
}
