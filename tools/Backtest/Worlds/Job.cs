using MarketMaker.Backtest.Foreseeing;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;

namespace MarketMaker.Backtest.Worlds;

/// <summary>One run to do: a world, a policy and a seed.</summary>
internal record Job(World World, Policy Policy, ulong Seed)
{
    private const string DecisionPrefix = "decision.";

    /// <summary>Does it.</summary>
    public virtual RunResult Run(CancellationToken stop, int seriesSeconds = 0) =>
        Foresight.TryParse(Policy.Name, out Foresight foresight)
            ? foresight.Run(World.Options(Seed), stop)
            : new BacktestRun(World.Options(Seed) with { SeriesSeconds = seriesSeconds }, Policy.Options()).Run(stop);

    /// <summary>The same with one more setting: a key of the engine after <c>decision.</c>, <c>policy</c>, else a key of the world.</summary>
    public Job With(string key, string value) =>
        key.StartsWith(DecisionPrefix, StringComparison.Ordinal) ? this with { Policy = Policy.With([(key[DecisionPrefix.Length..], value)]) }
        : key == "policy" ? this with { Policy = PolicyList.Parse(value) }
        : this with { World = World.With(key, value) };

    /// <summary>Finds mistakes without running.</summary>
    /// <exception cref="FormatException">There is one.</exception>
    public void Check()
    {
        foreach ((string key, string value) in World.Settings)
        {
            if (key != "capital") WorldKeys.Apply(new BacktestOptions { Market = new(), Cash = 1 }, key, value);
        }

        _ = Policy.Options();
    }
}
