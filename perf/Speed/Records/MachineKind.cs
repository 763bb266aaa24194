using System.Text.RegularExpressions;

namespace MarketMaker.Speed.Records;

/// <summary>A machine as records know it: what decides its speed, and no name of a host.</summary>
internal sealed partial record MachineKind(string Cpu, string Identity, int Cores, string Kernel)
{
    /// <summary>Name of the folder of its records: the CPU with family and model, and the number of cores.</summary>
    public string FolderName => $"{NotInNames().Replace(Cpu.ToLowerInvariant(), "-").Trim('-')}-{Identity}-{Cores}c";

    public static MachineKind OfThis()
    {
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0))
        {
            string[] parts = line.Split(':', 2);
            if (parts.Length == 2) first[parts[0].Trim()] = parts[1].Trim();
        }

        string Value(string key) => first.GetValueOrDefault(key, "unknown");
        return new MachineKind(Value("model name"), $"f{Value("cpu family")}m{Value("model")}", Environment.ProcessorCount, File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
