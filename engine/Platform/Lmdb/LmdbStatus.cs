namespace MarketMaker.Platform.Lmdb;

/// <summary>What an LMDB call returned. Values that are not named here are errno of the operating system (positive) or other LMDB errors.</summary>
public enum LmdbStatus
{
    /// <summary>Done.</summary>
    Success = 0,

    /// <summary>MDB_KEYEXIST: the key exists already, or an appended key is not above all others.</summary>
    KeyExists = -30799,

    /// <summary>MDB_NOTFOUND: no such key, or the end of a walk.</summary>
    NotFound = -30798,

    /// <summary>MDB_CORRUPTED: a page is not what it should be.</summary>
    Corrupted = -30796,

    /// <summary>MDB_VERSION_MISMATCH: the file is of another LMDB format.</summary>
    VersionMismatch = -30794,

    /// <summary>MDB_INVALID: not an LMDB file.</summary>
    Invalid = -30793,

    /// <summary>MDB_MAP_FULL: the configured map size is used up.</summary>
    MapFull = -30792,

    /// <summary>ENOSPC: the disk is full.</summary>
    DiskFull = 28,

    /// <summary>EIO: the disk failed.</summary>
    InputOutputError = 5,
}
