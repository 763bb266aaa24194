using System.Numerics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Files;
using MarketMaker.Prices;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Host.Configuration;

/// <summary>What no single key can say: values that must fit one another, and files that must be there. Each error names its line.</summary>
internal sealed class ConfigChecks(IniValues ini, List<string> errors)
{
    private const int DefaultEdgePpm = 2_500;
    private const int PasswordCharactersMax = 10;

    /// <summary>The password of the order session; empty when it is refused.</summary>
    public string Password { get; private set; } = "";

    /// <summary>Checks all that needs no stage's options.</summary>
    public void Run()
    {
        foreach (string ring in (ReadOnlySpan<string>)["offers", "prices", "executes", "responses", "captures"])
        {
            if (!BitOperations.IsPow2(ini.Int("rings", ring))) Add("rings", ring, "write a power of two");
        }

        foreach (string edge in (ReadOnlySpan<string>)["buy-edge-ppm", "sell-edge-ppm"])
        {
            if (ini.Text("decision", "mode") == "strict" && ini.Int("decision", edge) != DefaultEdgePpm) Add("decision", edge, "mode = strict asks for 1 %; write mode = adaptive, or leave it out");
        }

        AtLeast("decision", "day-move-deny-ppm", "day-move-sell-only-ppm");
        AtLeast("decision", "day-loss-halt-ppm", "day-loss-stop-buying-ppm");
        AtLeast("feed", "gap-retry-max-ms", "gap-retry-ms");
        AtLeast("prices", "backoff-max-ms", "backoff-min-ms");
        AtLeast("execution", "backoff-max-ms", "backoff-min-ms");
        AtLeast("journal", "stop-buying-percent", "alarm-percent");
        AtLeast("volatility", "day-move-deny-ppm", "day-move-sell-only-ppm");
        AtLeast("volatility", "enter-percent", "leave-percent");
        AtLeast("volatility", "enter-sigma", "leave-sigma");
        if (UniverseSlice.Parse(ini.Text("universe", "tickers"), out string slice) is null) Add("universe", "tickers", slice);
        if (ini.Bool("verdicts", "enabled") && ini.Text("verdicts", "address").Length == 0)
            Add("verdicts", "address", "write the address that mm-volatility sends to, or [verdicts] enabled = false");
        if (ini.Text("control", "file").Length == 0) Add("control", "file", "an engine must have a kill switch; write a path, or leave it out");
        Names();
        // Not with its value: it holds the password.
        if (ini.Text("shipper", "database").Contains("password=", StringComparison.OrdinalIgnoreCase))
            errors.Add($"{ini.Where("shipper", "database")} names a password: put it into a file of its own and name that as password-file");
    }

    /// <summary>Checks what the host must have.</summary>
    public void RunOnHost()
    {
        if (ini.Text("session", "time-zone") is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            Add("session", "time-zone", "this host does not know it; install the package tzdata, or leave it empty and write utc-offset-minutes");
        if (!SecretFile.TryRead(ini.Text("execution", "password-file"), out string password, out string error)) Add("execution", "password-file", error);
        else if (password.Length is 0 or > PasswordCharactersMax || !password.All(c => c is > ' ' and <= '~'))
            Add("execution", "password-file", $"write a password of 1 to {PasswordCharactersMax} printable characters into it, and nothing else");
        else Password = password;
    }

    private void Names()
    {
        string node = ini.Text("node", "name");
        if (!NodeTag.TryParse(node, out _)) Add("node", "name", $"write 1 to {NodeTag.CharactersMax} of A-Z and 0-9");
        else if (ini.Bool("execution", "durable-intent") && node.Length > IntentTag.NodeCharactersMax)
            Add("execution", "durable-intent", $"the ClOrdID then has room for a node name of {IntentTag.NodeCharactersMax} characters: shorten [node] name, or write false");
        foreach ((string section, string name) in (ReadOnlySpan<(string, string)>)[("execution", "username"), ("feed", "session"), ("feed", "interface"), ("verdicts", "interface")])
        {
            if (ini.Text(section, name).Contains(' ', StringComparison.Ordinal)) Add(section, name, "write it without blanks");
        }
    }

    private void AtLeast(string section, string larger, string smaller)
    {
        if (ini.Int(section, larger) < ini.Int(section, smaller)) Add(section, larger, $"write at least {smaller} = {ini.Int(section, smaller)}");
    }

    private void Add(string section, string name, string remedy) => errors.Add($"{ini.At(section, name)}: {remedy}");
}
