namespace MarketMaker.Tests.Torture.Processes;

/// <summary>Writes an INI file from that of a host, with keys of one's own.</summary>
internal static class IniFile
{
    public static void Write(string from, string to, IReadOnlyDictionary<(string Section, string Key), string> settings)
    {
        Dictionary<(string Section, string Key), string> left = new(settings);
        List<string> lines = [];
        string section = "";
        foreach (string line in File.ReadLines(from))
        {
            string text = line.Trim();
            if (text.StartsWith('[')) EndSection(text.Trim('[', ']'));
            int equals = text.StartsWith(';') ? -1 : text.IndexOf('=', StringComparison.Ordinal);
            bool isReplaced = equals > 0 && left.Remove((section, text[..equals].Trim()), out _);
            lines.Add(isReplaced ? $"{text[..equals].Trim()} = {settings[(section, text[..equals].Trim())]}" : line);
        }

        EndSection("");
        foreach (IGrouping<string, KeyValuePair<(string Section, string Key), string>> more in left.GroupBy(setting => setting.Key.Section).ToArray())
        {
            lines.Add($"[{more.Key}]");
            lines.AddRange(more.Select(setting => $"{setting.Key.Key} = {setting.Value}"));
        }

        File.WriteAllLines(to, lines);

        // Keys the section does not name yet belong behind its last line.
        void EndSection(string next)
        {
            foreach ((string Section, string Key) key in left.Keys.Where(key => key.Section == section).ToArray())
            {
                lines.Add($"{key.Key} = {left[key]}");
                left.Remove(key);
            }

            section = next;
        }
    }
}
