using System.Diagnostics;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Native;

/// <summary>
/// A process that hangs inside a read of the journal: this test itself, beside a published engine. How much the file grows, and how soon the alarm comes and
/// goes, is printed; MM_PIN_SECONDS=60 measures for a minute.
/// </summary>
public sealed class PinnedReaderSpecs(ITestOutputHelper output)
{
    [SkippableFact]
    public void should_name_the_reader_that_makes_the_file_grow_and_use_the_space_again_when_it_ends()
    {
        int seconds = int.Parse(Environment.GetEnvironmentVariable("MM_PIN_SECONDS") ?? "3", CultureInfo.InvariantCulture);
        using TestNode node = new TestNode().Prepare();
        node.Set("journal", "map-mib", "8192");
        node.StartVenue("sim", "--tickers", "1000", "--rate", "10000", "--paying", "0.04", "--competitors", "0");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using CounterFile shown = counters;
        Measure(counters, "before", 2);
        double quiet = Measure(counters, "quiet", seconds);

        using (LmdbEnvironment journal = LmdbEnvironment.OpenRead(node.Journal))
        {
            Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginRead(journal, out LmdbTransaction snapshot));
            long pinnedAt = Stopwatch.GetTimestamp();
            double? alarmMs = null;
            double pinned = Measure(counters, "pinned", seconds, () =>
            {
                if (alarmMs is null && counters.Read(Counter.JournalPinnedReaderPid) != 0) alarmMs = Stopwatch.GetElapsedTime(pinnedAt).TotalMilliseconds;
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"alarm: {alarmMs:N0} ms after the reader began"));
            Assert.Equal(Environment.ProcessId, counters.Read(Counter.JournalPinnedReaderPid));
            Assert.InRange(counters.Read(Counter.JournalPinnedReaderAgeMs), 1000, (seconds + 5) * 1000);
            Assert.True(pinned > 3 * Math.Max(quiet, 0), $"beyond the records the file grows by {pinned:N0} bytes a second beside a pinned reader, and by {quiet:N0} without");
            engine.WaitUntilItSays($"process {Environment.ProcessId} has held an old snapshot");
            long freedAt = Stopwatch.GetTimestamp();
            snapshot.Abort();
            engine.WaitUntil(() => counters.Read(Counter.JournalPinnedReaderPid) == 0, "see that the reader let go");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all clear: {Stopwatch.GetElapsedTime(freedAt).TotalMilliseconds:N0} ms after the reader let go"));
        }

        engine.WaitUntilItSays($"process {Environment.ProcessId} has let its snapshot go");
        // What was kept for the reader is used first.
        double after = Measure(counters, "after", seconds);
        Assert.True(after <= Math.Max(quiet, 0) + 4096, $"beyond the records the file still grows by {after:N0} bytes a second, and grew by {quiet:N0} before");
        Assert.Equal(0, engine.Stop());
    }

    /// <returns>Bytes a second by which the file grows beyond what the records themselves fill; below zero when it uses again what it has.</returns>
    private double Measure(CounterFile counters, string what, int seconds, Action? watching = null)
    {
        long watch = Stopwatch.GetTimestamp();
        (long used, long booked, long commits) = Look();
        while (Stopwatch.GetElapsedTime(watch).TotalSeconds < seconds)
        {
            Thread.Sleep(10);
            watching?.Invoke();
        }

        double elapsed = Stopwatch.GetElapsedTime(watch).TotalSeconds;
        (long usedNow, long bookedNow, long commitsNow) = Look();
        double growth = (usedNow - used) / elapsed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {(bookedNow - booked) / elapsed:N0} executions/s, {(commitsNow - commits) / elapsed:N0} commits/s, file grows {growth / 1024:N1} KiB/s, {(usedNow - used) / 1048576.0:N1} MiB in all, {(usedNow - used) / (double)Math.Max(1, commitsNow - commits):N0} bytes a commit"));
        return growth - (bookedNow - booked) * (double)JournalRecord.SizeBytes / elapsed;

        (long, long, long) Look() => (counters.Read(Counter.JournalUsedBytes), counters.Read(Counter.JournalBooked), counters.Read(Counter.JournalCommits));
    }
}
