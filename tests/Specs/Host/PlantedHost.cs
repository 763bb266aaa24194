using MarketMaker.Host.Doctor;

namespace MarketMaker.Tests.Specs.Host;

/// <summary>A host of files: /proc and /sys of a tuned machine with two sockets of four cores, hot stages on cores 2 and 3, a card on node 0.</summary>
internal sealed class PlantedHost : IDisposable
{
    private const string Cpu = "sys/devices/system/cpu";
    private const string Card = "sys/class/net/eth9";

    public PlantedHost()
    {
        Write("proc/cpuinfo", "model name\t: Planted 9000\nflags\t\t: fpu sse2 avx2\n");
        Write("proc/cmdline", "quiet isolcpus=2,3 nohz_full=2,3 rcu_nocbs=2-3 irqaffinity=0,1");
        Write("proc/stat", "cpu  100000 0 50000 800000 10 0 5 0 0 0\ncpu0 1 2 3\n");
        Write("proc/meminfo", "MemTotal: 1 kB\nHugePages_Total:       0\nHugePages_Free:        0\n");
        Write("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
        Write("proc/mounts", "/dev/nvme0n1p1 / ext4 rw,relatime 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/nvme1n1 /data xfs rw 0 0\n");
        Write("proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units\nMax core file size        0                    0                    bytes\nMax open files            4096                 4096                 files\nMax locked memory         unlimited            unlimited            bytes\n");
        Write("proc/net/snmp", "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\nUdp: 9 0 0 9 0 0\n");
        Write("proc/net/route", "Iface\tDestination\tGateway\neth9\t00000000\t0100000A\n");
        Write("proc/irq/default_smp_affinity", "00000003");
        Write("proc/irq/41/effective_affinity_list", "0");
        Write("proc/irq/41/smp_affinity_list", "0-1");
        Write("proc/77/comm", "chronyd");
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[
            ("kernel/osrelease", "6.1.0"), ("kernel/nmi_watchdog", "0"), ("kernel/numa_balancing", "0"), ("vm/zone_reclaim_mode", "0"), ("vm/stat_interval", "120"),
            ("net/core/rmem_max", "67108864"), ("net/core/busy_read", "50"), ("net/core/netdev_max_backlog", "16000"), ("net/ipv4/tcp_slow_start_after_idle", "0"),
            ("net/ipv4/conf/all/rp_filter", "0"), ("net/ipv4/conf/eth9/rp_filter", "2")])
            Write($"proc/sys/{name}", value);
        Write($"{Cpu}/online", "0-7");
        Write($"{Cpu}/isolated", "2-3");
        Write($"{Cpu}/nohz_full", "2-3");
        for (int core = 0; core < 8; core++)
        {
            Write($"{Cpu}/cpu{core}/cpufreq/scaling_governor", "performance");
            Write($"{Cpu}/cpu{core}/topology/thread_siblings_list", $"{core}");
            Write($"{Cpu}/cpu{core}/thermal_throttle/core_throttle_count", "0");
            foreach ((int state, string name, int us, int off) in (ReadOnlySpan<(int, string, int, int)>)[(0, "POLL", 0, 0), (1, "C1", 2, 0), (2, "C6", 133, 1)])
            {
                Write($"{Cpu}/cpu{core}/cpuidle/state{state}/name", name);
                Write($"{Cpu}/cpu{core}/cpuidle/state{state}/latency", $"{us}");
                Write($"{Cpu}/cpu{core}/cpuidle/state{state}/disable", $"{off}");
            }
        }

        Write("sys/devices/system/node/node0/cpulist", "0-3");
        Write("sys/devices/system/node/node1/cpulist", "4-7");
        Write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        Write("sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm");
        Write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        Write("sys/kernel/mm/transparent_hugepage/defrag", "always defer [madvise] never");
        Write("sys/kernel/mm/ksm/run", "0");
        Write("sys/block/nvme0n1/queue/scheduler", "[none] mq-deadline bfq");
        Write("sys/block/nvme1n1/queue/scheduler", "[none] mq-deadline bfq");
        Write("sys/class/net/lo/operstate", "unknown");
        Write($"{Card}/operstate", "up");
        Write("proc/self/status", "Name:\tmarketmaker\nCapEff:\t0000008000007000\n");
        Write($"{Card}/mtu", "1500");
        Write($"{Card}/device/uevent", "DRIVER=ice\nPCI_CLASS=20000");
        Write($"{Card}/napi_defer_hard_irqs", "2");
        Write($"{Card}/gro_flush_timeout", "200000");
        Write($"{Card}/device/numa_node", "0");
        Write($"{Card}/device/msi_irqs/41", "msix");
        Write($"{Card}/queues/rx-0/rps_cpus", "00");
        Write($"{Card}/queues/rx-1/rps_cpus", "03");
        Write($"{Card}/statistics/rx_missed_errors", "0");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("mm-host-").FullName;

    /// <summary>What the configuration of this host asks for.</summary>
    public static HostNeeds Needs => new()
    {
        HotCores = [2, 3],
        Spins = true,
        Interface = "eth9",
        FeedAddress = "239.1.2.3",
        ReceiveBufferBytes = 67_108_864,
        BusyPollUs = 50,
        PrefersBusyPoll = true,
        XdpQueues = [0, 1],
        JournalPath = "/data/journal",
    };

    public void Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }

    public void Remove(string path)
    {
        string at = Path.Combine(Root, path);
        if (Directory.Exists(at)) Directory.Delete(at, recursive: true);
        else File.Delete(at);
    }

    /// <summary>The lines that are not fine.</summary>
    public List<HostFinding> Complaints(HostNeeds? needs = null) => [.. Examine(needs).Where(finding => finding.Verdict != HostVerdict.Fine)];

    public IReadOnlyList<HostFinding> Examine(HostNeeds? needs = null) => HostDoctor.Examine(new HostView(Root), needs ?? Needs);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
