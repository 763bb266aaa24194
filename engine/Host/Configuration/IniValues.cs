using System.Text;
using Microsoft.Extensions.Configuration;

namespace MarketMaker.Host.Configuration;

/// <summary>The checked values of an INI file: every key of the schema has one, from the file or by default.</summary>
internal sealed class IniValues
{
    private readonly Dictionary<string, (IniKey Key, string Text, object Value)> _values = new(StringComparer.OrdinalIgnoreCase);
    private IniText _scanned = null!;

    /// <summary>Reads and checks a file.</summary>
    /// <param name="file">The INI file.</param>
    /// <param name="schema">Every key there is.</param>
    /// <param name="errors">Receives a line, with file, line and key, for everything that is wrong.</param>
    /// <returns>The values; to be used only when there are no errors.</returns>
    public static IniValues Load(string file, IReadOnlyList<IniKey> schema, List<string> errors)
    {
        IniValues values = new();
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{file}: cannot be read ({cause.Message}): name an INI file with --config");
            return values;
        }

        IniText scanned = values._scanned = IniText.Scan(file, text, errors);
        foreach (string unknown in scanned.Keys.Where(key => !schema.Any(known => Is(known, key))))
            errors.Add(Unknown(scanned, unknown, schema));
        if (errors.Count > 0) return values;

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));
        IConfigurationRoot configuration = new ConfigurationBuilder().AddIniStream(stream).Build();
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        foreach (IniKey key in schema) values.Take(key, configuration[key.FullName], scanned, folder, errors);
        return values;
    }

    /// <summary>Names one value in a message: file, line, key and what is written there.</summary>
    public string At(string section, string name) =>
        $"{_scanned.File}:{_scanned.LineFor(section, name)}: [{section}] {name} = {_values[$"{section}:{name}"].Text}";

    /// <summary>Names a key without what is written there: it may be a secret.</summary>
    public string Where(string section, string name) => $"{_scanned.File}:{_scanned.LineFor(section, name)}: [{section}] {name}";

    /// <summary>A whole number, or dollars in 1/10,000 dollar.</summary>
    public long Long(string section, string name) => (long)_values[$"{section}:{name}"].Value;

    /// <summary>A whole number whose range in the schema fits 32 bits.</summary>
    public int Int(string section, string name) => checked((int)Long(section, name));

    /// <summary>A switch.</summary>
    public bool Bool(string section, string name) => (bool)_values[$"{section}:{name}"].Value;

    /// <summary>Text, a path, a word or an endpoint; empty when there is none.</summary>
    public string Text(string section, string name) => (string)_values[$"{section}:{name}"].Value;

    /// <summary>A day.</summary>
    public DateOnly Date(string section, string name) => (DateOnly)_values[$"{section}:{name}"].Value;

    /// <summary>The effective configuration as an INI file, with the reason of every key.</summary>
    public string Print()
    {
        StringBuilder text = new();
        string section = "";
        foreach ((IniKey key, string value, _) in _values.Values)
        {
            if (key.Section != section) text.Append(section.Length == 0 ? "" : "\n").Append('[').Append(section = key.Section).Append("]\n");
            text.Append("; ").Append(key.Reason).Append('\n').Append(key.Name).Append(" = ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    private void Take(IniKey key, string? given, IniText scanned, string folder, List<string> errors)
    {
        string? text = given?.Trim() ?? key.Default;
        if (text is null)
        {
            errors.Add($"{scanned.File}:{scanned.LineFor(key.Section, key.Name)}: [{key.Section}] {key.Name} is missing: add it ({key.Reason})");
            return;
        }

        if (HasComment(key, text)) errors.Add($"{scanned.File}:{scanned.LineOf(key.FullName)}: [{key.Section}] {key.Name} = {text}: put the comment on a line of its own; here it is part of the value");
        else if (IniParse.TryRead(key, text, folder, out object value, out string error)) _values[key.FullName] = (key, Shown(key, text, value), value);
        else errors.Add($"{scanned.File}:{scanned.LineOf(key.FullName)}: [{key.Section}] {key.Name} = {text}: {error}");
    }

    private static string Shown(IniKey key, string text, object value) => key.Kind switch
    {
        IniKind.Path => (string)value,
        _ => text,
    };

    // A connection string has semicolons of its own.
    private static bool HasComment(IniKey key, string text) =>
        key.FullName != "shipper:database" && Enumerable.Range(1, Math.Max(0, text.Length - 1)).Any(i => text[i] is ';' or '#' && char.IsWhiteSpace(text[i - 1]));

    private static bool Is(IniKey known, string key) => string.Equals(known.FullName, key, StringComparison.OrdinalIgnoreCase);

    private static string Unknown(IniText scanned, string key, IReadOnlyList<IniKey> schema)
    {
        string[] parts = key.Split(':', 2);
        string where = $"{scanned.File}:{scanned.LineOf(key)}: [{parts[0]}] {parts[1]}";
        if (!schema.Any(known => known.Section.Equals(parts[0], StringComparison.OrdinalIgnoreCase)))
            return $"{where}: there is no section [{parts[0]}]; did you mean [{Spelling.Nearest(parts[0], schema.Select(known => known.Section))}]?";
        string[] others = [.. schema.Where(known => known.Name.Equals(parts[1], StringComparison.OrdinalIgnoreCase)).Select(known => $"[{known.Section}]")];
        if (others.Length > 0) return $"{where} is no key of this section: put it into {string.Join(" or ", others)}";
        IEnumerable<string> names = schema.Where(known => known.Section.Equals(parts[0], StringComparison.OrdinalIgnoreCase)).Select(known => known.Name);
        return $"{where} is no key of this section; did you mean {Spelling.Nearest(parts[1], names)}?";
    }
}
