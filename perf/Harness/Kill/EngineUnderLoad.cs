using System.Globalization;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Demo;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Harness.Kill;

/// <summary>A published engine and the venue it trades with, both on loopback, until disposed.</summary>
internal sealed class EngineUnderLoad : IDisposable
{
    private const string Participant = "MMKILL";
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120), StopMax = TimeSpan.FromSeconds(30);

    private readonly string _dist;
    private readonly DemoFolder _folder;
    private readonly List<ChildProcess> _children = [];
    private ChildProcess? _engine;
    private CounterFile? _counters;
    private string? _hotThread;

    internal EngineUnderLoad(string dist, string config, string path, int rate, int tickers)
    {
        (_dist, _folder) = (dist, DemoFolder.Take(path));
        try
        {
            StartVenue(config, rate, tickers);
            Run(0, "marketmaker", "init", "--config", _folder.Ini);
            Run(0, "mm-shipper", "migrate", "--config", _folder.Ini);
            Run(0, "mm-shipper", "lease", "--config", _folder.Ini);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the engine's orders go.</summary>
    internal int OrderPort { get; private set; }

    internal string Control => Path.Combine(_folder.Root, "control", "marketmaker.control");

    internal CounterFile Counters => _counters!;

    internal long Sent => Counters.Read(Counter.ExecutionSent);

    internal EngineState State => (EngineState)Counters.Read(Counter.HostState);

    internal string File(string name) => _folder.File(name);

    /// <summary>Starts the engine and waits until it has reached a state.</summary>
    internal void StartEngine(EngineState state)
    {
        System.IO.File.Delete(_folder.Counters);
        _counters?.Dispose();
        (_counters, _hotThread) = (null, null);
        _engine = Launch("marketmaker", "run", "--config", _folder.Ini);
        WaitFor(() => System.IO.File.Exists(_folder.Counters), _engine, "make its counters");
        _counters = CounterFile.OpenRead(_folder.Counters);
        WaitFor(() => State == state, _engine, $"reach the state {state}");
    }

    internal void StopEngine()
    {
        ChildProcess engine = _engine!;
        _children.Remove(engine);
        bool inOrder = engine.Stop(StopMax);
        string last = engine.LastLines(5);
        engine.Dispose();
        if (!inOrder) throw new MeasureException($"the engine did not stop in order:\n{last}");
    }

    internal void CheckIsAlive()
    {
        if (_children.Find(child => child.HasExited) is { } dead) throw Failure(dead, "ended while it should run");
    }

    /// <summary>The nanoseconds that the thread of the hot stages has waited for a core so far: the scheduler's own account.</summary>
    internal long CoreWaitNs()
    {
        _hotThread ??= Directory.GetDirectories($"/proc/{Counters.ProcessId}/task").First(task => System.IO.File.ReadAllText(Path.Combine(task, "comm")).StartsWith("Feed", StringComparison.Ordinal));
        return long.Parse(System.IO.File.ReadAllText(Path.Combine(_hotThread, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a program to its end.</summary>
    internal string Run(int expected, string program, params string[] arguments)
    {
        using ChildProcess child = ChildProcess.Start(program, Program(program), _folder.File($"{program}-{arguments[0]}.log"), arguments);
        WaitFor(() => child.HasExited, null, $"{program} {arguments[0]} to end");
        return child.ExitCode == expected ? child.LastLines(1) : throw Failure(child, $"{arguments[0]} ended with {child.ExitCode}, not {expected}");
    }

    internal string Ini => _folder.Ini;

    public void Dispose()
    {
        foreach (ChildProcess child in Enumerable.Reverse(_children))
        {
            child.Stop(StopMax);
            child.Dispose();
        }

        _counters?.Dispose();
    }

    private void StartVenue(string config, int rate, int tickers)
    {
        string ready = _folder.File("venue-ready.json");
        int feedPort = DemoFolder.FreeUdpPort();
        ChildProcess venue = Launch("mm-venue", "sim", "--tickers", Text(tickers), "--rate", Text(rate), "--paying", "0.1",
            "--feed", $"127.0.0.1:{feedPort}", "--request-port", "0", "--snapshot-port", "0", "--order-port", "0", "--price-port", "0",
            "--username", Participant, "--password-file", _folder.PasswordFile, "--fills", _folder.Fills, "--ready-file", ready);
        WaitFor(() => System.IO.File.Exists(ready) && new FileInfo(ready).Length > 0, venue, "open its ports");
        VenuePorts.WriteIni(config, _folder, ready, feedPort, Participant, $"sqlite:{_folder.File("ledger.db")}");
        using JsonDocument ports = JsonDocument.Parse(System.IO.File.ReadAllText(ready));
        OrderPort = ports.RootElement.GetProperty("orderPort").GetInt32();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private ChildProcess Launch(string program, params string[] arguments)
    {
        ChildProcess child = ChildProcess.Start(program, Program(program), _folder.File($"{program}.log"), arguments);
        _children.Add(child);
        return child;
    }

    private string Program(string name)
    {
        string path = Path.Combine(_dist, name);
        return System.IO.File.Exists(path) ? path : throw new MeasureException($"{path} is missing: run ./build.sh publish");
    }

    private static void WaitFor(Func<bool> done, ChildProcess? process, string what)
    {
        for (long deadline = Environment.TickCount64 + (long)StartMax.TotalMilliseconds; !done(); Thread.Sleep(5))
        {
            if (process is { HasExited: true }) throw Failure(process, $"ended before it could {what}");
            if (Environment.TickCount64 > deadline) throw new MeasureException($"waited {StartMax.TotalSeconds} s in vain for {process?.Name} to {what}");
        }
    }

    private static MeasureException Failure(ChildProcess child, string what) => new($"{child.Name} {what}; the end of {child.LogFile}:\n{child.LastLines(10)}");
}
