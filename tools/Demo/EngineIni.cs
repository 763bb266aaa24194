namespace MarketMaker.Demo;

/// <summary>Writes the INI file the demo's engine and shipper run with: the host's file with ports, paths and names of this run.</summary>
internal static class EngineIni
{
    /// <summary>Copies a file, setting keys; comments and order stay.</summary>
    /// <exception cref="InvalidDataException">The file lacks one of the keys: it is not the demo's.</exception>
    public static void Write(string from, string to, IReadOnlyDictionary<(string Section, string Key), string> settings)
    {
        HashSet<(string, string)> missing = [.. settings.Keys];
        string section = "";
        List<string> lines = [];
        foreach (string line in File.ReadLines(from))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith('[') && trimmed.EndsWith(']')) section = trimmed[1..^1];
            int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
            (string, string) key = equals > 0 ? (section, trimmed[..equals].Trim()) : default;
            if (equals > 0 && settings.TryGetValue(key, out string? value))
            {
                lines.Add($"{key.Item2} = {value}");
                missing.Remove(key);
            }
            else
            {
                lines.Add(line);
            }
        }

        if (missing.Count > 0)
        {
            (string lacking, string name) = missing.First();
            throw new InvalidDataException($"{from} has no key [{lacking}] {name}: the demo sets it and needs its line.");
        }

        File.WriteAllLines(to, lines);
    }
}
