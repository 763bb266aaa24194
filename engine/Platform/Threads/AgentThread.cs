namespace MarketMaker.Platform.Threads;

/// <summary>A dedicated thread, pinned if told so, that runs its agents in turn and waits when none had work.</summary>
/// <remarks>
/// An exception in an agent is a broken invariant: the sends are stopped first, for the life of the process, then this thread ends. The loop itself
/// allocates nothing.
/// </remarks>
public sealed class AgentThread
{
    private readonly IAgent[] _agents;
    private readonly AgentThreadOptions _options;
    private readonly TradingGate _gate;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _started = new();
    private string? _whyNotStarted;
    private Exception? _fault;
    private long _steps;
    private volatile bool _stopping;

    /// <summary>Prepares the thread; it runs from <see cref="Start"/> on.</summary>
    /// <param name="agents">Run in this order, at least one.</param>
    /// <param name="options">Core and wait strategy.</param>
    /// <param name="gate">Stopped for <see cref="StopReasons.Fault"/> when an agent throws.</param>
    public AgentThread(ReadOnlySpan<IAgent> agents, AgentThreadOptions options, TradingGate gate)
    {
        if (agents.IsEmpty) throw new ArgumentException("A thread needs an agent.", nameof(agents));
        if (options.Wait.Validate() is { } wrong) throw new ArgumentException(wrong, nameof(options));
        _agents = agents.ToArray();
        _options = options;
        _gate = gate;
        Name = string.Join('+', _agents.Select(agent => agent.Name));
        // In the background: an agent that hangs must not keep the process from ending.
        _thread = new Thread(Run) { Name = Name, IsBackground = true };
    }

    /// <summary>The agents' names, joined by +. Linux shows the first 15 characters.</summary>
    public string Name { get; }

    /// <summary>The core the thread is pinned to, or -1.</summary>
    public int Core => _options.Core;

    /// <summary>The kernel's number of the thread, for /proc/self/task; 0 before <see cref="Start"/>.</summary>
    public int ThreadId { get; private set; }

    /// <summary>Whether an agent runs on this thread.</summary>
    public bool Runs(string agentName) => Array.Exists(_agents, agent => agent.Name == agentName);

    /// <summary>Whether the thread has started and not ended.</summary>
    public bool IsRunning => _thread.IsAlive;

    /// <summary>How often an agent was called so far, all agents of the thread together. Any thread may ask: what does not move hangs.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>The agent that a number of <see cref="Steps"/> means.</summary>
    public IAgent AgentAt(long steps) => _agents[Math.Max(0, steps - 1) % _agents.Length];

    /// <summary>What an agent threw; null while all is well.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>Starts the thread and returns once it is pinned and about to run its agents.</summary>
    /// <exception cref="InvalidOperationException">The core cannot be used; the message names the remedy.</exception>
    public void Start()
    {
        _thread.Start();
        _started.Wait();
        if (_whyNotStarted is not null) throw new InvalidOperationException($"Thread {Name}: {_whyNotStarted}");
    }

    /// <summary>Ends the thread after the duty cycle under way.</summary>
    /// <returns>False when it had not ended by then.</returns>
    public bool Stop(TimeSpan timeout)
    {
        _stopping = true;
        return !_thread.IsAlive || _thread.Join(timeout);
    }

    private void Run()
    {
        ThreadId = ThreadCalls.CurrentThreadId;
        if (_options.Core != CpuTopology.Unpinned) _whyNotStarted = CpuTopology.TryPin(_options.Core);
        if (_options.Wait.Kind == WaitStrategyKind.Sleeping) ThreadCalls.WakeOnTime();
        _started.Set();
        if (_whyNotStarted is not null) return;
        try
        {
            RunAgents();
        }
#pragma warning disable CA1031 // Whatever an agent throws stops the sends; letting it pass would end the process with orders in flight.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _gate.StopSending(StopReasons.Fault, stop: true);
            Volatile.Write(ref _fault, fault);
        }
    }

    private void RunAgents()
    {
        WaitStrategy wait = new(_options.Wait);
        long steps = 0;
        while (!_stopping)
        {
            int handled = 0;
            foreach (IAgent agent in _agents)
            {
                Volatile.Write(ref _steps, ++steps);
                handled += agent.DoWork();
            }

            if (handled > 0) wait.Reset();
            else wait.Idle();
        }
    }
}
