using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Journal;

/// <summary>What the journal may run out of (ids, map, disk) and what is done about it: alarm, no more buys, no more sends.</summary>
/// <remarks>
/// Each leaves a reserve for the answers in flight, which are booked whatever the level is. Belongs to the journal's thread;
/// allocates nothing, but for a lease that is taken in.
/// </remarks>
internal sealed class JournalBounds
{
    private const long LookPeriodNs = 100_000_000;
    private const long SlowPeriodNs = 1_000_000_000;
    private const long ReaderLooksPerAlarm = 4;

    private readonly JournalOptions _options;
    private readonly JournalStore _store;
    private readonly CounterFile _counters;
    private readonly ResourceBound _ids, _map, _disk;
    private readonly DiskSpace _diskSpace;
    private readonly DiskReserve _reserve;
    private readonly ReaderWatch _readers;
    private readonly LeaseWatch _leases;
    private readonly long _readerPeriodNs;
    private long _freeBytes;
    private long _nextLookNs, _nextReaderLookNs, _nextSlowLookNs;
    private volatile bool _mustHalt;

    internal JournalBounds(JournalOptions options, JournalStore store, CounterFile counters, LogWriter log, TradingGate gate, long nowNs)
    {
        (_options, _store, _counters) = (options, store, counters);
        _ids = new ResourceBound(StopReasons.Ids, Counter.JournalIdsLevel,
            [LogMessage.IdsPlenty, LogMessage.IdsRunLow, LogMessage.IdsStopBuying, LogMessage.IdsExhausted], gate, counters, log);
        _map = new ResourceBound(StopReasons.Map, Counter.JournalMapLevel,
            [LogMessage.MapRelieved, LogMessage.MapAlarm, LogMessage.MapStopsBuying, LogMessage.JournalNearlyFull], gate, counters, log);
        _disk = new ResourceBound(StopReasons.Disk, Counter.JournalDiskLevel,
            [LogMessage.DiskRelieved, LogMessage.DiskAlarm, LogMessage.DiskStopsBuying, LogMessage.DiskExhausted], gate, counters, log);
        _diskSpace = new DiskSpace(store.Folder);
        _reserve = store.Reserve ?? new DiskReserve(store.Environment, options.AnswerReserveBytes);
        if (!_reserve.IsSupported) log.Write(LogMessage.DiskNotReservable);
        _readers = new ReaderWatch(store.Environment, options.ReaderPinAlarmMs, counters, log);
        _leases = new LeaseWatch(store, log);
        _readerPeriodNs = options.ReaderPinAlarmMs * 1_000_000L / ReaderLooksPerAlarm;
        (_nextLookNs, _nextReaderLookNs, _nextSlowLookNs) = (nowNs, nowNs, nowNs);
        Look(nowNs);
    }

    /// <summary>Whether nothing may be sent now. For any thread.</summary>
    internal bool MustHalt => _mustHalt;

    /// <summary>Looks at what a commit uses up; cheap enough for each.</summary>
    internal void AfterCommit()
    {
        if (_reserve.IsDue && !_reserve.IsRefused) _reserve.Extend();
        LookAtIds();
        LookAtMap();
        if (_reserve.IsShort) LookAtDisk();
        ShowStops();
    }

    /// <summary>Looks at what changes by itself, when it is time. Between two transactions.</summary>
    internal void Look(long nowNs)
    {
        if (nowNs >= _nextReaderLookNs)
        {
            _nextReaderLookNs = nowNs + _readerPeriodNs;
            _readers.Look(nowNs);
        }

        if (nowNs >= _nextSlowLookNs)
        {
            _nextSlowLookNs = nowNs + SlowPeriodNs;
            _leases.Look();
            // A full disk is asked again, but not all the time: the answer may cost it a search.
            if (_reserve.IsDue) _reserve.Extend();
        }

        if (nowNs < _nextLookNs) return;
        _nextLookNs = nowNs + LookPeriodNs;
        LookAtIds();
        CountFreePages();
        LookAtMap();
        LookAtDisk();
        ShowStops();
    }

    // Pages that a purge freed lie below the end of use. To count them is a walk, so they are counted only where it matters.
    private void CountFreePages()
    {
        bool matters = _store.Environment.UsedBytes >= _store.Environment.MapBytes / 100 * (_options.AlarmPercent - 1);
        _freeBytes = matters ? _store.Environment.FreeBytes(_readers.OldestSnapshot) : 0;
    }

    private void LookAtIds()
    {
        long left = _store.Ids.Left;
        BoundLevel level = left < _options.IdsReserve ? BoundLevel.NoSends
            : left < _options.IdsStopBuying ? BoundLevel.NoBuys
            : left < _options.IdsLowThreshold ? BoundLevel.Alarm
            : BoundLevel.Far;
        _ids.Set(level, left, 0);
    }

    private void LookAtMap()
    {
        long mapBytes = _store.Environment.MapBytes;
        long usedBytes = _store.Environment.UsedBytes - _freeBytes;
        long endBytes = mapBytes - _options.AnswerReserveBytes;
        bool isUsedUp = usedBytes >= (_map.Level == BoundLevel.NoSends ? endBytes - mapBytes / 100 : endBytes);
        _map.Set(isUsedUp ? BoundLevel.NoSends : _map.LevelOf(usedBytes, mapBytes, _options), usedBytes, mapBytes);
    }

    private void LookAtDisk()
    {
        bool isKnown = _diskSpace.TryRead(out long usedBytes, out long freeBytes);
        _counters.Set(Counter.JournalDiskFreeBytes, freeBytes);
        _counters.Set(Counter.JournalReservedBytes, _reserve.LeftBytes);
        // Full is when next to nothing but the reserve is left, or when a part of the reserve itself had to be used.
        long fullBelowBytes = !_reserve.IsSupported ? _options.AnswerReserveBytes : _options.AnswerReserveBytes / 32;
        if (_disk.Level == BoundLevel.NoSends) fullBelowBytes += fullBelowBytes / 2;
        bool isUsedUp = _reserve.IsShort || (isKnown && freeBytes < fullBelowBytes);
        BoundLevel level = isUsedUp ? BoundLevel.NoSends
            : isKnown ? _disk.LevelOf(usedBytes, usedBytes + freeBytes, _options)
            : _disk.Level;
        _disk.Set(level, usedBytes, usedBytes + freeBytes);
    }

    private void ShowStops()
    {
        BoundLevel worst = (BoundLevel)Math.Max((int)_ids.Level, Math.Max((int)_map.Level, (int)_disk.Level));
        _mustHalt = worst == BoundLevel.NoSends;
        _counters.Set(Counter.JournalMustHalt, _mustHalt ? 1 : 0);
        _counters.Set(Counter.JournalMustNotBuy, worst >= BoundLevel.NoBuys ? 1 : 0);
    }
}
