using MarketMaker.Platform.Threads;

namespace MarketMaker.Host.Configuration;

/// <summary>Which agent runs on which core, and how its thread waits.</summary>
internal sealed class ThreadsConfig(IniValues ini)
{
    private const int QuietTurns = 16;

    /// <summary>Stages of the hot path: they wait as <c>wait</c> says; the others sleep.</summary>
    private static readonly string[] HotStages = ["feed", "prices", "decision", "execution"];

    /// <summary>Cores that hot stages are pinned to, each once.</summary>
    public IReadOnlyList<int> HotCores => [.. HotStages.Select(CoreOf).Where(core => core >= 0).Distinct().Order()];

    /// <summary>The core of an agent, or -1.</summary>
    public int CoreOf(string agent) => ini.Int("threads", agent);

    /// <summary>Turns of a hot stage for one look where nothing is awaited: few ns each, unless the thread sleeps between them.</summary>
    public int AnswerLookEvery => HotWait == WaitStrategyKind.Sleeping ? 1 : QuietTurns;

    /// <summary>Polls that a consumer passes after a look that found several events; none where it shares its producer's thread.</summary>
    public int PollsBetweenLooks(string producer, string consumer) =>
        CoreOf(producer) >= 0 && CoreOf(producer) == CoreOf(consumer) ? 0 : ini.Int("threads", "polls-between-looks");

    /// <summary>Core and wait strategy for the thread of an agent.</summary>
    public AgentThreadOptions ThreadOf(string agent) => new()
    {
        Core = CoreOf(agent),
        Wait = HotStages.Contains(agent)
            ? new WaitStrategyOptions { Kind = HotWait, SleepNs = ini.Int("threads", "sleep-ns") }
            // A cold thread that spun or yielded before each sleep would hardly ever sleep: there is always a little to do.
            : new WaitStrategyOptions { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 0, SleepNs = ini.Int("threads", "sleep-ns") },
    };

    public void Check(List<string> errors, bool isFileOnly)
    {
        foreach (string agent in HotStages.Append("price-client").Append("alerts").Append("capture").Append("journal"))
        {
            if (!isFileOnly && CoreOf(agent) >= 0 && CpuTopology.WhyUnusable(CoreOf(agent)) is { } why) errors.Add($"{ini.At("threads", agent)}: {why}");
        }

        if (CoreOf("capture") >= 0 && HotStages.Any(stage => CoreOf(stage) == CoreOf("capture")))
            errors.Add($"{ini.At("threads", "capture")}: a write would stop the stage on that core; give capture another core, or -1");
        if (CoreOf("journal") >= 0 && HotStages.Any(stage => CoreOf(stage) == CoreOf("journal")))
            errors.Add($"{ini.At("threads", "journal")}: a flush would stop the stage on that core; give journal another core, or -1");
    }

    private WaitStrategyKind HotWait => ini.Text("threads", "wait") switch
    {
        "spin" => WaitStrategyKind.BusySpin,
        "yield" => WaitStrategyKind.Yielding,
        _ => WaitStrategyKind.Sleeping,
    };
}
