using MarketMaker.Platform.Files;
using MarketMaker.Platform.Logging;

namespace MarketMaker.Journal;

/// <summary>Takes in leases that are laid beside the journal while the engine runs.</summary>
/// <remarks>
/// Belongs to the journal's thread. To look costs no managed memory; to take a lease in does, some kilobytes once per
/// block, which the engine's count of allocated bytes shows.
/// </remarks>
internal sealed class LeaseWatch(JournalStore store, LogWriter log)
{
    private readonly FolderProbe _probe = new(store.Folder, LeaseFile.NamePrefix, LeaseFile.NameSuffix);
    private readonly HashSet<(string Path, DateTime Written)> _ignored = [];
    private ulong _seen;

    /// <summary>Looks for files that were not there at the last look; no transaction may be open.</summary>
    /// <exception cref="JournalFailedException">Taking one in failed on the disk.</exception>
    internal void Look()
    {
        ulong names = _probe.Look();
        if (names == _seen) return;
        _seen = names;
        if (names != 0) store.ImportLeases(_ignored, log);
    }
}
