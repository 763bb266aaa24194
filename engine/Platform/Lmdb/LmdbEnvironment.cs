using System.Collections.Concurrent;
using MarketMaker.Platform.Files;

namespace MarketMaker.Platform.Lmdb;

/// <summary>An open LMDB environment: a folder with data.mdb and lock.mdb. One writing process; readers in any number of processes.</summary>
/// <remarks>
/// Every commit is durable before it returns (no NOSYNC, no WRITEMAP, no NOLOCK). Readers' slots belong to transactions and not
/// to threads (NOTLS). A process may open a folder only once: a second close would drop the first one's file locks.
/// </remarks>
public sealed unsafe class LmdbEnvironment : IDisposable
{
    private const uint ReadOnlyFlag = 0x20000;
    private const uint NoThreadLocalStorageFlag = 0x200000;
    private const uint DatabasesMax = 8;
    private const uint FileMode = 0x1A4; // 0644
    private const int LockFileBytes = 16_384; // header and 126 readers of a cache line each, rounded up
    private const string DataFileName = "data.mdb";

    private static readonly ConcurrentDictionary<string, bool> OpenFolders = new();

    private readonly string _folder;
    private nint _handle;

    private LmdbEnvironment(string folder, nint handle, bool isReadOnly)
    {
        _folder = folder;
        _handle = handle;
        IsReadOnly = isReadOnly;
    }

    /// <summary>Whether only reads are possible.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Bytes of the map that hold data or free pages so far.</summary>
    public long UsedBytes
    {
        get
        {
            NativeLmdb.EnvironmentInfo info = Info();
            return ((long)info.LastPage + 1) * PageBytes;
        }
    }

    /// <summary>The number of the last transaction that was committed.</summary>
    public long LastTransaction => (long)Info().LastTransaction;

    /// <summary>The open data file, for calls that take a descriptor. LMDB closes it.</summary>
    public int DataDescriptor
    {
        get
        {
            LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentGetDescriptor(Handle, out int descriptor), "asking for the data file");
            return descriptor;
        }
    }

    /// <summary>Bytes the map may grow to.</summary>
    public long MapBytes => (long)Info().MapSize;

    /// <summary>Bytes of a page.</summary>
    public int PageBytes { get; private set; }

    /// <summary>Whether every page carries a checksum; files made before there were any do not.</summary>
    public bool HasPageChecksums { get; private init; }

    internal string DataFile => Path.Combine(_folder, DataFileName);

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>Opens for writing; the folder must exist.</summary>
    /// <param name="folder">Where data.mdb and lock.mdb are.</param>
    /// <param name="mapBytes">How far the file may grow. Address space, not disk space.</param>
    /// <exception cref="LmdbException">Another LMDB, not a database, another format, cut short, or open already.</exception>
    public static LmdbEnvironment OpenWrite(string folder, long mapBytes)
    {
        LmdbEnvironment environment = Open(folder, mapBytes, 0);
        try
        {
            environment.TakeOverFromDeadWriter();
            return environment;
        }
        catch
        {
            environment.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading, also while another process writes.</summary>
    /// <inheritdoc cref="OpenWrite"/>
    public static LmdbEnvironment OpenRead(string folder) => Open(folder, 0, ReadOnlyFlag);

    /// <summary>Frees the reader slots of processes that died.</summary>
    /// <returns>How many there were.</returns>
    public int ClearDeadReaders()
    {
        LmdbException.ThrowUnlessSuccess(NativeLmdb.ReaderCheck(Handle, out int dead), "checking the journal's readers");
        return dead;
    }

    /// <summary>Bytes below the end of use that hold nothing and may be written again.</summary>
    /// <param name="oldestSnapshot">The oldest transaction a reader still looks at: what was freed since is kept for it.</param>
    /// <remarks>Walks the list of free pages, an entry for each commit that freed some: microseconds, and a few ms at tens of thousands.</remarks>
    public long FreeBytes(long oldestSnapshot)
    {
        // Table 0 is the list of free pages: number of the transaction that freed them -> how many, and which.
        long pages = 0;
        if (LmdbTransaction.BeginRead(this, out LmdbTransaction snapshot) != LmdbStatus.Success) return 0;
        if (LmdbCursor.Open(snapshot, default, out LmdbCursor cursor) == LmdbStatus.Success)
        {
            LmdbStatus status = cursor.MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
            for (; status == LmdbStatus.Success && BitConverter.ToInt64(key) < oldestSnapshot; status = cursor.MoveNext(out key, out value))
                pages += BitConverter.ToInt64(value);
            cursor.Dispose();
        }

        snapshot.Abort();
        return pages * PageBytes;
    }

    /// <summary>Closes. Every transaction and cursor must be over.</summary>
    public void Dispose()
    {
        if (_handle == 0) return;
        NativeLmdb.EnvironmentClose(_handle);
        _handle = 0;
        OpenFolders.TryRemove(_folder, out _);
    }

    private static LmdbEnvironment Open(string folder, long mapBytes, uint flags)
    {
        LmdbLibrary.AssertVersion();
        folder = Path.GetFullPath(folder);
        if (!OpenFolders.TryAdd(folder, true)) throw new LmdbException($"{folder} is open in this process already");
        nint handle = 0;
        try
        {
            LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentCreate(out handle), "creating an LMDB environment");
            if (mapBytes > 0) LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentSetMapSize(handle, (nuint)mapBytes), "setting the map size");
            LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentSetMaxDatabases(handle, DatabasesMax), "setting the number of databases");
            if (flags == 0) PreallocateLockFile(folder);
            LmdbPageCheck.CheckPageSize(Path.Combine(folder, DataFileName));
            bool hasPageChecksums = PageChecksum.IsUsedBy(Path.Combine(folder, DataFileName));
            if (hasPageChecksums) PageChecksum.Use(handle);
            int status = NativeLmdb.EnvironmentOpen(handle, folder, flags | NoThreadLocalStorageFlag, FileMode);
            LmdbException.ThrowUnlessSuccess(status, $"opening {folder}");
            LmdbEnvironment environment = new(folder, handle, flags != 0) { HasPageChecksums = hasPageChecksums };
            environment.CheckFile();
            return environment;
        }
        catch
        {
            if (handle != 0) NativeLmdb.EnvironmentClose(handle);
            OpenFolders.TryRemove(folder, out _);
            throw;
        }
    }

    // LMDB writes this file through a shared map, where a full disk would be a SIGBUS and no error code: so its blocks are taken
    // first. Not later: closing any descriptor of it would drop LMDB's own locks on it.
    private static void PreallocateLockFile(string folder)
    {
        if (Preallocation.Take(Path.Combine(folder, "lock.mdb"), LockFileBytes) == PreallocationResult.NoRoom)
            throw new LmdbException($"{folder} has no room for lock.mdb", LmdbStatus.DiskFull);
    }

    // A writer that was killed between its commit's last write and the note of it in lock.mdb leaves that note one transaction behind while
    // another process holds the file open. Snapshots go by the note, so reads would miss a durable commit that the next write stands on.
    // LMDB puts the note right when the dead writer's lock is taken over: before anything is read, therefore.
    private void TakeOverFromDeadWriter()
    {
        LmdbException.ThrowUnlessSuccess((int)LmdbTransaction.BeginWrite(this, out LmdbTransaction transaction), "taking the writer's lock");
        transaction.Abort();
    }

    // A page of the map beyond the end of the file is a SIGBUS and no error code: so the length is checked before the first read.
    private void CheckFile()
    {
        NativeLmdb.Statistics statistics;
        // SAFETY: the environment is open and the struct is MDB_stat.
        LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentGetStatistics(Handle, &statistics), "reading the page size");
        PageBytes = (int)statistics.PageSize;
        long fileBytes = new FileInfo(DataFile).Length;
        if (fileBytes >= UsedBytes) return;
        throw new LmdbException(
            $"{_folder}/data.mdb is cut short: {fileBytes} bytes where its own header names {UsedBytes}", LmdbStatus.Corrupted);
    }

    private NativeLmdb.EnvironmentInfo Info()
    {
        NativeLmdb.EnvironmentInfo info;
        // SAFETY: the environment is open and the struct is MDB_envinfo.
        int status = NativeLmdb.EnvironmentGetInfo(Handle, &info);
        Invariant.Check(status == 0, "an open environment tells its size");
        return info;
    }
}
