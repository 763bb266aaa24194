using System.Globalization;
using System.Text;
using MarketMaker.Platform.Files;

namespace MarketMaker.Shipper;

/// <summary>The file beside the journal that says how far the ledger is: up to there the journal may forget, after its retention time.</summary>
internal sealed class ShippedNote(string journalFolder, Guid journal, TextWriter log)
{
    private readonly string _path = Path.Combine(journalFolder, $"shipped.{journal:D}");

    public void Write(long id) =>
        DurableFile.Write(_path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}\n")));

    /// <summary>Takes back what a ledger no longer holds, so that nothing more of it is purged; says so.</summary>
    public void Lower(long cursor)
    {
        if (!File.Exists(_path) || !long.TryParse(File.ReadAllText(_path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long noted) || noted <= cursor) return;
        log.WriteLine($"mm-shipper: the ledger once had this journal through {noted} and now has it through {cursor}: it was set back, as by a restored backup. "
            + "What follows in the journal is shipped again.");
        if (cursor > 0) Write(cursor);
        else DurableFile.Delete(_path);
    }
}
