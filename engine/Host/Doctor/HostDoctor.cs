using System.IO.Hashing;
using System.Text;

namespace MarketMaker.Host.Doctor;

/// <summary>Looks at the host a configuration is to run on, property by property. Changes nothing.</summary>
internal static class HostDoctor
{
    /// <summary>Exit status of <c>marketmaker doctor</c> when the worst line is worse than it could be.</summary>
    public const int WorseStatus = 3;

    /// <summary>All lines, in the order of the way of an offer: cores, memory, network, the rest.</summary>
    public static IReadOnlyList<HostFinding> Examine(HostView host, HostNeeds needs) =>
        [.. CoreChecks.Run(host, needs), .. MemoryChecks.Run(host, needs), .. NetworkChecks.Run(host, needs), .. SystemChecks.Run(host, needs)];

    /// <summary>What a figure taken here means nothing without, in a line: processor, kernel, clock, and a hash of all lines.</summary>
    public static string Fingerprint(HostView host, IReadOnlyList<HostFinding> findings)
    {
        string processor = host.Lines("proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown processor";
        int cores = host.Cores("sys/devices/system/cpu/online").Count;
        string kernel = host.Text("proc/sys/kernel/osrelease") ?? "unknown kernel";
        string clock = host.Text("sys/devices/system/clocksource/clocksource0/current_clocksource") ?? "unknown clock";
        // Counts since the boot differ from look to look; which lines are not fine does not.
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', findings.Select(finding => $"{finding.Check} {finding.Verdict}").Prepend($"{processor} {cores} {kernel} {clock}"))));
        return $"{processor}, {cores} cores, Linux {kernel}, clock {clock}: {Count(HostVerdict.Fine)} fine, {Count(HostVerdict.Worse)} worse, {Count(HostVerdict.Wrong)} wrong, fingerprint {hash:x16}";

        int Count(HostVerdict verdict) => findings.Count(finding => finding.Verdict == verdict);
    }

    /// <summary>0 when all lines are fine, 1 when one is wrong, else <see cref="WorseStatus"/>.</summary>
    public static int StatusOf(IReadOnlyList<HostFinding> findings) => findings.Max(finding => finding.Verdict) switch
    {
        HostVerdict.Fine => 0,
        HostVerdict.Worse => WorseStatus,
        _ => 1,
    };
}
