using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;
using MarketMaker.Platform.Counters;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Native;

/// <summary>Venue, volatility service and engine as published: who is silent, who comes back, and how long a verdict takes.</summary>
public sealed class VerdictSpecs(ITestOutputHelper output) : IDisposable
{
    private const int Hangup = 1;

    private readonly TestNode _node = new();
    private readonly int _verdictPort = FreePort();

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public void should_only_sell_without_the_service_and_buy_again_when_it_is_back()
    {
        StartVenue();
        RunningProgram service = StartService();
        (RunningProgram engine, CounterFile counters) = StartTrading();
        using CounterFile mine = counters;
        engine.WaitUntil(() => counters.Read(Counter.JournalBuys) > 0, "buy");
        Assert.Equal(0, counters.Read(Counter.AlertsAllSellOnly));

        service.Kill();
        engine.WaitUntilItSays("nothing heard from the volatility service");
        engine.WaitUntil(() => counters.Read(Counter.AlertsAllSellOnly) == 1, "stop its buys");
        long refused = SellOnlyRefusals(counters);
        engine.WaitUntil(() => SellOnlyRefusals(counters) > refused + 10, "refuse sellers' offers");
        // What was sent before may still be answered.
        WaitForQuiet(engine, counters);
        long buys = counters.Read(Counter.JournalBuys);
        Thread.Sleep(500);
        Assert.Equal(buys, counters.Read(Counter.JournalBuys));

        StartService();
        engine.WaitUntil(() => counters.Read(Counter.AlertsAllSellOnly) == 0, "trust the service again");
        engine.WaitUntil(() => counters.Read(Counter.JournalBuys) > buys, "buy again");
        Assert.Equal(0, engine.Stop());
    }

    [SkippableFact]
    public void should_find_tickers_that_turn_wild_and_flag_them_soon_after()
    {
        StartVenue("--wild-share", "0.5", "--wild-factor", "50");
        RunningProgram service = StartService("--requests-per-second", "200");
        (RunningProgram engine, CounterFile counters) = StartTrading();
        using CounterFile mine = counters;
        engine.WaitUntil(() => counters.Read(Counter.AlertsTickersSellOnly) >= 5, "flag wild tickers");
        Histogram latency = counters[HopHistogram.VerdictToFlag];
        engine.WaitUntil(() => latency.Count >= 5, "measure some verdicts");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"verdict changed to flag on the ring: {latency.Count} changes, p50 {latency.ValueAtPercentile(50) / 1e6:F2} ms, p99 {latency.ValueAtPercentile(99) / 1e6:F2} ms, max {latency.Max / 1e6:F2} ms"));
        // Not a figure to reach: on a machine that builds beside the test only the order of magnitude is a property of the code.
        Assert.InRange(latency.ValueAtPercentile(50), 0, 1_000_000_000);
        Assert.Contains("Rise", File.ReadAllText(_node.PathOf("changes.csv")), StringComparison.Ordinal);
        Assert.Equal(0, engine.Stop());
        Assert.Equal(0, service.Stop());
        Assert.StartsWith("mm-volatility state 1", File.ReadAllText(_node.PathOf("volatility.state")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_take_the_denylist_at_start_and_at_a_hangup_and_keep_the_old_one_when_the_new_is_malformed()
    {
        string list = _node.PathOf("deny.txt");
        _node.Set("decision", "denylist-file", list);
        StartVenue();
        _node.Prepare();
        (int status, string said) = _node.RunEngine();
        Assert.Equal(1, status);
        Assert.Contains("make the denylist", said, StringComparison.Ordinal);

        File.WriteAllText(list, "# all but one\n" + string.Concat(Enumerable.Range(2, 19).Select(i => $"T{i:0000}\n")));
        RunningProgram engine = _node.StartEngine();
        using CounterFile counters = _node.ReadCounters(engine);
        engine.WaitUntil(() => counters.ReadRefused(Counter.DecisionRefused, RefusalReason.Denied) > 10, "refuse what is denied");
        Assert.Equal(19, counters.Read(Counter.AlertsDenylistTickers));

        File.WriteAllText(list, "T0001 T0002\n");
        engine.Signal(Hangup);
        engine.WaitUntilItSays("the one before still holds");
        Assert.Equal(1, counters.Read(Counter.HostDenylistMalformed));
        Assert.Equal(19, counters.Read(Counter.AlertsDenylistTickers));

        File.WriteAllText(list, "ZZZZZZZZ\n");
        engine.Signal(Hangup);
        engine.WaitUntil(() => counters.Read(Counter.AlertsDenylistTickers) == 0, "take the empty list");
        engine.WaitUntilItSays("not traded today");
        Assert.Equal(0, counters.Read(Counter.HostDenylistMalformed));
        Assert.Equal(0, engine.Stop());
    }

    [SkippableFact]
    public void should_send_the_same_orders_again_from_a_capture_with_verdicts_a_new_denylist_and_a_full_ring()
    {
        string list = _node.PathOf("deny.txt"), capture = _node.PathOf("day.capture");
        File.WriteAllText(list, "T0001\n");
        _node.Set("decision", "denylist-file", list);
        _node.Set("decision", "orders-in-flight-max", "1024");
        _node.Set("rings", "executes", "64");
        // Execution sleeps on a thread of its own while Decision finds more to take than the ring holds.
        _node.Set("threads", "execution", "-1");
        _node.Set("threads", "sleep-ns", "50000000");
        _node.Set("capture", "path", capture);
        _node.StartVenue("sim", "--tickers", "20", "--rate", "20000", "--paying", "0.5", "--competitors", "0", "--wild-share", "0.5", "--wild-factor", "50");
        StartService("--requests-per-second", "200");
        (RunningProgram engine, CounterFile counters) = StartTrading();
        using CounterFile mine = counters;
        engine.WaitUntil(() => counters.Read(Counter.AlertsTickersSellOnly) > 0, "hear a verdict");
        File.WriteAllText(list, "T0002\nT0003\n");
        engine.Signal(Hangup);
        engine.WaitUntil(() => counters.Read(Counter.AlertsDenylistTickers) == 2, "take the new list");
        engine.WaitUntil(() => counters.ReadRefused(Counter.DecisionRefused, RefusalReason.ExecutionBusy) > 0, "find the ring to Execution full");
        Assert.Equal(0, engine.Stop());
        Assert.Equal(0, counters.Read(Counter.DecisionNotCaptured));
        CaptureReplayResult replay = CaptureReplay.Run(capture);
        Assert.True(replay.IsEqual, replay.Difference);
        Assert.Equal((CaptureEnding.Complete, counters.Read(Counter.DecisionExecutes)), (replay.Ending, replay.Orders));
    }

    [SkippableFact]
    public void should_explain_mistakes_of_the_command_line_and_the_configuration()
    {
        string program = Published.PathOf("mm-volatility");
        Assert.Equal((0, true), Run("--help", "Finds tickers whose price moves"));
        Assert.Equal((2, true), Run("run --price-address 127.0.0.1:1", "no destination"));
        Assert.Equal((2, true), Run("run --price-address 127.0.0.1:1 --address host:1", "numeric IPv4 address"));
        Assert.Equal((2, true), Run("run --nonsense", "see --help"));
        (int Status, bool Says) Run(string arguments, string text)
        {
            (int status, string said) = RunningProgram.RunToEnd(program, arguments.Split(' '));
            return (status, said.Contains(text, StringComparison.Ordinal));
        }
    }

    private static long SellOnlyRefusals(CounterFile counters) => counters.ReadRefused(Counter.DecisionRefused, RefusalReason.SellOnly);

    private static void WaitForQuiet(RunningProgram engine, CounterFile counters)
    {
        long seen = -1;
        engine.WaitUntil(() =>
        {
            long now = counters.Read(Counter.JournalBuys);
            bool quiet = now == seen;
            seen = now;
            Thread.Sleep(200);
            return quiet;
        }, "end its buys");
    }

    private void StartVenue(params string[] more) => _node.StartVenue(["sim", "--tickers", "20", "--rate", "2000", "--paying", "0.2", "--competitors", "0", .. more]);

    private (RunningProgram Engine, CounterFile Counters) StartTrading()
    {
        _node.Prepare();
        return _node.StartTrading();
    }

    private RunningProgram StartService(params string[] more)
    {
        string ready = _node.PathOf("volatility-ready.json");
        File.Delete(ready);
        RunningProgram service = _node.Start("mm-volatility", [
            "run", "--config", _node.IniFile, "--address", $"127.0.0.1:{_verdictPort}", "--request-address", "127.0.0.1:0",
            "--state-file", _node.PathOf("volatility.state"), "--changes-file", _node.PathOf("changes.csv"), "--ready-file", ready, .. more]);
        service.WaitUntil(() => File.Exists(ready), "publish");
        using JsonDocument ports = JsonDocument.Parse(File.ReadAllText(ready));
        _node.Set("verdicts", "enabled", "true");
        _node.Set("verdicts", "address", $"127.0.0.1:{_verdictPort}");
        _node.Set("verdicts", "source", "127.0.0.1");
        _node.Set("verdicts", "request-address", $"127.0.0.1:{ports.RootElement.GetProperty("requestPort").GetInt32()}");
        return service;
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
