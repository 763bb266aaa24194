namespace MarketMaker.Platform.Lmdb;

/// <summary>The LMDB that this process runs with.</summary>
public static class LmdbLibrary
{
    /// <summary>The only version whose files and calls this project was built for.</summary>
    public const string RequiredVersion = "1.0.1";

    /// <summary>The version in this process, such as "1.0.1".</summary>
    /// <exception cref="LmdbException">There is no LMDB at all.</exception>
    public static string Version
    {
        get
        {
            try
            {
                NativeLmdb.Version(out int major, out int minor, out int patch);
                return $"{major}.{minor}.{patch}";
            }
            catch (DllNotFoundException error)
            {
                throw new LmdbException($"liblmdb.so of version {RequiredVersion} is not beside the program: build engine/Platform again. {error.Message}");
            }
        }
    }

    /// <summary>A loader falls back to a system library without a word, and 0.9 writes files that 1.0 cannot read: so look.</summary>
    /// <exception cref="LmdbException">Another version, or none.</exception>
    public static void AssertVersion()
    {
        string version = Version;
        if (version == RequiredVersion) return;
        throw new LmdbException(
            $"LMDB {version} was loaded where {RequiredVersion} is required: a system library was found instead of the one built with "
            + "this program. Put the built liblmdb.so beside the program, or use the published binary, which carries it inside.");
    }
}
