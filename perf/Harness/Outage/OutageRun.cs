using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Demo;
using MarketMaker.Measuring;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Harness.Outage;

/// <summary>Venue, engine, shipper and a PostgreSQL of their own, trading until disposed; database and shipper can be killed and brought back.</summary>
internal sealed class OutageRun : IDisposable
{
    private const string Participant = "MMOUTA";
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(120), StopMax = TimeSpan.FromSeconds(30), WarmUp = TimeSpan.FromSeconds(5);

    private readonly string _dist;
    private readonly DemoFolder _folder;
    private readonly PostgresProcess _database = new("-c fsync=on");
    private readonly List<ChildProcess> _children = [];
    private readonly ChildProcess _engine;
    private CounterFile? _counters;
    private ChildProcess _shipper;

    internal OutageRun(string dist, string config, string path, int rate)
    {
        (_dist, _folder) = (dist, DemoFolder.Take(path));
        try
        {
            if (_database.WhyNot is { } whyNot) throw new MeasureException(whyNot);
            StartVenue(config, rate);
            RunToEnd("marketmaker", "init", "--config", _folder.Ini);
            RunToEnd("mm-shipper", "migrate", "--config", _folder.Ini);
            RunToEnd("mm-shipper", "lease", "--config", _folder.Ini);
            _shipper = Launch("mm-shipper", "run", "--config", _folder.Ini);
            _engine = Launch("marketmaker", "run", "--config", _folder.Ini);
            WaitFor(IsTrading, _engine, "begin to trade");
            Thread.Sleep(WarmUp);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Histogram TickToOrder => _counters![HopHistogram.ReceivedToSent];

    internal void KillDatabase() => _database.Kill();

    internal void StartDatabase()
    {
        if (_database.Start() is { } whyNot) throw new MeasureException(whyNot);
    }

    internal void KillShipper()
    {
        _shipper.Kill();
        _children.Remove(_shipper);
    }

    internal void StartShipper() => _shipper = Launch("mm-shipper", "run", "--config", _folder.Ini);

    internal void CheckIsTrading()
    {
        if (_children.Find(child => child.HasExited) is { } dead) throw Failure(dead, "ended while it should run");
        if (!IsTrading()) throw new MeasureException($"the engine no longer trades; see {_engine.LogFile}");
    }

    public void Dispose()
    {
        foreach (ChildProcess child in Enumerable.Reverse(_children))
        {
            child.Stop(StopMax);
            child.Dispose();
        }

        _counters?.Dispose();
        _database.Dispose();
    }

    private void StartVenue(string config, int rate)
    {
        string ready = _folder.File("venue-ready.json");
        int feedPort = DemoFolder.FreeUdpPort();
        ChildProcess venue = Launch("mm-venue", "sim", "--tickers", "1000", "--rate", rate.ToString(CultureInfo.InvariantCulture), "--paying", "0.1",
            "--feed", $"127.0.0.1:{feedPort}", "--request-port", "0", "--snapshot-port", "0", "--order-port", "0", "--price-port", "0",
            "--username", Participant, "--password-file", _folder.PasswordFile, "--fills", _folder.Fills, "--ready-file", ready);
        WaitFor(() => File.Exists(ready) && new FileInfo(ready).Length > 0, venue, "open its ports");
        VenuePorts.WriteIni(config, _folder, ready, feedPort, Participant, _database.ConnectionString);
    }

    private bool IsTrading()
    {
        if (_counters is null && File.Exists(_folder.Counters)) _counters = CounterFile.OpenRead(_folder.Counters);
        return _counters is not null && (EngineState)_counters.Read(Counter.HostState) == EngineState.Trading;
    }

    private ChildProcess Launch(string program, params string[] arguments)
    {
        ChildProcess child = ChildProcess.Start(program, Program(program), _folder.File($"{program}.log"), arguments);
        _children.Add(child);
        return child;
    }

    private void RunToEnd(string program, params string[] arguments)
    {
        using ChildProcess child = ChildProcess.Start(program, Program(program), _folder.File($"{program}-{arguments[0]}.log"), arguments);
        WaitFor(() => child.HasExited, null, $"{program} {arguments[0]} to end");
        if (child.ExitCode != 0) throw Failure(child, $"{arguments[0]} failed");
    }

    private string Program(string name)
    {
        string path = Path.Combine(_dist, name);
        return File.Exists(path) ? path : throw new MeasureException($"{path} is missing: run ./build.sh publish");
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
