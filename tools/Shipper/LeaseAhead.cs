using MarketMaker.Journal;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>Lays the next block of ids beside the journal before the last one ends; the engine takes it in while it runs.</summary>
/// <remarks>Never more than one lies there. A crash between database and file wastes a block of two billion, and nothing more.</remarks>
internal sealed class LeaseAhead(ShipperOptions options, JournalReader reader, ILedgerDatabase database, TextWriter log)
{
    private long _dueMs;
    private LeaseFile? _unwritten;

    /// <summary>Looks every few seconds; takes a block when one is wanted.</summary>
    public void Tick()
    {
        if (options.LeaseAheadIds == 0 || Environment.TickCount64 < _dueMs) return;
        _dueMs = Environment.TickCount64 + options.LeaseLookMs;
        // The file before the ids: the engine deletes it after the ids are in the journal, so one of both shows the block.
        if (Directory.EnumerateFiles(options.JournalPath, LeaseFile.SearchPattern).Any()) return;
        long idsLeft = reader.IdsLeft();
        if (idsLeft >= options.LeaseAheadIds) return;
        // Taken once, also when the disk has no room for its file: else each look would use up another.
        _unwritten ??= LeaseFile.Whole(database.LeaseBlock(reader.Meta.Node, reader.Meta.Uuid), reader.Meta.Node, reader.Meta.Uuid);
        try
        {
            log.WriteLine($"mm-shipper: {idsLeft} ids are left; laid the next block beside the journal: {_unwritten.Write(options.JournalPath)}");
            _unwritten = null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"mm-shipper: ALARM: {idsLeft} ids are left, and the next block cannot be laid beside the journal: {failure.Message}. Free some space at {options.JournalPath}; trying again.");
        }
    }
}
