using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class ReaderWatchSpecs : IDisposable
{
    private readonly LmdbBench _bench = new();
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly EventPoller<LogEvent> _log;
    private readonly ReaderWatch _watch;
    private long _nowMs;

    public ReaderWatchSpecs() => _watch = new ReaderWatch(_bench.Environment, 1000, _counters, LogWriter.Create(64, out _log));

    [Fact]
    public void should_name_the_process_that_holds_an_old_snapshot_and_say_when_it_lets_go()
    {
        LmdbTransaction snapshot = _bench.Hold();
        // Nothing was committed since: it costs nothing.
        for (int i = 0; i < 10; i++) LookAfter(250);
        Assert.Equal(0, Pid);
        _bench.CommitLikeTheWriter(1);
        for (int i = 0; i < 4; i++) LookAfter(250);
        Assert.Equal(0, Pid);
        LookAfter(250);
        Assert.Equal((Environment.ProcessId, 1000), (Pid, AgeMs));
        LookAfter(500);
        Assert.Equal(1500, AgeMs);
        snapshot.Abort();
        LookAfter(250);
        Assert.Equal((0, 0), (Pid, AgeMs));
        Assert.Equal([(LogMessage.ReaderPinned, Environment.ProcessId, 1000), (LogMessage.ReaderReleased, Environment.ProcessId, 1500)], Lines());
    }

    [Fact]
    public void should_say_nothing_of_a_reader_that_takes_a_new_snapshot_between_two_looks()
    {
        for (int i = 0; i < 20; i++)
        {
            LmdbTransaction snapshot = _bench.Hold();
            _bench.CommitLikeTheWriter(1);
            LookAfter(250);
            snapshot.Abort();
        }

        Assert.Empty(Lines());
    }

    [Fact]
    public void should_tell_by_the_oldest_of_several_and_go_on_to_the_next()
    {
        LmdbTransaction first = _bench.Hold();
        _bench.CommitLikeTheWriter(1);
        LookAfter(500);
        long oldest = _watch.OldestSnapshot;
        LmdbTransaction second = _bench.Hold();
        _bench.CommitLikeTheWriter(1);
        LookAfter(500);
        LookAfter(500);
        Assert.Equal((1000, oldest), (AgeMs, _watch.OldestSnapshot));
        first.Abort();
        LookAfter(500);
        // The same process: the second has been held for 1,000 ms by now, and the alarm goes on.
        Assert.Equal((Environment.ProcessId, 1000, oldest + 1), (Pid, AgeMs, _watch.OldestSnapshot));
        second.Abort();
        LookAfter(1);
        Assert.Equal(long.MaxValue, _watch.OldestSnapshot);
        Assert.Equal([LogMessage.ReaderPinned, LogMessage.ReaderReleased], Lines().Select(line => line.Message));
    }

    [Fact]
    public void should_use_freed_space_again_once_the_reader_has_let_go()
    {
        Grow(); // to a steady state
        long quiet = Grow();
        LmdbTransaction snapshot = _bench.Hold();
        long pinned = Grow();
        snapshot.Abort();
        Grow();
        long after = Grow();
        Assert.True(pinned > 10 * quiet, $"500 commits grow the file by {quiet} bytes, and by {pinned} beside a pinned reader");
        Assert.True(after <= quiet, $"500 commits still grow the file by {after} bytes instead of {quiet}");

        long Grow()
        {
            long before = _bench.Environment.UsedBytes;
            for (int i = 0; i < 500; i++) _bench.CommitLikeTheWriter(1);
            return _bench.Environment.UsedBytes - before;
        }
    }

    [Fact]
    public void should_not_count_free_pages_that_a_reader_still_looks_at()
    {
        for (int i = 0; i < 50; i++) _bench.CommitLikeTheWriter(1);
        LmdbEnvironment environment = _bench.Environment;
        long pinnedAt = environment.LastTransaction;
        LmdbTransaction snapshot = _bench.Hold();
        for (int i = 0; i < 50; i++) _bench.CommitLikeTheWriter(1);
        long free = environment.FreeBytes(long.MaxValue);
        long usable = environment.FreeBytes(pinnedAt);
        snapshot.Abort();
        Assert.Equal(0, environment.FreeBytes(1));
        Assert.InRange(usable, 0, 50 * 4096);
        Assert.InRange(free, 50 * 5 * 4096, environment.UsedBytes);
    }

    [Fact]
    public void should_allocate_nothing()
    {
        LmdbTransaction snapshot = _bench.Hold();
        _bench.CommitLikeTheWriter(1);
        for (int i = 0; i < 5; i++) LookAfter(1000);
        _bench.Environment.FreeBytes(long.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) LookAfter(1000);
        _bench.Environment.FreeBytes(long.MaxValue);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        snapshot.Abort();
    }

    public void Dispose()
    {
        _bench.Dispose();
        _counters.Dispose();
    }

    private long Pid => _counters.Read(Counter.JournalPinnedReaderPid);

    private long AgeMs => _counters.Read(Counter.JournalPinnedReaderAgeMs);

    private void LookAfter(long ms) => _watch.Look((_nowMs += ms) * 1_000_000);

    private List<(LogMessage Message, int Pid, int Ms)> Lines()
    {
        List<(LogMessage, int, int)> lines = [];
        long last = _log.AvailableThrough(100);
        for (long line = _log.Next; line <= last; line++) lines.Add((_log[line].Message, (int)_log[line].A, (int)_log[line].B));
        return lines;
    }
}
