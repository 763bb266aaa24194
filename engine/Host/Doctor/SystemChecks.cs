using System.Globalization;

namespace MarketMaker.Host.Doctor;

/// <summary>Clock, time, what the hypervisor takes, helpers that get in the way, and the journal's disk.</summary>
internal static class SystemChecks
{
    private const string Clock = "sys/devices/system/clocksource/clocksource0";
    private static readonly string[] GoodClocks = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page"];
    private static readonly string[] TimeKeepers = ["chronyd", "ntpd", "ptp4l", "phc2sys", "systemd-timesyn", "ntpd-rs"];
    private static readonly string[] SharedFileSystems = ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs"];
    private static readonly string[] LostAtBoot = ["tmpfs", "ramfs"];
    private static readonly string[] UnsafeOptions = ["nobarrier", "barrier=0", "data=writeback"];

    public static IEnumerable<HostFinding> Run(HostView host, HostNeeds needs)
    {
        yield return Source(host);
        yield return TimeKeeper(host);
        yield return Stolen(host);
        yield return host.Processes.Contains("irqbalance")
            ? HostFinding.Worse("irqbalance", "irqbalance runs and moves interrupts about", "hot cores are interrupted again some seconds after they were freed", "systemctl disable --now irqbalance")
            : HostFinding.Fine("irqbalance", "does not run");
        yield return host.Number("proc/sys/vm/stat_interval") is { } seconds && seconds < 10 && needs.HotCores.Any(host.Cores("sys/devices/system/cpu/isolated").Contains)
            ? HostFinding.Worse("vm-statistics", $"the kernel gathers memory statistics every {seconds} s on every core", "a switch of some us each time, on isolated cores too", "sysctl -w vm.stat_interval=120")
            : HostFinding.Fine("vm-statistics", "do not disturb isolated cores");
        yield return Journal(host, needs);
        yield return Scheduler(host, needs);
    }

    private static HostFinding Source(HostView host)
    {
        string? current = host.Text($"{Clock}/current_clocksource");
        bool hasTsc = (host.Text($"{Clock}/available_clocksource") ?? "").Split(' ').Contains("tsc");
        if (current is null) return HostFinding.Fine("clock-source", "not told");
        return GoodClocks.Contains(current)
            ? HostFinding.Fine("clock-source", $"{current}, read without a system call")
            : HostFinding.Worse("clock-source", $"{current}", "each look at the clock is a system call: 0.3 to 2 us", hasTsc ? $"echo tsc > /{Clock}/current_clocksource" : "boot with tsc=reliable, if the hardware allows");
    }

    private static HostFinding TimeKeeper(HostView host)
    {
        if (host.Processes.FirstOrDefault(TimeKeepers.Contains) is { } keeper) return HostFinding.Fine("time-sync", $"{keeper} runs");
        return host.Exists("run/systemd/timesync/synchronized")
            ? HostFinding.Fine("time-sync", "systemd-timesyncd has synchronised")
            : HostFinding.Worse("time-sync", "nothing keeps this host's time", "ages of prices are wrong by the drift, 2 s ahead are refused; times in the records are off", "apt-get install chrony");
    }

    private static HostFinding Stolen(HostView host)
    {
        string[] cells = (host.Lines("proc/stat").FirstOrDefault() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] ticks = [.. cells.Skip(1).Select(cell => double.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out double value) ? value : 0)];
        const int Steal = 7;
        // Guest time, the last two columns, is counted in the first two already.
        double share = ticks.Length > Steal && ticks.Take(Steal + 1).Sum() > 0 ? ticks[Steal] / ticks.Take(Steal + 1).Sum() : 0;
        return share < 0.001
            ? HostFinding.Fine("stolen-time", share == 0 ? "the hypervisor took nothing" : string.Create(CultureInfo.InvariantCulture, $"the hypervisor took {share * 100:F3} % since the boot"))
            : HostFinding.Worse("stolen-time", string.Create(CultureInfo.InvariantCulture, $"the hypervisor took {share * 100:F2} % of the time since the boot"), "pauses of ms that no setting in here ends", "ask for dedicated processors");
    }

    private static HostFinding Journal(HostView host, HostNeeds needs)
    {
        if (Mount(host, needs) is not { } mount) return HostFinding.Fine("journal-disk", "not told");
        string[] options = mount.Options.Split(',');
        if (SharedFileSystems.Contains(mount.Kind) || mount.Kind.StartsWith("fuse", StringComparison.Ordinal))
            return HostFinding.Wrong("journal-disk", $"the journal lies on {mount.Kind} ({mount.Point}), where neither its lock nor its syncs hold", "name a folder on a local disk in [journal] path");
        if (options.FirstOrDefault(UnsafeOptions.Contains) is { } option)
            return HostFinding.Wrong("journal-disk", $"{mount.Point} is mounted with {option}: a power cut may undo what was synced", $"mount -o remount,{(option == "data=writeback" ? "data=ordered" : "barrier=1")} {mount.Point}, and in /etc/fstab");
        return LostAtBoot.Contains(mount.Kind)
            ? HostFinding.Worse("journal-disk", $"the journal lies on {mount.Kind} ({mount.Point})", "a reboot loses it, and with it what is not in the database yet", "name a folder on a disk in [journal] path")
            : HostFinding.Fine("journal-disk", $"{mount.Kind} on {mount.Point}");
    }

    private static HostFinding Scheduler(HostView host, HostNeeds needs)
    {
        string device = Path.GetFileName(Mount(host, needs)?.Device ?? "");
        // A partition's queue is that of its disk.
        string disk = host.Names("sys/block").Where(name => device.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length) ?? "";
        string? chosen = disk.Length == 0 ? null : host.Chosen($"sys/block/{disk}/queue/scheduler");
        return chosen is not "bfq" and not "kyber"
            ? HostFinding.Fine("disk-scheduler", chosen is null ? "nothing to set" : $"{disk} has {chosen}")
            : HostFinding.Worse("disk-scheduler", $"{disk} has {chosen}", "a flush waits for others' fair share: 1 to 10 ms", $"echo mq-deadline > /sys/block/{disk}/queue/scheduler");
    }

    private static (string Device, string Point, string Kind, string Options)? Mount(HostView host, HostNeeds needs)
    {
        (string, string, string, string)? best = null;
        int longest = 0;
        foreach (string[] cells in host.Lines("proc/mounts").Select(line => line.Split(' ')).Where(cells => cells.Length > 3))
        {
            string point = cells[1].TrimEnd('/') + "/";
            // A later mount on the same point hides the earlier one.
            if (!$"{needs.JournalPath}/".StartsWith(point, StringComparison.Ordinal) || point.Length < longest) continue;
            (best, longest) = ((cells[0], cells[1], cells[2], cells[3]), point.Length);
        }

        return best;
    }
}
