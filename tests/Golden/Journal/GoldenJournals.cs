using System.IO.Compression;

namespace MarketMaker.Tests.Golden.Journal;

/// <summary>Journals as released programs wrote them, kept for ever: a later program must open each.</summary>
public static class GoldenJournals
{
    /// <summary>
    /// Format 1, made for node NODE1 on the host test-host with 1,000,000 dollars. Session S1 (sequences 2 to 5): AAPL 100 bought at 50
    /// (match 11), MSFT 7 bought at 12.34 (match 12), match 11 broken. The engine was killed. Session S2 (sequences 2 to 5, replay
    /// from 4): AAPL 100 bought at 50 (match 21), AAPL 40 sold at 60 (match 22). Ids are counters 1 to 5 of block 7.
    /// </summary>
    public static byte[] Format1() => Unpack("journal-format1.mdb.gz");

    private static byte[] Unpack(string name)
    {
        using Stream packed = typeof(GoldenJournals).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using GZipStream zip = new(packed, CompressionMode.Decompress);
        using MemoryStream whole = new();
        zip.CopyTo(whole);
        return whole.ToArray();
    }
}
