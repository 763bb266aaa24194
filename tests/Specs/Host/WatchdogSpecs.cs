using MarketMaker.Contracts;
using MarketMaker.Host;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Host;

public sealed class WatchdogSpecs : IDisposable
{
    private const int LimitMs = 1_000;
    private readonly CounterFile _counters = CounterFile.InMemory();
    private readonly TradingGate _gate = new();
    private readonly LogWriter _log;
    private readonly EventPoller<LogEvent> _lines;
    private readonly Watchdog _watchdog;
    private long _nowNs = 5_000_000_000;
    private long _progress;
    private bool _hasInput = true;

    public WatchdogSpecs()
    {
        _gate.Open();
        _log = LogWriter.Create(64, out _lines);
        _watchdog = new Watchdog([new(() => "Decision", () => _progress, () => _hasInput, LimitMs)], _gate, _counters, _log, () => _nowNs);
    }

    [Fact]
    public void should_halt_for_an_agent_that_stands_still_while_it_has_work_and_say_which_and_since_when()
    {
        Pass(LimitMs - 100);
        Assert.True(_gate.IsOpen);
        Pass(200);
        Assert.Equal(StopReasons.Watchdog, _gate.Look().Sends);
        Assert.False(_watchdog.IsHealthy);
        Assert.Equal(1, _counters.Read(Counter.HostStuckAgents));
        LogEvent line = _lines[_lines.AvailableThrough(64)];
        Assert.Equal((LogMessage.AgentStuck, LimitMs), (line.Message, line.A));
        Assert.Equal("Decision", line.Text.ToString().Trim('\0', ' '));
    }

    [Fact]
    public void should_leave_an_agent_alone_that_moves()
    {
        for (int i = 0; i < 100; i++)
        {
            _progress++;
            Pass(LimitMs / 2);
        }

        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void should_not_take_a_quiet_market_for_a_stuck_agent()
    {
        _hasInput = false;
        Pass(20 * LimitMs);
        Assert.True(_gate.IsOpen);
        Assert.True(_watchdog.IsHealthy);
    }

    [Fact]
    public void should_begin_to_count_when_input_comes()
    {
        _hasInput = false;
        Pass(20 * LimitMs);
        _hasInput = true;
        Pass(LimitMs - 100);
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void should_blame_nobody_for_the_time_in_which_the_whole_process_stood()
    {
        Pass(500);
        // SIGSTOP for a minute: the watchdog stood as long.
        _nowNs += 60_000_000_000;
        _watchdog.DoWork();
        Assert.True(_gate.IsOpen);
        _progress++;
        Pass(LimitMs - 100);
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void should_stay_halted_when_the_agent_moves_again_and_be_healthy()
    {
        Pass(2 * LimitMs);
        _progress++;
        Pass(100);
        Assert.False(_gate.IsOpen);
        Assert.True(_watchdog.IsHealthy);
        Assert.Equal(LogMessage.AgentMoves, _lines[_lines.AvailableThrough(64)].Message);
    }

    [Fact]
    public void should_blame_nobody_at_a_stop()
    {
        _watchdog.Pause();
        Pass(10 * LimitMs);
        Assert.True(_gate.IsOpen);
    }

    [Fact]
    public void should_see_the_agent_that_hangs_among_those_of_its_thread()
    {
        using ManualResetEventSlim release = new();
        AgentThread thread = new([new Agent("Feed", () => 1), new Agent("Prices", () => { release.Wait(); return 1; }), new Agent("Decision", () => 1)], new AgentThreadOptions(), _gate);
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => thread.Steps == 2, TimeSpan.FromSeconds(20)));
        Assert.Equal("Prices", thread.AgentAt(thread.Steps).Name);
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => thread.Steps > 10, TimeSpan.FromSeconds(20)));
        Assert.True(thread.Stop(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void should_see_input_wait_behind_the_consumer_it_must_follow()
    {
        SingleProducerRingBuffer<long> ring = new("test", 8);
        EventPoller<long> first = ring.NewPoller();
        EventPoller<long> second = ring.NewPoller(first);
        Assert.False(first.HasInput);
        Assert.True(ring.TryNext(out long sequence));
        ring.Publish(sequence);
        Assert.True(first.HasInput);
        Assert.False(second.HasInput);
        first.AvailableThrough(8);
        first.Advance(sequence);
        Assert.False(first.HasInput);
        Assert.True(second.HasInput);
    }

    public void Dispose() => _counters.Dispose();

    private void Pass(int ms)
    {
        for (int passed = 0; passed < ms; passed += 100)
        {
            _nowNs += 100_000_000;
            _watchdog.DoWork();
        }
    }

    private sealed class Agent(string name, Func<int> work) : IAgent
    {
        public string Name => name;

        public int DoWork() => work();
    }
}
