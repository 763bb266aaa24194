using System.Globalization;
using System.Text;

namespace MarketMaker.Shipper.Database;

/// <summary>What a shipper's sessions call themselves at the server, so that the process behind a session is known, and whether it still runs.</summary>
/// <param name="Host">The host's name, for people.</param>
/// <param name="Realm">Boot and process namespace in which the number of a process means anything; empty: unknown.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="StartedAt">When it started, in the kernel's ticks since the boot: numbers of processes are given again.</param>
internal sealed record SessionName(string Host, string Realm, int ProcessId, long StartedAt)
{
    private const string Program = "mm-shipper";

    // The server keeps 63 bytes of a name, and the other parts need no more than 42.
    private const int HostMax = 20;

    /// <summary>Of this process.</summary>
    public static SessionName Mine { get; } = new(HostName(), ReadRealm(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the session is one that nobody can ship over any more, since this process gave it up or its own has ended.</summary>
    /// <remarks>Only for a session that is not in use by this process. What runs on another host, or before the last boot, is not known to have ended.</remarks>
    public bool IsFormer => Realm.Length > 0 && Realm == Mine.Realm && (this == Mine || (SeesOthers && StartOf(ProcessId) != StartedAt));

    // Not where /proc is mounted with hidepid.
    private static bool SeesOthers => StartOf(1) is not null;

    /// <summary>Reads a name; null when it is none of a shipper.</summary>
    public static SessionName? Parse(string? text)
    {
        string[] parts = text?.Split(' ') ?? [];
        return parts is [Program, var host, var realm, var process, var start]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long startedAt)
            ? new SessionName(host, realm, processId, startedAt)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Program} {Host} {Realm} {ProcessId} {StartedAt}");

    // The server turns other characters into question marks, and blanks part the fields.
    private static string HostName()
    {
        string name = string.Concat(Environment.MachineName.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.').Take(HostMax));
        return name.Length > 0 ? name : "-";
    }

    private static string ReadRealm()
    {
        try
        {
            string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            string processes = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return processes.Length == 0 ? "" : System.IO.Hashing.XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(boot + processes)).ToString("x16", CultureInfo.InvariantCulture)[..8];
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Field 22 of proc(5)'s stat; the name before it may hold blanks and brackets.
    private static long? StartOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
