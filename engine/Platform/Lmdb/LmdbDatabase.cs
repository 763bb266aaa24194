namespace MarketMaker.Platform.Lmdb;

/// <summary>A named table of an environment; valid as long as the environment is open.</summary>
public readonly struct LmdbDatabase
{
    internal LmdbDatabase(uint handle) => Handle = handle;

    internal uint Handle { get; }
}

/// <summary>How a table sorts and whether it is made.</summary>
[Flags]
public enum LmdbDatabaseOptions
{
    /// <summary>Keys are bytes; the table must exist.</summary>
    None = 0,

    /// <summary>MDB_INTEGERKEY: keys are 64-bit numbers in native byte order, sorted as numbers.</summary>
    IntegerKey = 0x08,

    /// <summary>MDB_CREATE: the table is made when it does not exist.</summary>
    Create = 0x40000,
}

/// <summary>How a value is put.</summary>
[Flags]
public enum LmdbPutOptions
{
    /// <summary>What is there under the key is replaced.</summary>
    None = 0,

    /// <summary>MDB_NOOVERWRITE: a key that exists is refused.</summary>
    NoOverwrite = 0x10,

    /// <summary>MDB_APPEND: the key is above all others, which fills pages and needs no search; otherwise refused.</summary>
    Append = 0x20000,
}
