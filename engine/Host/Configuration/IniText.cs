namespace MarketMaker.Host.Configuration;

/// <summary>
/// A first look at the text of an INI file: on which line every key stands, which come twice, and what is neither a section
/// nor a key. The configuration package tells none of this.
/// </summary>
internal sealed class IniText
{
    private readonly Dictionary<string, int> _lineOfKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _lineOfSection = new(StringComparer.OrdinalIgnoreCase);

    private int _lines;

    private IniText(string file) => File = file;

    /// <summary>The file's name, for messages.</summary>
    public string File { get; }

    /// <summary>Every key found, as <c>section:key</c>, in the order of the file.</summary>
    public IEnumerable<string> Keys => _lineOfKey.Keys;

    /// <summary>The line of a key, counted from 1; 0 when it is not in the file.</summary>
    public int LineOf(string key) => _lineOfKey.GetValueOrDefault(key);

    /// <summary>Where a key stands, or would stand: its line, else that of its section, else the last of the file.</summary>
    public int LineFor(string section, string name) =>
        LineOf($"{section}:{name}") is var line and > 0 ? line : _lineOfSection.GetValueOrDefault(section, _lines);

    /// <summary>Reads the text.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">Its content.</param>
    /// <param name="errors">Receives a line for everything that is wrong.</param>
    public static IniText Scan(string file, string text, List<string> errors)
    {
        IniText scanned = new(file);
        string section = "";
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        scanned._lines = lines.Length;
        if (Array.FindIndex(lines, line => line.Contains('\0', StringComparison.Ordinal) || line.Contains('\uFFFD', StringComparison.Ordinal)) is var broken and >= 0)
        {
            errors.Add($"{file}:{broken + 1}: is no text in UTF-8: write the line anew, or save the file as UTF-8");
            return scanned;
        }

        for (int number = 1; number <= lines.Length; number++)
        {
            string line = lines[number - 1].Trim();
            if (line.Length == 0 || line[0] is ';' or '#') continue;
            if (line[0] == '[')
            {
                if (line[^1] == ']' && line.Length > 2) scanned._lineOfSection.TryAdd(section = line[1..^1].Trim(), number);
                else errors.Add($"{file}:{number}: '{line}' is not a section: write [name]");
                continue;
            }

            scanned.AddKey(section, line, number, errors);
        }

        return scanned;
    }

    private void AddKey(string section, string line, int number, List<string> errors)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            errors.Add($"{File}:{number}: '{line}' is neither a section, a key nor a comment: write key = value, or begin it with ;");
            return;
        }

        string name = line[..equals].Trim();
        if (section.Length == 0)
        {
            errors.Add($"{File}:{number}: {name} stands before the first section: put it below a [section]");
            return;
        }

        string key = $"{section}:{name}";
        if (!_lineOfKey.TryAdd(key, number))
            errors.Add($"{File}:{number}: [{section}] {name} is set twice, first on line {_lineOfKey[key]}: remove one of them");
    }
}
