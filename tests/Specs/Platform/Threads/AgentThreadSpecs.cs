using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Threads;

public sealed class AgentThreadSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly AgentThreadOptions Gentle = new() { Wait = new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping } };

    [Fact]
    public void should_run_its_agents_in_turn_on_one_thread_that_bears_their_names()
    {
        List<string> order = [];
        string? threadName = null;
        AgentThread thread = new(
            [
                new Agent("Feed", () => Note("Feed")),
                new Agent("Prices", () =>
                {
                    threadName = Thread.CurrentThread.Name;
                    return Note("Prices");
                }),
            ],
            Gentle,
            new TradingGate());
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => { lock (order) return order.Count >= 6; }, Patience));
        Assert.True(thread.Stop(Patience));

        Assert.Equal(["Feed", "Prices", "Feed", "Prices", "Feed", "Prices"], order.Take(6));
        Assert.Equal("Feed+Prices", thread.Name);
        Assert.Equal("Feed+Prices", threadName);
        Assert.False(thread.IsRunning);
        Assert.Null(thread.Fault);

        int Note(string name)
        {
            lock (order)
                if (order.Count < 6) order.Add(name);
            return 0;
        }
    }

    [SkippableFact]
    public void should_run_on_the_core_it_is_pinned_to_as_the_kernel_sees_it()
    {
        int core = LastAvailableCore();
        Skip.If(CpuTopology.WhyUnusable(core) is not null, $"core {core} cannot be used here: {CpuTopology.WhyUnusable(core)}");
        string? allowed = null;
        AgentThread thread = new([new Agent("Pinned", ReadAllowed)], Gentle with { Core = core }, new TradingGate());
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref allowed) is not null, Patience));
        Assert.True(thread.Stop(Patience));
        Assert.Equal(core.ToString(System.Globalization.CultureInfo.InvariantCulture), allowed);

        int ReadAllowed()
        {
            Volatile.Write(ref allowed, AllowedCores("/proc/thread-self/status"));
            return 0;
        }
    }

    [Fact]
    public void should_leave_the_thread_that_starts_it_unpinned()
    {
        string before = AllowedCores("/proc/thread-self/status");
        AgentThread thread = new([new Agent("Pinned", () => 0)], Gentle with { Core = LastAvailableCore() }, new TradingGate());
        thread.Start();
        thread.Stop(Patience);
        Assert.Equal(before, AllowedCores("/proc/thread-self/status"));
    }

    [Theory]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(-2)]
    public void should_not_start_on_a_core_it_may_not_use_and_name_the_remedy(int core)
    {
        AgentThread thread = new([new Agent("Feed", () => 0)], Gentle with { Core = core }, new TradingGate());
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(thread.Start);
        Assert.Contains($"Thread Feed: Core {core} ", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(CpuTopology.WhyUnusable(core));
        Assert.True(thread.Stop(Patience));
    }

    [Fact]
    public void should_stop_the_sends_past_any_opening_and_end_when_an_agent_throws()
    {
        TradingGate gate = new();
        gate.Open();
        InvalidOperationException bug = new("bug");
        int after = 0;
        AgentThread thread = new([new Agent("Feed", () => throw bug), new Agent("Prices", () => ++after)], Gentle, gate);
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => !thread.IsRunning, Patience));
        Assert.Same(bug, thread.Fault);
        gate.Open();
        Assert.Equal(StopReasons.Fault, gate.Look().Sends);
        Assert.Equal(0, after);
    }

    [Fact]
    public void should_give_up_waiting_for_an_agent_that_hangs()
    {
        using ManualResetEventSlim release = new();
        AgentThread thread = new([new Agent("Stuck", () => { release.Wait(); return 0; })], Gentle, new TradingGate());
        thread.Start();
        Assert.False(thread.Stop(TimeSpan.FromMilliseconds(50)));
        release.Set();
        Assert.True(thread.Stop(Patience));
    }

    [Theory]
    [InlineData(WaitStrategyKind.BusySpin)]
    [InlineData(WaitStrategyKind.Yielding)]
    [InlineData(WaitStrategyKind.Sleeping)]
    public void should_find_new_work_after_idling_whatever_the_wait_strategy(WaitStrategyKind kind)
    {
        int asked = 0;
        int done = 0;
        AgentThreadOptions options = new() { Wait = new WaitStrategyOptions { Kind = kind, Spins = 10, Yields = 10 } };
        AgentThread thread = new([new Agent("Worker", Work)], options, new TradingGate());
        thread.Start();
        for (int i = 1; i <= 20; i++)
        {
            Thread.Sleep(1);
            Volatile.Write(ref asked, i);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref done) == i, Patience));
        }

        Assert.True(thread.Stop(Patience));

        int Work()
        {
            if (Volatile.Read(ref asked) == done) return 0;
            Volatile.Write(ref done, done + 1);
            return 1;
        }
    }

    [Fact]
    public void should_allocate_nothing_while_it_runs_and_idles()
    {
        long? first = null;
        long last = 0;
        int turns = 0;
        AgentThreadOptions options = new() { Wait = new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping, Spins = 3, Yields = 3, SleepNs = 1_000 } };
        AgentThread thread = new([new Agent("Worker", Work)], options, new TradingGate());
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref turns) > 2_000, Patience));
        Assert.True(thread.Stop(Patience));
        Assert.Equal(first, last);

        int Work()
        {
            last = GC.GetAllocatedBytesForCurrentThread();
            // The first turns may still compile.
            if (turns == 100) first = last;
            Volatile.Write(ref turns, turns + 1);
            return turns % 10 == 0 ? 1 : 0;
        }
    }

    [Fact]
    public void should_refuse_wait_options_out_of_range_and_a_thread_without_agents()
    {
        AgentThreadOptions wrong = new() { Wait = new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping, SleepNs = 1 } };
        Assert.Throws<ArgumentException>(() => new AgentThread([new Agent("Feed", () => 0)], wrong, new TradingGate()));
        Assert.Throws<ArgumentException>(() => new AgentThread([], Gentle, new TradingGate()));
    }

    private static int LastAvailableCore() =>
        int.Parse(AllowedCores("/proc/self/status").Split('-', ',')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static string AllowedCores(string status) =>
        File.ReadLines(status).Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1];

    private sealed class Agent(string name, Func<int> work) : IAgent
    {
        public string Name => name;

        public int DoWork() => work();
    }
}
