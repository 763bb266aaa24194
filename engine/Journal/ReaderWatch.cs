using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;

namespace MarketMaker.Journal;

/// <summary>Finds the reader that holds an old snapshot: while it does, every commit makes the file grow.</summary>
/// <remarks>
/// LMDB does not say since when a snapshot is held, so its age counts from the first look that found it overtaken by a commit.
/// One that sees the newest state costs nothing, however long it is held. Belongs to the journal's thread; allocates nothing.
/// </remarks>
/// <param name="environment">Whose readers.</param>
/// <param name="alarmMs">A snapshot held for longer is named.</param>
/// <param name="counters">Where the block Journal is.</param>
/// <param name="log">Hears when an alarm begins and ends.</param>
public sealed class ReaderWatch(LmdbEnvironment environment, int alarmMs, CounterFile counters, LogWriter log)
{
    private const long NsPerMs = 1_000_000;
    private const long NsPerSecond = 1_000_000_000;

    private readonly LmdbReader[] _listed = new LmdbReader[LmdbReaders.Max];
    private LmdbReader[] _held = new LmdbReader[LmdbReaders.Max], _heldBefore = new LmdbReader[LmdbReaders.Max];
    private long[] _sinceNs = new long[LmdbReaders.Max], _sinceNsBefore = new long[LmdbReaders.Max];
    private int _count;
    private int _alarmedPid;
    private long _lastAgeMs;
    private long _nextSweepNs = long.MinValue;

    /// <summary>The oldest snapshot somebody looked at in the last look; the newest of all when nobody did.</summary>
    public long OldestSnapshot { get; private set; } = long.MaxValue;

    /// <summary>Looks; about once a second the slots of dead readers are cleared first.</summary>
    public void Look(long nowNs)
    {
        if (nowNs >= _nextSweepNs) Sweep(nowNs);
        int oldest = Compare(nowNs);
        long ageMs = oldest < 0 ? 0 : (nowNs - _sinceNs[oldest]) / NsPerMs;
        Show(ageMs >= alarmMs ? _held[oldest].ProcessId : 0, ageMs);
    }

    private void Sweep(long nowNs)
    {
        _nextSweepNs = nowNs + NsPerSecond;
        int dead = environment.ClearDeadReaders();
        if (dead == 0) return;
        counters.Add(Counter.JournalDeadReaders, dead);
        log.Write(LogMessage.DeadReadersCleared, dead);
    }

    /// <summary>Lists who holds an overtaken snapshot, and takes over since when from the look before.</summary>
    /// <returns>Where the one that has been held longest is; -1: none.</returns>
    private int Compare(long nowNs)
    {
        (_held, _heldBefore, _sinceNs, _sinceNsBefore) = (_heldBefore, _held, _sinceNsBefore, _sinceNs);
        ReadOnlySpan<LmdbReader> before = _heldBefore.AsSpan(0, _count);
        int listed = LmdbReaders.List(environment, _listed);
        // Read after the list: a snapshot taken in between is no older than this.
        long last = environment.LastTransaction;
        (_count, OldestSnapshot) = (0, long.MaxValue);
        int longest = -1;
        for (int i = 0; i < listed; i++)
        {
            LmdbReader reader = _listed[i];
            OldestSnapshot = Math.Min(OldestSnapshot, reader.Transaction);
            if (reader.Transaction >= last) continue;
            int known = before.IndexOf(reader);
            _held[_count] = reader;
            _sinceNs[_count] = known < 0 ? nowNs : _sinceNsBefore[known];
            if (longest < 0 || _sinceNs[_count] < _sinceNs[longest]) longest = _count;
            _count++;
        }

        return longest;
    }

    private void Show(int pid, long ageMs)
    {
        counters.Set(Counter.JournalPinnedReaderPid, pid);
        counters.Set(Counter.JournalPinnedReaderAgeMs, pid == 0 ? 0 : ageMs);
        if (pid != _alarmedPid)
        {
            if (_alarmedPid != 0) log.Write(LogMessage.ReaderReleased, _alarmedPid, _lastAgeMs);
            if (pid != 0) log.Write(LogMessage.ReaderPinned, pid, ageMs);
            _alarmedPid = pid;
        }

        _lastAgeMs = ageMs;
    }
}
