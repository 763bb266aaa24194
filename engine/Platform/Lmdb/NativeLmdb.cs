using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Lmdb;

/// <summary>The functions of LMDB 1.0.1 that the journal needs, as lmdb.h declares them. Nothing here allocates managed memory.</summary>
internal static unsafe partial class NativeLmdb
{
    private const string Library = "lmdb";

    /// <summary>MDB_val: a length and where the bytes are.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Value
    {
        internal nuint Size;
        internal byte* Data;
    }

    /// <summary>MDB_envinfo.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct EnvironmentInfo
    {
        internal nint MapAddress;
        internal nuint MapSize;
        internal nuint LastPage;
        internal nuint LastTransaction;
        internal uint MaxReaders;
        internal uint NumReaders;
    }

    /// <summary>MDB_stat.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Statistics
    {
        internal uint PageSize;
        internal uint Depth;
        internal nuint BranchPages;
        internal nuint LeafPages;
        internal nuint OverflowPages;
        internal nuint Entries;
    }

    [LibraryImport(Library, EntryPoint = "mdb_version")]
    internal static partial nint Version(out int major, out int minor, out int patch);

    [LibraryImport(Library, EntryPoint = "mdb_strerror")]
    internal static partial nint ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "mdb_env_create")]
    internal static partial int EnvironmentCreate(out nint environment);

    [LibraryImport(Library, EntryPoint = "mdb_env_set_mapsize")]
    internal static partial int EnvironmentSetMapSize(nint environment, nuint bytes);

    [LibraryImport(Library, EntryPoint = "mdb_env_set_maxdbs")]
    internal static partial int EnvironmentSetMaxDatabases(nint environment, uint count);

    /// <summary>MDB_sum_func takes a page, where its checksum goes, and a key that is not used here.</summary>
    [LibraryImport(Library, EntryPoint = "mdb_env_set_checksum")]
    internal static partial int EnvironmentSetChecksum(nint environment, delegate* unmanaged[Cdecl]<Value*, Value*, Value*, void> sum, uint bytes);

    [LibraryImport(Library, EntryPoint = "mdb_txn_id")]
    internal static partial nuint TransactionId(nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_env_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int EnvironmentOpen(nint environment, string path, uint flags, uint mode);

    [LibraryImport(Library, EntryPoint = "mdb_env_close")]
    internal static partial void EnvironmentClose(nint environment);

    [LibraryImport(Library, EntryPoint = "mdb_env_info")]
    internal static partial int EnvironmentGetInfo(nint environment, EnvironmentInfo* info);

    [LibraryImport(Library, EntryPoint = "mdb_env_stat")]
    internal static partial int EnvironmentGetStatistics(nint environment, Statistics* statistics);

    [LibraryImport(Library, EntryPoint = "mdb_env_get_fd")]
    internal static partial int EnvironmentGetDescriptor(nint environment, out int descriptor);

    [LibraryImport(Library, EntryPoint = "mdb_reader_list")]
    internal static partial int ReaderList(nint environment, delegate* unmanaged[Cdecl]<byte*, void*, int> onLine, void* context);

    [LibraryImport(Library, EntryPoint = "mdb_reader_check")]
    internal static partial int ReaderCheck(nint environment, out int dead);

    [LibraryImport(Library, EntryPoint = "mdb_txn_begin")]
    internal static partial int TransactionBegin(nint environment, nint parent, uint flags, out nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_txn_commit")]
    internal static partial int TransactionCommit(nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_txn_abort")]
    internal static partial void TransactionAbort(nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_txn_reset")]
    internal static partial void TransactionReset(nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_txn_renew")]
    internal static partial int TransactionRenew(nint transaction);

    [LibraryImport(Library, EntryPoint = "mdb_dbi_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DatabaseOpen(nint transaction, string name, uint flags, out uint database);

    [LibraryImport(Library, EntryPoint = "mdb_stat")]
    internal static partial int DatabaseGetStatistics(nint transaction, uint database, Statistics* statistics);

    [LibraryImport(Library, EntryPoint = "mdb_get")]
    internal static partial int Get(nint transaction, uint database, Value* key, Value* value);

    [LibraryImport(Library, EntryPoint = "mdb_put")]
    internal static partial int Put(nint transaction, uint database, Value* key, Value* value, uint flags);

    [LibraryImport(Library, EntryPoint = "mdb_del")]
    internal static partial int Delete(nint transaction, uint database, Value* key, Value* value);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_open")]
    internal static partial int CursorOpen(nint transaction, uint database, out nint cursor);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_close")]
    internal static partial void CursorClose(nint cursor);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_del")]
    internal static partial int CursorDelete(nint cursor, uint flags);

    [LibraryImport(Library, EntryPoint = "mdb_drop")]
    internal static partial int Drop(nint transaction, uint database, int deleteTable);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_get")]
    internal static partial int CursorGet(nint cursor, Value* key, Value* value, int operation);
}
