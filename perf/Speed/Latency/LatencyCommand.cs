using System.CommandLine;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Threads;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Latency;

/// <summary>Latency of the published engine under a load that waits for nobody.</summary>
internal static class LatencyCommand
{
    private const int Passed = 0, Failed = 1;
    private const double LadderFactor = 1.5;
    private const int RungsMax = 16;
    private const double SoakWarmUpSeconds = 5;

    internal static Command Create()
    {
        Option<long> rate = Number("--rate", "Offers a second; with --ladder the first rate.", 500_000L);
        Option<double> seconds = Number("--seconds", "Seconds measured at each rate.", 10.0);
        Option<double> warmUp = Number("--warm-up", "Seconds sent and not measured before each piece.", 0.5);
        Option<int> repeats = Number("--repeats", "Pieces that the measured part is cut into, each a repeat in the record; before each C takes the same load. Higher rates of a ladder, and a soak, are one piece.", 9);
        Option<string> layout = Number("--layout", $"Stages on cores: {string.Join(", ", Layout.Names)}; file: as the INI file has it.", "fused");
        Option<string> wait = Number("--wait", "How the hot threads wait: spin, yield, sleep; auto: spin where they leave a core to all else, else yield; with --layout file as the file has it.", "auto");
        Option<string> driver = Number("--driver", "How the engine receives the feed: socket, or xdp, which over loopback is the generic copy.", "socket");
        Option<bool> ladder = Number("--ladder", $"Go on to {LadderFactor} times the rate until one does not hold.", false);
        Option<double> soak = Number("--soak", "Minutes at the rate instead of --seconds, with a verdict: no drop, no gap, no collection, resident memory flat. 0: no soak.", 0.0);
        Option<int> tickers = Number("--tickers", "Tickers, 1 to 9,999.", 5_000);
        Option<string> config = Number("--config", "The host's INI file.", "deploy/hosts/loopback.ini");
        Option<string> dist = Number("--dist", "Folder of the published programs.", "dist");
        Option<string> data = Number("--data", "Folder on the disk of the journal.", "artifacts/latency");
        Option<string> output = Number("--output", "Folder for .hgrm files and charts; a folder of the run is made in it.", "artifacts/latency");
        Option<bool> record = Number("--record", "Add the run to perf/Records.", false);
        Option<bool> keep = Number("--keep", "Keep the engine's INI, log and journal.", false);
        rate.Validators.Add(given => { if (given.GetValue(rate) is < 1 or > 100_000_000) given.AddError("--rate must be 1 to 100,000,000"); });
        repeats.Validators.Add(given => { if (given.GetValue(repeats) is < 1 or > 1_000) given.AddError("--repeats must be 1 to 1,000"); });
        seconds.Validators.Add(given => { if (given.GetValue(seconds) is < 0.5 or > 3_600) given.AddError("--seconds must be 0.5 to 3,600"); });
        tickers.Validators.Add(given => { if (given.GetValue(tickers) is < 1 or > 9_999) given.AddError("--tickers must be 1 to 9,999"); });
        layout.AcceptOnlyFromAmong(Layout.Names);
        wait.AcceptOnlyFromAmong("auto", "spin", "yield", "sleep");
        Command command = new("latency", "Wire-to-wire latency of the published engine with its journal on, from intended send times. Exit status 0: the first rate held, 1: it did not.")
        {
            rate, seconds, warmUp, repeats, layout, wait, driver, ladder, soak, tickers, config, dist, data, output, record, keep,
        };
        command.SetAction((parsed, interrupted) => RunAsync(
            new LatencyOptions
            {
                Rate = parsed.GetValue(rate),
                Seconds = parsed.GetValue(seconds),
                WarmUpSeconds = parsed.GetValue(warmUp),
                Repeats = parsed.GetValue(repeats),
                Layout = parsed.GetRequiredValue(layout),
                Wait = parsed.GetRequiredValue(wait),
                Driver = parsed.GetRequiredValue(driver),
                Ladder = parsed.GetValue(ladder),
                SoakMinutes = parsed.GetValue(soak),
                Tickers = parsed.GetValue(tickers),
                Config = parsed.GetRequiredValue(config),
                Dist = parsed.GetRequiredValue(dist),
                Data = parsed.GetRequiredValue(data),
                Output = parsed.GetRequiredValue(output),
                Record = parsed.GetValue(record),
                KeepFiles = parsed.GetValue(keep),
            },
            interrupted));
        return command;

        static Option<T> Number<T>(string name, string description, T standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };
    }

    private static async Task<int> RunAsync(LatencyOptions options, CancellationToken interrupted)
    {
        RecordWriter writer = new("perf/Records");
        // The price service and whatever else this process does is no business of the engine's cores.
        CpuTopology.KeepOff([.. options.FoundLayout.HotCores]);
        List<Figure> figures = [.. MachineProbe.Take(writer.Run, 1)];
        List<RungResult> rungs = [];
        List<string> findings = [];
        await using (EngineRun engine = await EngineRun.StartAsync(Of(options), interrupted))
        {
            bool soaks = options.SoakMinutes > 0;
            using SoakWatch? watch = soaks ? new SoakWatch(engine.Counters) : null;
            LatencyRun run = new(engine, interrupted);
            double rate = options.Rate;
            do
            {
                RungResult rung = soaks
                    ? await run.MeasureAsync(options.Rate, SoakWarmUpSeconds, options.SoakMinutes * 60, 1)
                    : rungs.Count > 0
                    ? await run.MeasureAsync((long)rate, options.WarmUpSeconds, options.Seconds, 1)
                    : await run.MeasureAsync((long)rate, options.WarmUpSeconds, options.Seconds, options.Repeats, LoadFloor.CanBeTaken ? TakeFloorAsync : null);
                rungs.Add(rung);
                LatencyReport.Print(rung);
                rate *= LadderFactor;
            }
            while (options.Ladder && !soaks && rungs[^1].Failure is null && rungs.Count < RungsMax);

            if (!engine.Stop()) findings.Add("the engine did not stop in order");
            if (watch is not null) findings.AddRange(watch.Findings(rungs[0], engine.Counters));
            Console.WriteLine(AfterTheStop(engine.Counters, watch));
            figures.AddRange(Memory(options, writer.Run, engine.Counters, watch));
        }

        figures.AddRange(MachineProbe.Take(writer.Run, 2));
        return Report(options, writer, figures, rungs, findings);

        async Task TakeFloorAsync(int repeat)
        {
            figures.AddRange(await LoadFloor.TakeAsync(options, writer.Run, repeat, interrupted));
            // What its venue left is collected now, and not while the engine's load runs.
            GC.Collect();
        }
    }

    private static int Report(LatencyOptions options, RecordWriter writer, List<Figure> figures, List<RungResult> rungs, List<string> findings)
    {
        LatencyReport report = new(options, writer.Run, rungs);
        figures.AddRange(report.Figures());
        Figure[] overFloors = report.OverFloors(figures);
        figures.AddRange(overFloors);
        Figure[] overEchoes = report.OverEcho(figures);
        figures.AddRange(overEchoes);
        string folder = Path.Combine(options.Output, $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-{writer.Run}");
        report.WriteFiles(folder);
        foreach (IGrouping<string, Figure> floor in figures.Where(figure => figure.Scenario == Comparison.FloorScenario).GroupBy(figure => figure.Name))
            Console.WriteLine($"floor: {floor.Key} {string.Join(", ", floor.Select(figure => $"{figure.Value:N0}"))} ns");
        foreach (Figure overEcho in overEchoes) Console.WriteLine($"from the packet's send, p50, over that of C's echo of single packets, mean of before and after: {overEcho.Value:N2}");
        if (overFloors.Length > 0) Console.WriteLine($"from the packet's send, p50, over that of C under the same load, piece by piece: {Samples.Of(overFloors.Select(figure => figure.Value))}");
        if (options.Ladder && report.Highest is { } highest)
            Console.WriteLine($"saturation: {highest.Rate:N0} offers/s held{(rungs[^1].Failure is { } why ? $"; {rungs[^1].Rate:N0} did not: {why}{(rungs[^1].IsGeneratorLate ? " (the generator's limit, not the engine's)" : "")}" : "")}");
        Console.WriteLine($"percentiles and charts: {folder}");
        if (options.Record) Console.WriteLine($"record: {writer.Write(figures, CommandLine(options), Settings(options))}");
        if (options.SoakMinutes > 0) Console.WriteLine(findings.Count == 0 ? "soak: passed" : $"soak: failed: {string.Join("; ", findings)}");
        return rungs[0].Failure is null && findings.Count == 0 ? Passed : Failed;
    }

    private static EngineRunOptions Of(LatencyOptions options) => new()
    {
        Dist = options.Dist,
        Config = options.Config,
        Data = options.Data,
        Settings = options.EngineSettings(),
        Tickers = options.Tickers,
        GeneratorCore = options.FoundLayout.GeneratorCore(options.Cores),
        KeepFiles = options.KeepFiles,
    };

    private static string AfterTheStop(CounterFile counters, SoakWatch? watch) =>
        $"engine since its warm-up: {counters.Read(Counter.HostAllocatedBytes):N0} bytes allocated, {counters.Read(Counter.HostCollections)} collections, " +
        $"anonymous memory {counters.Read(Counter.HostRssAnonBytes) / 1e6:N1} MB{(watch is null ? "" : $", grown by {watch.GrowthBytes / 1e6:N2} MB")}, {counters.Read(Counter.JournalBooked):N0} executions booked";

    private static IEnumerable<Figure> Memory(LatencyOptions options, string run, CounterFile counters, SoakWatch? watch)
    {
        string scenario = $"{(watch is null ? "latency" : "soak")}/{options.Layout}/{options.Driver}";
        yield return new Figure(run, scenario, "allocated", "B", 1, counters.Read(Counter.HostAllocatedBytes));
        yield return new Figure(run, scenario, "collections", "collections", 1, counters.Read(Counter.HostCollections));
        yield return new Figure(run, scenario, "anonymous-memory", "B", 1, counters.Read(Counter.HostRssAnonBytes));
        if (watch is not null) yield return new Figure(run, scenario, "anonymous-memory-growth", "B", 1, watch.GrowthBytes);
    }

    private static string CommandLine(LatencyOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"latency --rate {options.Rate} --seconds {options.Seconds} --warm-up {options.WarmUpSeconds} --repeats {options.Repeats} --layout {options.Layout} --driver {options.Driver} --tickers {options.Tickers}{(options.Ladder ? " --ladder" : "")}{(options.SoakMinutes > 0 ? $" --soak {options.SoakMinutes}" : "")}");

    private static IEnumerable<string> Settings(LatencyOptions options)
    {
        Layout layout = options.FoundLayout;
        int core = layout.GeneratorCore(options.Cores);
        yield return $"engine: {options.Config} with {string.Join(", ", options.EngineSettings().Select(setting => $"[{setting.Key.Section}] {setting.Key.Key} = {setting.Value}"))}";
        yield return $"generator on core {core}{(layout.LeavesCoreFor(options.Cores) ? "" : ", which it shares with a stage")}, one offer in {Load.LoadMarket.PayingEvery} pays, one order in ten wins; Poisson arrivals, seed 1";
    }
}
