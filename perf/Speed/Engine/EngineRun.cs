using System.Diagnostics;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Demo;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Processes;
using MarketMaker.Speed.Load;
using MarketMaker.Venue;

namespace MarketMaker.Speed.Engine;

/// <summary>The published engine, trading with the load generator of this process over kernel sockets, its journal on the disk.</summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly EngineRunOptions _options;
    private readonly CancellationToken _interrupted;
    private readonly string _folder;
    private LoadVenue _venue = null!;
    private ChildProcess _engine = null!;

    private EngineRun(EngineRunOptions options, CancellationToken interrupted)
    {
        (_options, _interrupted) = (options, interrupted);
        _folder = Path.Combine(Path.GetFullPath(options.Data), $"engine-{Environment.ProcessId}");
    }

    /// <summary>Its counters and hop histograms.</summary>
    public CounterFile Counters { get; private set; } = null!;

    /// <summary>The load.</summary>
    public LoadMarket Market => _venue.Market;

    /// <summary>The engine's process.</summary>
    public int ProcessId => Counters.ProcessId;

    /// <summary>Whether the engine has ended by itself.</summary>
    public bool HasEnded => _engine.HasExited;

    /// <summary>The keys that this run sets beside those of the host's file.</summary>
    public required IReadOnlyDictionary<(string Section, string Key), string> Settings { get; init; }

    /// <summary>Starts generator and engine and returns when the engine trades and has all prices.</summary>
    /// <exception cref="MeasureException">Something did not start; the message ends with the last lines of its log.</exception>
    public static async Task<EngineRun> StartAsync(EngineRunOptions options, CancellationToken interrupted)
    {
        EngineRun run = new(options, interrupted) { Settings = options.Settings };
        try
        {
            await run.StartAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Suspends the engine, and lets its load sleep, while something else has their cores: for some seconds, or its order session ends.</summary>
    public async Task RestAsync(Func<Task> meanwhile)
    {
        if (!ProcessSignal.Send(ProcessId, ProcessSignal.Suspend)) throw new MeasureException("the engine has ended and cannot be suspended, see its log");
        Market.Rests = true;
        try
        {
            await meanwhile();
        }
        finally
        {
            Market.Rests = false;
            // One that was killed meanwhile is missed by whoever waits for it.
            _ = ProcessSignal.Send(ProcessId, ProcessSignal.Resume);
        }
    }

    /// <summary>Stops the engine in order.</summary>
    /// <returns>Whether it did so with status 0.</returns>
    public bool Stop() => _engine.Stop(StopLimit);

    /// <summary>Starts the engine once more, after <see cref="Stop"/>, and stops it again when it trades.</summary>
    /// <param name="program">The program.</param>
    /// <param name="before">What stands before its own arguments, for a runtime that is told which assembly to run.</param>
    /// <exception cref="MeasureException">It ended or did not trade.</exception>
    public LaunchTimes Launch(string program, params IEnumerable<string> before)
    {
        string counters = File("engine.counters");
        System.IO.File.Delete(counters);
        long startedNs = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, [.. before, "run", "--config", File("engine.ini")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(_interrupted), errors = process.StandardError.ReadToEndAsync(_interrupted);
            long polledNs = WaitForPoll(counters, process, () => output.Result + errors.Result);
            using CounterFile seen = CounterFile.OpenRead(counters);
            while (seen.Read(Counter.HostState) != (long)EngineState.Trading && !process.HasExited && Stopwatch.GetElapsedTime(startedNs) < StartLimit) Thread.Sleep(1);
            (long anonymousBytes, long allBytes) = (StatusBytes(process.Id, "RssAnon:"), StatusBytes(process.Id, "VmRSS:"));
            ProcessSignal.Send(process.Id, ProcessSignal.Terminate);
            if (!process.WaitForExit(StopLimit)) throw new MeasureException($"{program} did not stop");
            return new LaunchTimes(polledNs - startedNs, anonymousBytes, allBytes);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        Counters?.Dispose();
        if (_venue is not null) await _venue.DisposeAsync();
        if (Directory.Exists(_folder) && !_options.KeepFiles) Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        string password = File("venue.password");
        await System.IO.File.WriteAllTextAsync(password, LoadVenue.Password, CancellationToken.None);
        System.IO.File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _venue = await LoadVenue.StartAsync(_options.Tickers, _options.GeneratorCore, File("fills.csv"));
        VenueReady ports = _venue.Ports;
        Dictionary<(string, string), string> settings = new(Settings)
        {
            [("feed", "address-a")] = $"127.0.0.1:{_venue.FeedPort}",
            [("feed", "address-b")] = "",
            [("feed", "session")] = LoadVenue.Session,
            [("feed", "source")] = "127.0.0.1",
            [("feed", "request-address")] = $"127.0.0.1:{ports.RequestPort}",
            [("feed", "snapshot-address")] = $"127.0.0.1:{ports.SnapshotPort}",
            [("prices", "address")] = $"127.0.0.1:{ports.PricePort}",
            [("verdicts", "enabled")] = "false",
            [("execution", "address")] = $"127.0.0.1:{ports.OrderPort}",
            [("execution", "username")] = LoadVenue.User,
            [("execution", "password-file")] = password,
            [("journal", "path")] = File("journal"),
            [("counters", "path")] = File("engine.counters"),
            [("decision", "state-file")] = File("strategy.state"),
            [("shipper", "database")] = $"sqlite:{File("ledger.db")}",
        };
        await System.IO.File.WriteAllTextAsync(File("engine.ini"), RunIni.With(await System.IO.File.ReadAllTextAsync(_options.Config), settings));
        RunToEnd("marketmaker", "init");
        RunToEnd("mm-shipper", "lease");
        _engine = Launch("marketmaker", "run");
        WaitFor(() => System.IO.File.Exists(File("engine.counters")), "make its counters");
        Counters = CounterFile.OpenRead(File("engine.counters"));
        WaitFor(() => Counters.Read(Counter.HostState) == (long)EngineState.Trading, "begin to trade");
        WaitFor(() => Counters.Read(Counter.PricesTickersPriced) >= _options.Tickers, "have all prices");
        // The counting of allocations begins when the engine's own warm-up is over.
        WaitFor(() => Counters.Read(Counter.HostAllocatedBytes) >= 0, "end its warm-up");
    }

    private long WaitForPoll(string counters, Process process, Func<string> output)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!System.IO.File.Exists(counters)) Check();
        using CounterFile seen = CounterFile.OpenRead(counters);
        while (seen.Read(Counter.FeedDutyCycles) == 0) Check();
        return Stopwatch.GetTimestamp();

        // Looks again at once: a sleep would be part of the figure.
        void Check()
        {
            _interrupted.ThrowIfCancellationRequested();
            if (process.HasExited) throw new MeasureException($"the engine ended before its first poll:\n{output()}");
            if (Stopwatch.GetElapsedTime(begun) > StartLimit) throw new MeasureException("the engine did not poll within a minute");
            Thread.Yield();
        }
    }

    private static long StatusBytes(int processId, string key)
    {
        const long BytesPerKb = 1024;
        string line = System.IO.File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * BytesPerKb;
    }

    private void RunToEnd(string program, string verb)
    {
        using ChildProcess child = Launch(program, verb);
        WaitFor(() => child.HasExited, $"end '{program} {verb}'", child);
        if (child.ExitCode != 0) throw Failure(child, $"'{program} {verb}' failed");
    }

    private ChildProcess Launch(string program, string verb)
    {
        string path = Path.Combine(Path.GetFullPath(_options.Dist), program);
        if (!System.IO.File.Exists(path)) throw new MeasureException($"{path} is missing: run ./build.sh publish");
        return ChildProcess.Start(program, path, File($"{program}-{verb}.log"), verb, "--config", File("engine.ini"));
    }

    private void WaitFor(Func<bool> done, string what, ChildProcess? ending = null)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!done())
        {
            _interrupted.ThrowIfCancellationRequested();
            if (ending is null && _engine.HasExited) throw Failure(_engine, $"ended before it could {what}");
            if (Stopwatch.GetElapsedTime(begun) > StartLimit)
                throw new MeasureException(string.Create(CultureInfo.InvariantCulture, $"waited {StartLimit.TotalSeconds} s in vain for the engine to {what}"));
            Thread.Sleep(2);
        }
    }

    private string File(string name) => Path.Combine(_folder, name);

    private static MeasureException Failure(ChildProcess child, string what) =>
        new($"{child.Name}: {what} (status {child.ExitCode}); the end of its log:\n{child.LastLines(10)}");
}

/// <summary>How the engine is run for a measurement.</summary>
internal sealed record EngineRunOptions
{
    /// <summary>Folder of the published programs.</summary>
    public required string Dist { get; init; }

    /// <summary>The host's INI file; ports, paths and login are set by the run.</summary>
    public required string Config { get; init; }

    /// <summary>A folder on the disk that the journal is to use; the run makes its own in it.</summary>
    public required string Data { get; init; }

    /// <summary>Keys set beside those.</summary>
    public required IReadOnlyDictionary<(string Section, string Key), string> Settings { get; init; }

    /// <summary>Core of the generator's thread.</summary>
    public required int GeneratorCore { get; init; }

    /// <summary>Size of the universe. Default 5,000.</summary>
    public int Tickers { get; init; } = 5_000;

    /// <summary>Keep INI, logs and journal. Default false.</summary>
    public bool KeepFiles { get; init; }
}

/// <summary>One start of the engine.</summary>
/// <param name="FirstPollNs">From just before the process was made to Feed's first look for packets.</param>
/// <param name="AnonymousBytes">Its own (anonymous) resident memory when it traded.</param>
/// <param name="ResidentBytes">All that is resident: with the program, the runtime's files and the journal's pages.</param>
internal readonly record struct LaunchTimes(long FirstPollNs, long AnonymousBytes, long ResidentBytes);
