using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Native;

/// <summary>The kill switch, the watchdog and the log of the published engine, as a person on duty meets them.</summary>
public sealed class ControlSpecs : IDisposable
{
    private const int Hangup = 1, User1 = 10, User2 = 12;

    private readonly TestNode _node = new();

    private string ControlFile => _node.PathOf("control/marketmaker.control");

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public void should_stop_at_a_command_stay_stopped_over_a_restart_and_go_on_when_resumed()
    {
        StartVenue();
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using (counters)
        {
            (int status, string said) = _node.RunEngine("halt", "--reason", "a drill");
            Assert.Equal((0, true), (status, said.Contains($"the engine, process {engine.Id}, has taken it", StringComparison.Ordinal)));
            long sent = counters.Read(Counter.ExecutionSent);
            engine.WaitUntilItSays("a drill");
            engine.WaitUntilItSays("alarm person-halt raised");
            Thread.Sleep(300);
            Assert.Equal(sent, counters.Read(Counter.ExecutionSent));
            Assert.Equal((long)EngineState.Halted, counters.Read(Counter.HostState));
            Assert.Equal(0, engine.Stop());
        }

        Assert.Equal(3, _node.RunEngine("reduce").Status);
        RunningProgram again = _node.StartEngine();
        using CounterFile next = _node.ReadCounters(again);
        again.WaitUntil(() => (EngineState)next.Read(Counter.HostState) == EngineState.Halted && (ExecutionState)next.Read(Counter.ExecutionState) == ExecutionState.Live, "log in halted");
        Thread.Sleep(300);
        Assert.Equal(0, next.Read(Counter.ExecutionSent));
        Assert.Equal(0, _node.RunEngine("resume", "--reason", "over").Status);
        again.WaitUntil(() => next.Read(Counter.ExecutionSent) > 0, "send again");
        Assert.Equal(0, again.Stop());
        string[] list = File.ReadAllLines(ControlFile + ".audit");
        Assert.Equal(["halt", "reduce", "resume"], list.Select(line => line.Split('\t')[1]));
        Assert.All(list, line => Assert.Contains("uid ", line, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void should_obey_signals_and_a_word_written_by_hand()
    {
        StartVenue();
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile mine = counters;
        engine.Signal(User2);
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.SellingOnly, "only sell");
        engine.Signal(User1);
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Halted, "halt");
        engine.WaitUntilItSays("SIGUSR1 halts");
        engine.WaitUntil(() => File.ReadAllText(ControlFile).StartsWith("halt\n", StringComparison.Ordinal), "write it down");
        Assert.Equal(0, _node.RunEngine("resume", "--reduce-only").Status);
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.SellingOnly, "only sell again");
        Assert.Equal(0, _node.RunEngine("resume").Status);
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Trading, "trade");
        File.WriteAllText(ControlFile, "what?");
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Halted, "halt for garbage");
        (int status, string said) = _node.RunEngine("resume");
        Assert.Equal((1, true), (status, said.Contains("--cause control-file", StringComparison.Ordinal)));
        Assert.Equal(0, _node.RunEngine("resume", "--cause", "control-file").Status);
        engine.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Trading, "trade");
        Assert.Equal(0, engine.Stop());
    }

    [SkippableFact]
    public void should_not_blame_a_stage_for_a_process_that_was_stopped_and_not_trade_on_what_is_old()
    {
        StartVenue();
        _node.Set("watchdog", "stuck-ms", "1000");
        _node.Set("watchdog", "cold-stuck-ms", "1000");
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile mine = counters;
        long turns = counters.Read(Counter.HostWatchdogTurns);
        engine.Signal(RunningProgram.Pause);
        Thread.Sleep(2_500);
        engine.Signal(RunningProgram.Continue);
        engine.WaitUntil(() => counters.Read(Counter.HostWatchdogTurns) > turns + 15, "look around");
        Assert.DoesNotContain("watchdog", engine.Output, StringComparison.Ordinal);
        long sent = counters.Read(Counter.ExecutionSent);
        engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > sent, "send again");
        Assert.Equal(0, engine.Stop());
    }

    [SkippableFact]
    public void should_halt_when_a_part_is_stuck_and_name_it()
    {
        StartVenue();
        // A pipe that nobody writes to holds whoever reads it: here the thread that takes up the new denylist.
        string denylist = _node.PathOf("denylist");
        File.WriteAllText(denylist, "");
        _node.Set("decision", "denylist-file", denylist);
        _node.Set("watchdog", "cold-stuck-ms", "500");
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile mine = counters;
        Assert.Equal(0, RunningProgram.RunToEnd("bash", "-c", $"rm {denylist} && mkfifo {denylist}").Status);
        engine.Signal(Hangup);
        engine.WaitUntilItSays("watchdog: Host has not moved");
        engine.WaitUntilItSays("alarm agent-stuck raised");
        long sent = counters.Read(Counter.ExecutionSent);
        Thread.Sleep(300);
        Assert.Equal(sent, counters.Read(Counter.ExecutionSent));
        Assert.Equal(1, counters.Read(Counter.HostStuckAgents));
        Assert.Equal(0, RunningProgram.RunToEnd("bash", "-c", $": > {denylist}").Status);
        engine.WaitUntilItSays("Host moves again");
        Assert.Contains("--cause watchdog", _node.RunEngine("resume").Output, StringComparison.Ordinal);
        Assert.Equal(0, _node.RunEngine("resume", "--cause", "watchdog", "--reason", "it was the pipe").Status);
        engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > sent, "send again");
        Assert.Equal(0, engine.Stop());
    }

    [SkippableFact]
    public void should_trade_on_while_nobody_reads_its_log_and_after_the_reader_is_gone()
    {
        StartVenue();
        _node.Set("log", "level", "debug");
        _node.Set("log", "format", "json");
        // The pipe's reader sleeps and ends; then the engine's standard output is closed altogether.
        foreach (string output in new[] { "| sleep 3", ">&-" })
        {
            using RunningProgram shell = RunningProgram.StartAny("bash", "-c", $"{Published.PathOf("marketmaker")} run --config {_node.IniFile} {output}");
            using CounterFile counters = ReadCountersOfAny(shell);
            shell.WaitUntil(() => counters.Read(Counter.ExecutionSent) > 0, "send");
            Thread.Sleep(output[0] == '|' ? 3_500 : 500);
            long sent = counters.Read(Counter.ExecutionSent);
            shell.WaitUntil(() => counters.Read(Counter.ExecutionSent) > sent, "send on");
            ProcessSignal.Send(counters.ProcessId, ProcessSignal.Terminate);
            shell.WaitUntil(() => (EngineState)counters.Read(Counter.HostState) == EngineState.Stopped, "stop in order");
            shell.WaitForExit();
        }
    }

    [SkippableFact]
    public void should_end_at_once_at_a_second_signal_and_lose_nothing()
    {
        RunningProgram venue = StartVenue();
        _node.Set("execution", "drain-timeout-ms", "60000");
        (RunningProgram engine, CounterFile counters) = _node.StartTrading();
        using CounterFile mine = counters;
        // The venue stands still: its answers are waited for.
        venue.Signal(RunningProgram.Pause);
        Thread.Sleep(200);
        Stopwatch time = Stopwatch.StartNew();
        engine.Signal(ProcessSignal.Terminate);
        engine.WaitUntilItSays("stopping: no more orders");
        engine.Signal(ProcessSignal.Terminate);
        engine.WaitForExit();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        venue.Signal(RunningProgram.Continue);
        // What the venue executed meanwhile is booked by the next run.
        RunningProgram again = _node.StartEngine();
        again.WaitUntilItSays("orders may be sent");
        Assert.Equal(0, again.Stop());
        Assert.Equal(0, venue.Stop());
        Assert.Equal(_node.VenueTrades(), _node.JournalTrades());
    }

    private RunningProgram StartVenue()
    {
        RunningProgram venue = _node.StartVenue("sim", "--tickers", "20", "--rate", "2000", "--paying", "0.2");
        _node.Prepare();
        return venue;
    }

    private CounterFile ReadCountersOfAny(RunningProgram shell)
    {
        string path = _node.PathOf("engine.counters");
        File.Delete(path);
        shell.WaitUntil(() => File.Exists(path), "make its counters");
        return CounterFile.OpenRead(path);
    }
}
