using MarketMaker.Decision;
using MarketMaker.Host.Configuration;

namespace MarketMaker.Backtest.Policies;

/// <summary>A way to decide: the engine's own code with settings of its own, by a name for tables.</summary>
/// <param name="Name">As given to <c>--policy</c>.</param>
/// <param name="Settings">Keys of <c>[decision]</c> and their values.</param>
internal sealed record Policy(string Name, IReadOnlyList<(string Key, string Value)> Settings)
{
    /// <summary>The options these settings mean to the engine.</summary>
    /// <exception cref="FormatException">One of them means nothing to it; the message says which.</exception>
    public DecisionOptions Options()
    {
        List<string> errors = [];
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["[decision]", .. Settings.Select(s => $"{s.Key} = {s.Value}")]);
            // What a host must say, such as where its venue is, is not asked for here.
            IniValues values = IniValues.Load(file, [.. IniSchema.Keys.Where(key => key.Default is not null)], errors);
            return errors.Count == 0 ? new EngineConfig(values).Decision
                : throw new FormatException($"policy {Name}: {string.Join("; ", errors).Replace(file, "settings", StringComparison.Ordinal)}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The same with more settings; a later one of a key counts.</summary>
    public Policy With(IEnumerable<(string Key, string Value)> more)
    {
        Dictionary<string, string> merged = Settings.ToDictionary(s => s.Key, s => s.Value);
        foreach ((string key, string value) in more) merged[key] = value;
        return this with { Settings = [.. merged.Select(s => (s.Key, s.Value))] };
    }
}
