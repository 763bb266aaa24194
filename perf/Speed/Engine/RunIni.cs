namespace MarketMaker.Speed.Engine;

/// <summary>A host's INI file with keys of one run: a key that is there is set, one that is not is added to its section.</summary>
internal static class RunIni
{
    /// <summary>The text of the host's file with the keys set; comments and order stay.</summary>
    public static string With(string text, IReadOnlyDictionary<(string Section, string Key), string> settings)
    {
        Dictionary<(string Section, string Key), string> left = new(settings);
        List<string> lines = [];
        string section = "";
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith('[') && trimmed.EndsWith(']'))
            {
                AddRest(section);
                section = trimmed[1..^1].Trim();
            }

            int equals = trimmed.StartsWith(';') || trimmed.StartsWith('#') ? -1 : trimmed.IndexOf('=', StringComparison.Ordinal);
            string key = equals > 0 ? trimmed[..equals].Trim() : "";
            lines.Add(key.Length > 0 && left.Remove((section, key), out string? value) ? $"{key} = {value}" : line);
        }

        AddRest(section);
        foreach (string missing in left.Keys.Select(key => key.Section).Distinct().ToArray())
        {
            lines.Add($"[{missing}]");
            AddRest(missing);
        }

        return string.Join('\n', lines);

        void AddRest(string ending)
        {
            foreach ((string Section, string Key) key in left.Keys.Where(key => key.Section == ending).ToArray())
            {
                left.Remove(key, out string? value);
                lines.Add($"{key.Key} = {value}");
            }
        }
    }
}
