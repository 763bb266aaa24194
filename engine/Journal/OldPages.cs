using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>
/// The pages of old records that the check at the open passed over, because the journal is large. They are proven whole piece by piece before
/// purging lets LMDB walk them.
/// </summary>
/// <remarks>Belongs to the journal's thread. A journal that was proven whole at the open has none and costs nothing.</remarks>
internal sealed class OldPages : IDisposable
{
    private readonly long _provenFrom;
    private readonly LmdbPageCheck? _check;
    private LmdbTransaction _snapshot;
    private long _next;

    /// <param name="environment">The journal's.</param>
    /// <param name="provenFrom">The id behind which everything is proven already; 0: the whole journal.</param>
    internal OldPages(LmdbEnvironment environment, long provenFrom)
    {
        _provenFrom = provenFrom;
        AreProven = provenFrom == 0;
        if (AreProven) return;
        // The slot of a reader is taken here, where a lack of them is only no start.
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out _snapshot), "reading the journal");
        _snapshot.Reset();
        _check = JournalReader.NewPageCheck(environment);
    }

    /// <summary>Whether LMDB may walk any record.</summary>
    internal bool AreProven { get; private set; }

    /// <summary>The journal as of its last commit, to be reset by the caller.</summary>
    internal LmdbStatus TakeSnapshot(out LmdbTransaction snapshot)
    {
        snapshot = _snapshot;
        return snapshot.Renew();
    }

    /// <summary>Proves the next records.</summary>
    /// <param name="snapshot">Of <see cref="TakeSnapshot"/>; no commit since.</param>
    /// <param name="records">How many.</param>
    /// <exception cref="LmdbException">One of their pages is damaged; the message names it.</exception>
    internal void ProveMore(LmdbTransaction snapshot, int records)
    {
        _next = _check!.CheckStretch(snapshot, _next, records);
        AreProven = _next >= _provenFrom;
    }

    /// <summary>Closes the file and gives the reader's slot back, before the environment is closed.</summary>
    public void Dispose()
    {
        _snapshot.Abort();
        _check?.Dispose();
    }
}
