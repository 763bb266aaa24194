using System.Security.Cryptography;
using MarketMaker.Journal;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.Host;

/// <summary>What a person approved for this host: hashes of the program and of its INI file, and the protocols the program speaks.</summary>
/// <remarks>
/// deploy.sh writes it beside both. A program or a file that was exchanged later, on one host of several say, does not start: half an
/// upgrade once cost a firm its existence.
/// </remarks>
internal static class Approval
{
    private const string Remedy = "deploy what was approved, or approve what is here with deploy/deploy.sh";

    /// <summary>The wire and disk formats this program speaks, in a line.</summary>
    public static string Protocol => $"itch-5.0 ouch-5.0 soupbintcp-4 moldudp64-1.0 verdicts-{VerdictWire.Version} journal-{JournalMeta.CurrentFormat}";

    /// <summary>Compares; null when all three match.</summary>
    /// <param name="file">The approved file: <c>name = value</c> lines.</param>
    /// <param name="program">The program that runs.</param>
    /// <param name="ini">The INI file it was given.</param>
    /// <returns>A sentence that names file, key, both values and the remedy.</returns>
    public static string? WhyRefused(string file, string program, string ini)
    {
        Dictionary<string, string> approved;
        try
        {
            approved = File.ReadLines(file).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{file}: cannot be read as an approval ({cause.Message}): {Remedy}";
        }

        foreach ((string key, string found) in (ReadOnlySpan<(string, string)>)[("binary-sha256", HashOf(program)), ("ini-sha256", HashOf(ini)), ("protocol", Protocol)])
        {
            if (!approved.TryGetValue(key, out string? wanted)) return $"{file}: {key} is missing: {Remedy}";
            if (wanted != found) return $"{file}: {key} is {wanted} there and {found} here: {Remedy}";
        }

        return null;
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
