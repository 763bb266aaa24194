using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Harness.Journal;

/// <summary>How long a journal of many executions takes to open, after an orderly stop and after a kill; and what one bite of a purge costs.</summary>
internal static class StartCommand
{
    private const int Batch = 10_000;
    private const double OpenGoalMs = 500;

    internal static Command Create()
    {
        Option<string> path = new("--path")
        {
            Description = "Folder to measure in.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure"),
        };
        Option<int> executions = new("--executions") { Description = "Executions in the journal, all of one session, 10,000 to 10,000,000.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> turns = new("--turns") { Description = "Times each figure is taken, 1 to 1,000.", DefaultValueFactory = _ => 9 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("start", "Time to open a journal, with and without checkpoints, and of one bite of a purge.") { path, executions, turns, json };
        command.SetAction(parsed =>
        {
            MeasureReport report = Measure(
                parsed.GetRequiredValue(path), Math.Clamp(parsed.GetValue(executions), Batch, 10_000_000) / Batch, Math.Clamp(parsed.GetValue(turns), 1, 1000));
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(string path, int batches, int turns)
    {
        Directory.CreateDirectory(path);
        JournalOptions options = new()
        {
            Path = Path.Combine(path, $"start-{Environment.ProcessId}"),
            Node = "MEASURE",
            OpeningCash = 0,
            BatchEventsMax = Batch,
            CheckpointRecords = 10_000_000,
            RetentionDays = 0,
        };
        try
        {
            LeaseFile.Whole(1, options.Node, JournalStore.Init(options).Uuid).Write(options.Path);
            List<MeasureRow> rows = [];
            Write(options, 0, batches, flush: false);
            rows.AddRange(Open($"{batches * Batch:N0} executions, no checkpoint: each is read and added up", options, turns));
            int behind = Math.Min(batches, new JournalOptions { Path = "x", Node = "X" }.CheckpointRecords / Batch);
            Write(options, batches, 0, flush: true);
            rows.AddRange(Open("the same after an orderly stop", options, turns, isGoal: true));
            Write(options, batches, behind, flush: false);
            rows.AddRange(Open($"killed with {behind * Batch:N0} more behind the checkpoint", options, turns, isGoal: true));
            rows.AddRange(Open("the same, no execution kept for broken trades", options with { ExecutionsMax = 0 }, turns));
            rows.Add(Purge(options, (batches + behind) * (long)Batch, turns));
            return new MeasureReport("start", HostFingerprint.Take(path), "JournalStore.Open with the files in the page cache; executions of the session are loaded for broken trades", rows);
        }
        finally
        {
            Directory.Delete(options.Path, recursive: true);
        }
    }

    // Time on the clock counts; time on a core tells what a busy machine added.
    private static IEnumerable<MeasureRow> Open(string name, JournalOptions options, int turns, bool isGoal = false)
    {
        List<double> ms = [], coreMs = [];
        for (int turn = 0; turn <= turns; turn++)
        {
            (long begun, TimeSpan used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            using JournalStore store = JournalStore.Open(options);
            // The first turn is for the compiler and the page cache.
            if (turn == 0) continue;
            ms.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            coreMs.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
        }

        double median = Samples.Of(ms).Median;
        yield return isGoal ? new MeasureRow(name, "ms", median, null, null, $"< {OpenGoalMs} ms", median < OpenGoalMs) : new MeasureRow(name, "ms", median, null, null);
        yield return new MeasureRow("  on a core", "ms", Samples.Of(coreMs).Median, null, null);
    }

    private static void Write(JournalOptions options, int batchesBefore, int batches, bool flush)
    {
        using JournalStore store = JournalStore.Open(options);
        using CounterFile counters = CounterFile.InMemory();
        SingleProducerRingBuffer<ResponseEvent> ring = new("responses", 65_536);
        JournalWriter<SystemClock> writer = new(options, store, JournalLoad.Universe(), ring.NewPoller(), counters, LogWriter.Create(1024, out _), new TradingGate());
        long last = batchesBefore * (long)Batch;
        for (int batch = 0; batch < batches; batch++)
        {
            last = JournalLoad.Publish(ring, Batch, last, JournalLoad.Session(), 0);
            writer.DoWork();
        }

        if (flush) writer.Flush();
    }

    // The session must be over for its records to go, so the next one begins.
    private static MeasureRow Purge(JournalOptions options, long executions, int turns)
    {
        using JournalStore store = JournalStore.Open(options);
        // Before the writer, which looks at the mark at once and then once a minute.
        File.WriteAllText(Path.Combine(options.Path, $"shipped.{store.Meta.Uuid:D}"), $"{TransactionId.Of(1, executions)}\n");
        using CounterFile counters = CounterFile.InMemory();
        SingleProducerRingBuffer<ResponseEvent> ring = new("responses", 65_536);
        JournalWriter<SystemClock> writer = new(options, store, JournalLoad.Universe(), ring.NewPoller(), counters, LogWriter.Create(1024, out _), new TradingGate());
        if (!SessionId.TryCreate("NEXT"u8, out SessionId next) || !ring.TryNext(out long slot)) throw new MeasureException("no room for the next session");
        ring[slot] = new ResponseEvent { Kind = ResponseKind.Progress, VenueSequence = 1, ReplayFrom = 2, Session = next };
        ring.Publish(slot);
        List<double> ms = [];
        long deadline = Environment.TickCount64 + 60_000;
        while (ms.Count < turns + 2 && Environment.TickCount64 < deadline)
        {
            long before = counters.Read(Counter.JournalPurged);
            long begun = Stopwatch.GetTimestamp();
            writer.DoWork();
            if (counters.Read(Counter.JournalPurged) > before) ms.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            Thread.Sleep(5);
        }

        if (ms.Count < 3) throw new MeasureException("nothing was purged within a minute");
        return new MeasureRow("one bite of a purge, 2,000 records and their commit", "ms", Samples.Of(ms.Skip(2)).Median, null, null);
    }
}
