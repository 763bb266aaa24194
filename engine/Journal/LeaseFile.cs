using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MarketMaker.Platform.Files;

namespace MarketMaker.Journal;

/// <summary>A block of ids on its way from the database to a journal: a small text file beside the journal, whole or not there.</summary>
/// <param name="Block">The block, 1 to 2^31 - 1.</param>
/// <param name="FirstCounter">First counter that may be used.</param>
/// <param name="EndCounter">First counter that may not.</param>
/// <param name="Node">The node that leased it.</param>
/// <param name="Journal">The journal it is for; no other may import it.</param>
public sealed record LeaseFile(long Block, long FirstCounter, long EndCounter, string Node, Guid Journal)
{
    private const string FirstLine = "mm-lease 1";

    /// <summary>How lease files are found.</summary>
    public const string SearchPattern = NamePrefix + "*" + NameSuffix;

    internal const string NamePrefix = "lease-";
    internal const string NameSuffix = ".lease";

    /// <summary>A whole block. Counters begin at 1.</summary>
    public static LeaseFile Whole(long block, string node, Guid journal) => new(block, 1, TransactionId.IdsPerBlock, node, journal);

    /// <summary>Lays the file beside the journal: written, synced, renamed.</summary>
    /// <returns>Its path.</returns>
    public string Write(string journalFolder)
    {
        string path = Path.Combine(journalFolder, $"{NamePrefix}{Block}{NameSuffix}");
        string body = string.Create(CultureInfo.InvariantCulture,
            $"{FirstLine}\nblock {Block}\nfirst {FirstCounter}\nend {EndCounter}\nnode {Node}\njournal {Journal:D}\n");
        DurableFile.Write(path, Encoding.ASCII.GetBytes($"{body}checksum {ChecksumOf(body)}\n"));
        return path;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="JournalException">It is not whole, or says something impossible.</exception>
    public static LeaseFile Read(string path)
    {
        string text = File.ReadAllText(path);
        int checksumAt = text.LastIndexOf("checksum ", StringComparison.Ordinal);
        string[] lines = text.Split('\n');
        if (checksumAt < 0 || lines.Length != 8 || lines[0] != FirstLine || text[checksumAt..] != $"checksum {ChecksumOf(text[..checksumAt])}\n")
            throw Damaged(path);
        try
        {
            LeaseFile lease = new(Number(lines[1], "block "), Number(lines[2], "first "), Number(lines[3], "end "),
                After(lines[4], "node "), Guid.ParseExact(After(lines[5], "journal "), "D"));
            bool possible = lease.Block is >= 1 and <= TransactionId.BlockMax && lease.FirstCounter >= 0
                && lease.FirstCounter < lease.EndCounter && lease.EndCounter <= TransactionId.IdsPerBlock;
            return possible ? lease : throw Damaged(path);
        }
        catch (FormatException)
        {
            throw Damaged(path);
        }
    }

    private static JournalException Damaged(string path) =>
        new($"the lease {path} is damaged: delete it and take a new one with 'mm-shipper lease'; the block in it stays unused.");

    private static string ChecksumOf(string body) => XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(body)).ToString("x16", CultureInfo.InvariantCulture);

    private static long Number(string line, string name) => long.Parse(After(line, name), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string After(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : throw new FormatException();
}
