using System.Globalization;
using System.Text;
using MarketMaker.Platform.Files;

namespace MarketMaker.Shipper;

/// <summary>The file beside the journal that says how far it may forget, after its retention time.</summary>
/// <remarks>
/// Only purging needs it. Where it cannot be written, as on a full disk, shipping goes on: it is what makes room there in the end.
/// </remarks>
internal sealed class ShippedNote(ShipperOptions options, Guid journal, TextWriter log)
{
    private const int RetryMs = 1_000;

    private readonly string _path = Path.Combine(options.JournalPath, $"shipped.{journal:D}");
    private long? _unwrittenId;
    private long _retryAtMs;

    /// <summary>The last id that the ledger is known to have; 0: none.</summary>
    public long Read()
    {
        try
        {
            return File.Exists(_path) && TryRead(out long id) ? id : 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Renamed or taken away at this moment, by the shipper that has the journal.
            return 0;
        }
    }

    /// <summary>Notes the last id that the ledger has.</summary>
    public void Write(long id)
    {
        try
        {
            DurableFile.Write(_path, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}\n")));
            if (_unwrittenId is not null) log.WriteLine($"mm-shipper: over: how far the journal is shipped is noted beside it again, {id}");
            _unwrittenId = null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (_unwrittenId is null)
                log.WriteLine($"mm-shipper: ALARM: cannot note beside the journal how far it is shipped: {failure.Message}. Shipping goes on, and the journal purges nothing: free some space at {options.JournalPath}.");
            (_unwrittenId, _retryAtMs) = (id, Environment.TickCount64 + RetryMs);
        }
    }

    /// <summary>Tries again what failed, when nothing new is shipped that would.</summary>
    public void Tick()
    {
        if (_unwrittenId is { } id && Environment.TickCount64 >= _retryAtMs) Write(id);
    }

    /// <summary>Takes back what a ledger no longer holds, so that nothing more of it is purged; says so.</summary>
    /// <exception cref="IOException">The note can neither be written nor removed.</exception>
    public void Lower(long cursor)
    {
        if (_unwrittenId > cursor) _unwrittenId = null;
        if (!File.Exists(_path) || !TryRead(out long noted) || noted <= cursor) return;
        log.WriteLine($"mm-shipper: the ledger once had this journal through {noted} and now has it through {cursor}: it was set back, as by a restored backup. "
            + "What follows in the journal is shipped again.");
        // Removed first: that works on a full disk too, and without a note nothing is purged.
        DurableFile.Delete(_path);
        if (cursor > 0) Write(cursor);
    }

    private bool TryRead(out long id) => long.TryParse(File.ReadAllText(_path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out id);
}
