using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Measuring;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Launch;

/// <summary>How long the engine takes from exec to its first look for packets, and what memory it then has, against C and against the same engine under the JIT.</summary>
internal static class LaunchCommand
{
    private const double StartGoal = 10, JitStartGoal = 0.25, JitMemoryGoal = 0.5;
    private const long MemoryBeyondGoalBytes = 16 << 20;

    // Sizes are the standard ones, whatever the host's file allows; the venue shares the cores.
    private static readonly Dictionary<(string Section, string Key), string> Settings = new()
    {
        [("decision", "orders-in-flight-max")] = "1024",
        [("threads", "wait")] = "yield",
    };

    internal static Command Create()
    {
        Option<int> repeats = new("--repeats") { Description = "Alternating repeats, 5 to 1,000.", DefaultValueFactory = _ => 7 };
        Option<string> config = new("--config") { Description = "The host's INI file.", DefaultValueFactory = _ => "deploy/hosts/loopback.ini" };
        Option<string> dist = new("--dist") { Description = "Folder of the published programs.", DefaultValueFactory = _ => "dist" };
        Option<string> jit = new("--jit") { Description = "The engine's assembly, to be run by 'dotnet'; where it is missing it is left out.", DefaultValueFactory = _ => "artifacts/bin/Host/release/marketmaker.dll" };
        Option<string> data = new("--data") { Description = "Folder on a disk for the journal.", DefaultValueFactory = _ => "artifacts/latency" };
        Option<bool> record = new("--record") { Description = "Add the run to perf/Records." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("launch", "From exec to the first poll, and memory, against C and the JIT.") { repeats, config, dist, jit, data, record, json };
        command.SetAction((parsed, interrupted) => Task.FromResult(Measurement.Show(
            "measure launch", parsed.GetValue(record), parsed.GetValue(json), "5,000 tickers; universe, snapshot and login from this process over loopback, the journal opened; memory is taken when it trades: anonymous beyond rings and caches, all that is resident against the JIT; orders-in-flight-max = 1024, which is the standard, wait = yield",
            (figures, run) => MeasureAsync(
                figures, run, Math.Clamp(parsed.GetValue(repeats), 5, 1_000),
                new EngineRunOptions { Config = parsed.GetRequiredValue(config), Dist = parsed.GetRequiredValue(dist), Data = parsed.GetRequiredValue(data), GeneratorCore = Environment.ProcessorCount - 1, Settings = Settings },
                parsed.GetRequiredValue(jit), interrupted).GetAwaiter().GetResult())));
        return command;
    }

    private static async Task<IReadOnlyList<MeasureRow>> MeasureAsync(List<Figure> figures, string run, int repeats, EngineRunOptions options, string jit, CancellationToken interrupted)
    {
        List<double> startMs = [], floorMs = [], memory = [], resident = [], jitMs = [], jitResident = [];
        long expected = EngineMemory.Bytes(options.Tickers);
        bool hasJit = File.Exists(jit);
        await using EngineRun engine = await EngineRun.StartAsync(options, interrupted);
        if (!engine.Stop()) throw new MeasureException("the engine did not stop in order");
        for (int i = 0; i < repeats; i++)
        {
            floorMs.Add(Floor(expected));
            LaunchTimes times = engine.Launch(Path.Combine(options.Dist, "marketmaker"));
            startMs.Add(times.FirstPollNs / 1e6);
            memory.Add(times.AnonymousBytes);
            resident.Add(times.ResidentBytes);
            if (!hasJit) continue;
            times = engine.Launch("dotnet", jit);
            jitMs.Add(times.FirstPollNs / 1e6);
            jitResident.Add(times.ResidentBytes);
        }

        Measurement.Add(figures, run, "launch", "first-poll", "ms", startMs);
        Measurement.Add(figures, run, "launch", "c-prefault", "ms", floorMs);
        Measurement.Add(figures, run, "launch", "memory", "B", memory);
        Measurement.Add(figures, run, "launch", "first-poll-jit", "ms", jitMs);
        Measurement.Add(figures, run, "launch", "resident", "B", resident);
        Measurement.Add(figures, run, "launch", "resident-jit", "B", jitResident);
        List<MeasureRow> rows = [Ratio("exec to first poll, against C with pre-fault", "ms", startMs, floorMs, StartGoal)];
        double beyondMb = (Samples.Of(memory).Median - expected) / (1 << 20);
        rows.Add(new MeasureRow("memory beyond rings and caches", "MiB", beyondMb, expected / (double)(1 << 20), null, $"<= {MemoryBeyondGoalBytes >> 20} MiB", beyondMb <= MemoryBeyondGoalBytes >> 20));
        if (!hasJit) return rows;
        rows.Add(Ratio("exec to first poll, against the JIT", "ms", startMs, jitMs, JitStartGoal));
        rows.Add(Ratio("resident memory, against the JIT", "B", resident, jitResident, JitMemoryGoal));
        return rows;
    }

    private static MeasureRow Ratio(string name, string unit, List<double> ours, List<double> other, double goal)
    {
        Samples ratio = Samples.Of(ours.Zip(other, (mine, theirs) => mine / theirs));
        return new MeasureRow(name, unit, Samples.Of(ours).Median, Samples.Of(other).Median, ratio, $"<= {goal}x", ratio.Median <= goal);
    }

    private static double Floor(long bytes)
    {
        long startedNs = Stopwatch.GetTimestamp();
        return (FloorProgram.Run("prefault", $"{bytes}")["done_ns"] - startedNs) / 1e6;
    }
}
