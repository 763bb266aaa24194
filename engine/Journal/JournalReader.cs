using MarketMaker.Contracts;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>What one short look at the journal brought.</summary>
/// <param name="Count">Good records copied to the start of the buffer.</param>
/// <param name="DamagedId">Id of a record that is not whole; its bytes lie in the buffer behind the good ones. 0: none.</param>
public readonly record struct JournalBatch(int Count, long DamagedId);

/// <summary>Reads a journal while its engine writes: each call copies a batch out of a snapshot and lets the snapshot go.</summary>
/// <remarks>
/// A snapshot that is held makes every commit grow the file, so a batch is bounded: some 10,000 records are copied in a few
/// milliseconds. Belongs to one thread. A process opens a journal once only.
/// </remarks>
public sealed partial class JournalReader : IDisposable
{
    private readonly LmdbEnvironment _environment;
    private readonly bool _ownsEnvironment;
    private readonly JournalTables _tables;
    private readonly LmdbPageCheck _check;
    private LmdbTransaction _snapshot;

    internal JournalReader(LmdbEnvironment environment, bool ownsEnvironment)
    {
        (_environment, _ownsEnvironment, _check) = (environment, ownsEnvironment, NewPageCheck(environment));
        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out LmdbTransaction transaction), "reading the journal");
        try
        {
            CheckTables(transaction);
            _tables = JournalTables.Open(transaction, create: false);
            Meta = JournalMeta.Read(transaction, _tables.Meta);
            JournalException.ThrowUnlessSuccess(transaction.Commit(), "reading the journal");
        }
        catch
        {
            _check.Dispose();
            throw;
        }
        finally
        {
            transaction.Abort();
        }

        JournalException.ThrowUnlessSuccess(LmdbTransaction.BeginRead(environment, out _snapshot), "reading the journal");
        _snapshot.Reset();
    }

    /// <summary>Who the journal belongs to.</summary>
    public JournalMeta Meta { get; }

    /// <summary>Opens a journal that another process may be writing.</summary>
    /// <exception cref="JournalException">None there, of another format, or not a journal. Names the remedy.</exception>
    public static JournalReader Open(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "data.mdb")))
            throw new JournalException($"there is no journal at {folder}: make one with 'marketmaker init --config FILE'.");
        LmdbEnvironment? environment = null;
        try
        {
            environment = LmdbEnvironment.OpenRead(folder);
            return new JournalReader(environment, ownsEnvironment: true);
        }
        catch (LmdbException cause)
        {
            environment?.Dispose();
            throw new JournalException($"the journal at {folder} cannot be opened: {cause.Message}", cause);
        }
        catch
        {
            environment?.Dispose();
            throw;
        }
    }

    /// <summary>Says who a journal belongs to and closes it again.</summary>
    /// <exception cref="JournalException">As <see cref="Open"/>.</exception>
    public static JournalMeta ReadMeta(string folder)
    {
        using JournalReader reader = Open(folder);
        return reader.Meta;
    }

    /// <summary>Copies the records that follow an id, as many as there are and fit; stops at a damaged one.</summary>
    /// <param name="id">The last id the caller has; 0 for the beginning.</param>
    /// <param name="into">At least one record long; at most some 10,000, to keep the snapshot short.</param>
    public JournalBatch ReadAfter(long id, Span<JournalRecord> into) => ReadAfter(id, into, out _);

    /// <param name="id">As above.</param>
    /// <param name="into">As above.</param>
    /// <param name="purged">How far the journal was purged in the same snapshot.</param>
    internal JournalBatch ReadAfter(long id, Span<JournalRecord> into, out PurgeMarker purged)
    {
        Renew();
        try
        {
            int rows = (int)CheckRows(id + 1, into.Length);
            purged = PurgeMarkers.Read(_snapshot, _tables);
            return Copy(id, into[..rows]);
        }
        finally
        {
            FaultPoint.Hit(FaultPointName.ShipperInRead);
            _snapshot.Reset();
        }
    }

    /// <summary>The last id in the journal, 0 when it is empty; and how many records it has.</summary>
    public (long LastId, long Records) Extent()
    {
        Renew();
        try
        {
            CheckRows(long.MaxValue, 1);
            using LmdbCursor cursor = OpenCursor();
            LmdbStatus status = cursor.MoveLast(out ReadOnlySpan<byte> key, out _);
            return (status == LmdbStatus.Success ? BitConverter.ToInt64(key) : 0, _snapshot.Count(_tables.Executions));
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    /// <summary>How many records follow an id, counted up to a bound, or up to a damaged page.</summary>
    public long CountAfter(long id, long atMost)
    {
        Renew();
        try
        {
            atMost = CheckRows(id + 1, atMost);
            using LmdbCursor cursor = OpenCursor();
            Span<byte> from = stackalloc byte[sizeof(long)];
            BitConverter.TryWriteBytes(from, id + 1);
            long count = 0;
            LmdbStatus status = cursor.MoveTo(from, out _, out _);
            for (; status == LmdbStatus.Success && count < atMost; count++) status = cursor.MoveNext(out _, out _);
            return count;
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    /// <summary>The newest checkpoint; null when none was written yet.</summary>
    /// <exception cref="JournalException">It is damaged.</exception>
    public Checkpoint? NewestCheckpoint() => ReadCheckpoint(Checkpoint.NewestKey);

    /// <summary>What the journal took over from one that was lost; null when it began with its opening cash alone.</summary>
    /// <exception cref="JournalException">It is damaged.</exception>
    public Checkpoint? Genesis() => ReadCheckpoint(Checkpoint.GenesisKey);

    /// <summary>Where the chain of checksums begins: the last record that was purged, its checksum, and how many were; zeros when none was.</summary>
    /// <exception cref="JournalException">The mark is damaged.</exception>
    public (long LastId, ulong Checksum, long Records) Purged()
    {
        Renew();
        try
        {
            PurgeMarker marker = PurgeMarkers.Read(_snapshot, _tables);
            return (marker.LastId, marker.LastChecksum, marker.Records);
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        _snapshot.Abort();
        _check.Dispose();
        if (_ownsEnvironment) _environment.Dispose();
    }

    private Checkpoint? ReadCheckpoint(ReadOnlySpan<byte> key)
    {
        Renew();
        try
        {
            return Checkpoint.Read(_snapshot, _tables, key);
        }
        finally
        {
            _snapshot.Reset();
        }
    }

    private JournalBatch Copy(long id, Span<JournalRecord> into)
    {
        using LmdbCursor cursor = OpenCursor();
        Span<byte> from = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(from, id + 1);
        LmdbStatus status = cursor.MoveTo(from, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        int count = 0;
        for (; status == LmdbStatus.Success && count < into.Length; status = cursor.MoveNext(out key, out value))
        {
            long recordId = BitConverter.ToInt64(key);
            if (!RecordCheck.IsWhole(recordId, value, out into[count])) return new JournalBatch(count, recordId);
            count++;
        }

        if (status is not (LmdbStatus.Success or LmdbStatus.NotFound)) JournalException.ThrowUnlessSuccess(status, "walking the journal");
        return new JournalBatch(count, 0);
    }

    private LmdbCursor OpenCursor()
    {
        JournalException.ThrowUnlessSuccess(LmdbCursor.Open(_snapshot, _tables.Executions, out LmdbCursor cursor), "walking the journal");
        return cursor;
    }

    private void Renew() => JournalException.ThrowUnlessSuccess(_snapshot.Renew(), "reading the journal");
}
