using System.Globalization;
using System.Net.NetworkInformation;

namespace MarketMaker.Host.Doctor;

/// <summary>Reads /proc and /sys below a root, so that a test can plant a host of its own. Cold: allocates.</summary>
internal sealed class HostView(string root)
{
    private const int CoresMax = 4_096;

    /// <summary>Whether this is the host itself and not a planted tree.</summary>
    public bool IsReal => root == "/";

    /// <summary>A file's text without the white space around it; null when it is not there or cannot be read.</summary>
    public string? Text(string path)
    {
        try
        {
            return File.ReadAllText(At(path)).Trim();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's number; null when there is none.</summary>
    public long? Number(string path) => long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A file's lines; none when it is not there.</summary>
    public string[] Lines(string path) => Text(path)?.Split('\n') ?? [];

    /// <summary>The word in brackets of a file such as <c>always [madvise] never</c>.</summary>
    public string? Chosen(string path) => Text(path) is { } text && text.IndexOf('[', StringComparison.Ordinal) is var from and >= 0
        ? text[(from + 1)..text.IndexOf(']', from)]
        : null;

    /// <summary>The cores of a file such as <c>0-3,8</c>; none when it is not there or empty.</summary>
    public SortedSet<int> Cores(string path)
    {
        SortedSet<int> cores = [];
        Parse(Text(path) ?? "", cores);
        return cores;
    }

    /// <summary>The cores of a hexadecimal mask such as <c>ff,00000003</c>.</summary>
    public SortedSet<int> Mask(string path)
    {
        SortedSet<int> cores = [];
        string digits = (Text(path) ?? "").Replace(",", "", StringComparison.Ordinal);
        for (int i = 0; i < digits.Length; i++)
        {
            if (!int.TryParse(digits.AsSpan(digits.Length - 1 - i, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int four)) return [];
            for (int bit = 0; bit < 4; bit++)
            {
                if ((four >> bit & 1) != 0) cores.Add(i * 4 + bit);
            }
        }

        return cores;
    }

    /// <summary>Names of the files and folders in a folder; none when it is not there.</summary>
    public string[] Names(string path) => Directory.Exists(At(path))
        ? [.. Directory.EnumerateFileSystemEntries(At(path)).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]
        : [];

    public bool Exists(string path) => Path.Exists(At(path));

    /// <summary>A parameter of the kernel's command line: its value, empty for a word without one; null when it is not there.</summary>
    public string? BootParameter(string name) => (Text("proc/cmdline") ?? "").Split(' ')
        .Where(word => word == name || word.StartsWith($"{name}=", StringComparison.Ordinal))
        .Select(word => word.Length == name.Length ? "" : word[(name.Length + 1)..])
        .LastOrDefault();

    /// <summary>Names of the processes that ran at the first look.</summary>
    public IReadOnlyList<string> Processes => field ??= [.. Names("proc").Where(name => name.All(char.IsAsciiDigit)).Select(id => Text($"proc/{id}/comm") ?? "")];

    /// <summary>A soft limit of this process, as <c>/proc/self/limits</c> names it; null when unlimited or not known.</summary>
    public long? Limit(string name, out bool isKnown)
    {
        string? line = Lines("proc/self/limits").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        isKnown = line is not null;
        string first = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    /// <summary>The network interface that the feed comes in on; null when it cannot be told.</summary>
    public string? InterfaceOf(HostNeeds needs)
    {
        if (needs.IsLoopback) return "lo";
        if (needs.Interface.Length > 0 && !System.Net.IPAddress.TryParse(needs.Interface, out _)) return needs.Interface;
        string address = needs.Interface.Length > 0 ? needs.Interface : needs.FeedAddress;
        if (IsReal && NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(card => card.GetIPProperties().UnicastAddresses.Any(its => its.Address.ToString() == address)) is { } found) return found.Name;
        // The default route is the line whose destination is zero.
        return Lines("proc/net/route").Select(line => line.Split('\t')).FirstOrDefault(cells => cells.Length > 1 && cells[1] == "00000000")?[0];
    }

    /// <summary>Adds the cores of a list such as <c>0-3,8</c>; what is no list adds nothing.</summary>
    public static void Parse(string text, SortedSet<int> cores)
    {
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParse(part, out int from, out int to)) continue;
            for (int core = from; core <= to; core++) cores.Add(core);
        }
    }

    /// <summary>Whether this process can use an interface that /sys does not show: it is that of another network namespace.</summary>
    public bool HasInterface(string name) => IsReal && NetworkInterface.GetAllNetworkInterfaces().Any(card => card.Name == name);

    public static string ListOf(IEnumerable<int> cores) => string.Join(',', cores);

    private static bool TryParse(string part, out int from, out int to)
    {
        string[] ends = part.Split('-');
        to = 0;
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out from) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out to) && to < CoresMax;
    }

    private string At(string path) => Path.Combine(root, path);
}
