using MarketMaker.Platform.Processes;

namespace MarketMaker.Platform.Files;

/// <summary>A file that holds a password and nothing else: read only when its owner alone may read it.</summary>
/// <remarks>
/// Where systemd hands out credentials (<c>LoadCredential=</c>), the one of the same file name is read instead, so that one INI file serves
/// with and without it. Systemd guards those by their folder, and gives them to the service by an access list that shows as the group's
/// mode: only files of our own have their mode checked. A process that holds a secret writes no core dump any more. Cold: allocates.
/// </remarks>
public static class SecretFile
{
    private const string CredentialsVariable = "CREDENTIALS_DIRECTORY";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const int BytesMax = 4_096;

    /// <summary>Reads the secret.</summary>
    /// <param name="path">The file as the configuration names it.</param>
    /// <param name="secret">Its content without white space around it; empty when refused.</param>
    /// <param name="error">Why not, with the remedy; never anything of the content.</param>
    public static bool TryRead(string path, out string secret, out string error)
    {
        secret = "";
        error = WhyRefused(path, out string found) ?? "";
        if (error.Length > 0) return false;
        try
        {
            CoreDumps.Forbid();
            secret = File.ReadAllText(found).Trim();
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            error = "cannot be read; make this user its owner";
            return false;
        }
    }

    /// <summary>Reads the secret of a key.</summary>
    /// <exception cref="FormatException">It is refused; the message names key, file and remedy.</exception>
    public static string Read(string key, string path) =>
        TryRead(path, out string secret, out string error) ? secret : throw new FormatException($"{key} = {path}: {error}");

    /// <summary>Looks at the file without reading it; null when all is well.</summary>
    public static string? WhyRefused(string path) => WhyRefused(path, out _);

    private static string? WhyRefused(string path, out string found)
    {
        if (Credential(path) is { } credential)
        {
            found = credential;
            return null;
        }

        found = path;
        FileInfo file = new(path);
        if (!file.Exists) return "there is no such file; make it, with the password and nothing else";
        if ((file.UnixFileMode & Others) != 0) return $"others may read or write it; run chmod 600 {path}";
        return file.Length > BytesMax ? $"is longer than {BytesMax} bytes, so it holds no password; write the password into it and nothing else" : null;
    }

    private static string? Credential(string path)
    {
        string? folder = Environment.GetEnvironmentVariable(CredentialsVariable);
        return folder is { Length: > 0 } && Path.Combine(folder, Path.GetFileName(path)) is var file && File.Exists(file) ? file : null;
    }
}
