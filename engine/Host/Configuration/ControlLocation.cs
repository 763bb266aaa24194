namespace MarketMaker.Host.Configuration;

/// <summary>Where an INI file puts the kill switch. Nothing else in it is looked at: a mistake elsewhere must not keep a person from halting.</summary>
internal static class ControlLocation
{
    private const string Section = "control", Name = "file";

    /// <summary>The path of the control file.</summary>
    /// <exception cref="IOException">The INI file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The INI file may not be read.</exception>
    public static string Find(string iniFile)
    {
        string section = "", found = IniSchema.Keys.Single(key => key is { Section: Section, Name: Name }).Default!;
        foreach (string line in File.ReadLines(iniFile).Select(line => line.TrimStart('\uFEFF').Trim()))
        {
            if (line.StartsWith('[')) section = line.Trim('[', ']', ' ');
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && section.Equals(Section, StringComparison.OrdinalIgnoreCase) && line[..equals].Trim().Equals(Name, StringComparison.OrdinalIgnoreCase))
                found = line[(equals + 1)..].Trim() is { Length: > 0 } path ? path : found;
        }

        return Path.GetFullPath(found, Path.GetDirectoryName(Path.GetFullPath(iniFile))!);
    }
}
