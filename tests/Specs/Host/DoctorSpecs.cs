using MarketMaker.Host.Doctor;

namespace MarketMaker.Tests.Specs.Host;

public sealed class DoctorSpecs : IDisposable
{
    private const string Cpu = "sys/devices/system/cpu";

    private readonly PlantedHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void should_find_everything_fine_on_a_tuned_host()
    {
        Assert.Empty(_host.Complaints());
        Assert.Equal(0, HostDoctor.StatusOf(_host.Examine()));
    }

    /// <summary>The check that must complain, how badly, the file, what is planted there (null: nothing), and a word of the remedy.</summary>
    public static TheoryData<string, string, string, string?, string> Plants => new()
    {
        { "instructions", "Wrong", "proc/cpuinfo", "flags\t: fpu sse2 avx", "another host" },
        { "cores-online", "Wrong", $"{Cpu}/online", "0-2,4-7", "cpu3/online" },
        { "isolation", "Worse", $"{Cpu}/isolated", "", "apply.sh --boot" },
        { "isolation", "Worse", $"{Cpu}/isolated", "2", "apply.sh --boot" },
        { "rcu-callbacks", "Worse", "", null, "apply.sh --boot" },
        { "irq-default", "Worse", "proc/irq/default_smp_affinity", "ff", "apply.sh --irqs" },
        { "irq-default", "Worse", "proc/irq/default_smp_affinity", "00000000,0000000c", "apply.sh --irqs" },
        { "irq-steering", "Worse", "proc/irq/41/effective_affinity_list", "3", "apply.sh --irqs" },
        { "irq-steering", "Worse", "proc/irq/12/effective_affinity_list", "0-7", "apply.sh --irqs" },
        { "governor", "Worse", $"{Cpu}/cpu2/cpufreq/scaling_governor", "powersave", "echo performance" },
        { "governor", "Worse", $"{Cpu}/cpu3/cpufreq/scaling_governor", "schedutil", "echo performance" },
        { "c-states", "Worse", $"{Cpu}/cpu3/cpuidle/state2/disable", "0", "state2/disable" },
        { "smt-siblings", "Worse", $"{Cpu}/cpu2/topology/thread_siblings_list", "2,6", "cpu6/online" },
        { "smt-siblings", "Worse", $"{Cpu}/cpu2/topology/thread_siblings_list", "2-3", "cpu3/online" },
        { "nmi-watchdog", "Worse", "proc/sys/kernel/nmi_watchdog", "1", "nmi_watchdog=0" },
        { "heat", "Worse", $"{Cpu}/cpu3/thermal_throttle/core_throttle_count", "17", "cooling" },
        { "huge-pages", "Worse", "sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]", "echo madvise" },
        { "huge-pages", "Worse", "sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never", "echo madvise" },
        { "huge-pages", "Worse", "sys/kernel/mm/transparent_hugepage/enabled", null, "CONFIG_TRANSPARENT_HUGEPAGE" },
        { "compaction", "Worse", "sys/kernel/mm/transparent_hugepage/defrag", "[always] defer madvise never", "echo madvise" },
        { "reserved-pages", "Worse", "proc/meminfo", "HugePages_Total:    1024\nHugePages_Free:     1024", "nr_hugepages=0" },
        { "ksm", "Worse", "sys/kernel/mm/ksm/run", "1", "ksm/run" },
        { "numa-cores", "Worse", "sys/devices/system/node/node1/cpulist", "3-7", "one node" },
        { "numa-balancing", "Worse", "proc/sys/kernel/numa_balancing", "1", "numa_balancing=0" },
        { "zone-reclaim", "Worse", "proc/sys/vm/zone_reclaim_mode", "1", "zone_reclaim_mode=0" },
        { "swap", "Worse", "proc/swaps", "Filename Type Size\n/dev/sda2 partition 8388604", "swapoff" },
        { "memlock", "Worse", "proc/self/limits", "Max core file size 0 0 bytes\nMax open files 4096 4096 files\nMax locked memory 8388608 8388608 bytes", "LimitMEMLOCK" },
        { "open-files", "Wrong", "proc/self/limits", "Max core file size 0 0 bytes\nMax open files 256 4096 files\nMax locked memory unlimited unlimited bytes", "ulimit -n" },
        { "core-dumps", "Worse", "proc/self/limits", "Max core file size unlimited unlimited bytes\nMax open files 4096 4096 files\nMax locked memory unlimited unlimited bytes", "LimitCORE=0" },
        { "receive-buffer", "Worse", "proc/sys/net/core/rmem_max", "212992", "rmem_max=67108864" },
        { "busy-poll", "Worse", "proc/sys/net/core/busy_read", "0", "busy_read=50" },
        { "backlog", "Worse", "proc/sys/net/core/netdev_max_backlog", "300", "netdev_max_backlog" },
        { "tcp-idle", "Worse", "proc/sys/net/ipv4/tcp_slow_start_after_idle", "1", "slow_start_after_idle=0" },
        { "udp-losses", "Worse", "proc/net/snmp", "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdp: 9 0 0 9 1234", "receive-buffer-bytes" },
        { "interface", "Wrong", "sys/class/net/eth9", null, "correct [feed] interface" },
        { "interface", "Wrong", "sys/class/net/eth9/operstate", "down", "ip link set eth9 up" },
        { "path-filter", "Worse", "proc/sys/net/ipv4/conf/eth9/rp_filter", "1", "rp_filter=2" },
        { "numa-nic", "Worse", "sys/class/net/eth9/device/numa_node", "1", "move the card" },
        { "nic-queues", "Worse", "sys/class/net/eth9/queues/rx-1/rps_cpus", "0c", "rps_cpus" },
        { "nic-irqs", "Worse", "proc/irq/41/smp_affinity_list", "0-7", "apply.sh --nic eth9" },
        { "xdp-rights", "Wrong", "proc/self/status", "CapEff:\t0000000000007000", "setcap" },
        { "xdp-rights", "Wrong", "proc/self/status", "CapEff:\t0000008000001000", "AmbientCapabilities" },
        { "xdp-mtu", "Wrong", "sys/class/net/eth9/mtu", "9000", "mtu 3818" },
        { "xdp-queues", "Wrong", "sys/class/net/eth9/queues/rx-1", null, "correct [feed] xdp-queues" },
        { "xdp-queues", "Worse", "sys/class/net/eth9/queues/rx-2/rps_cpus", "03", "--steer eth9" },
        { "xdp-driver", "Worse", "sys/class/net/eth9/device/uevent", "DRIVER=tg3", "zero-copy" },
        { "irq-deferral", "Worse", "sys/class/net/eth9/napi_defer_hard_irqs", "0", "napi_defer_hard_irqs" },
        { "irq-deferral", "Worse", "sys/class/net/eth9/gro_flush_timeout", "0", "gro_flush_timeout" },
        { "nic-drops", "Worse", "sys/class/net/eth9/statistics/rx_missed_errors", "12", "ethtool -G" },
        { "clock-source", "Worse", "sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet", "echo tsc" },
        { "clock-source", "Worse", "sys/devices/system/clocksource/clocksource0/current_clocksource", "acpi_pm", "echo tsc" },
        { "time-sync", "Worse", "proc/77/comm", "bash", "chrony" },
        { "stolen-time", "Worse", "proc/stat", "cpu  100000 0 50000 800000 10 0 5 9000 0 0", "dedicated" },
        { "irqbalance", "Worse", "proc/78/comm", "irqbalance", "disable --now irqbalance" },
        { "vm-statistics", "Worse", "proc/sys/vm/stat_interval", "1", "stat_interval=120" },
        { "journal-disk", "Wrong", "proc/mounts", "server:/x /data nfs4 rw 0 0", "local disk" },
        { "journal-disk", "Wrong", "proc/mounts", "sshfs /data fuse.sshfs rw 0 0", "local disk" },
        { "journal-disk", "Wrong", "proc/mounts", "/dev/nvme1n1 /data ext4 rw,nobarrier 0 0", "remount,barrier=1" },
        { "journal-disk", "Wrong", "proc/mounts", "/dev/nvme1n1 /data ext4 rw,data=writeback 0 0", "data=ordered" },
        { "journal-disk", "Worse", "proc/mounts", "tmpfs /data tmpfs rw 0 0", "on a disk" },
        { "disk-scheduler", "Worse", "sys/block/nvme1n1/queue/scheduler", "none mq-deadline [bfq]", "mq-deadline" },
    };

    [Theory]
    [MemberData(nameof(Plants))]
    public void should_name_a_planted_misconfiguration_and_nothing_else(string check, string verdict, string path, string? text, string remedy)
    {
        if (check == "rcu-callbacks")
        {
            // Tickless cores are free of callbacks anyway, so both must be gone.
            _host.Write("proc/cmdline", "quiet isolcpus=2,3 rcu_nocbs=2");
            _host.Remove($"{Cpu}/nohz_full");
        }
        else if (text is null) _host.Remove(path);
        else _host.Write(path, text);

        List<HostFinding> complaints = _host.Complaints();
        HostFinding found = Assert.Single(complaints, finding => finding.Check == check);
        Assert.Equal(Enum.Parse<HostVerdict>(verdict), found.Verdict);
        Assert.Contains(remedy, found.Remedy, StringComparison.Ordinal);
        Assert.Equal(found.Verdict == HostVerdict.Worse, found.Cost.Length > 0);
        if (check == "rcu-callbacks") complaints.RemoveAll(finding => finding.Check == "tickless");
        Assert.Same(found, Assert.Single(complaints));
        Assert.Equal(found.Verdict == HostVerdict.Worse ? 3 : 1, HostDoctor.StatusOf(_host.Examine()));
    }

    [Fact]
    public void should_have_thirty_planted_misconfigurations_at_least() => Assert.True(Plants.Count() >= 30);

    [Fact]
    public void should_plant_something_for_every_check_there_is()
    {
        // Those that depend on the configuration alone have tests of their own below.
        HashSet<string> planted = [.. Plants.Select(row => (string)row[0]), "core-to-spare", "tickless"];
        Assert.Subset(planted, new HashSet<string>(_host.Examine().Select(finding => finding.Check)));
    }

    [Fact]
    public void should_name_cores_that_tick()
    {
        _host.Write($"{Cpu}/nohz_full", "3");
        Assert.Contains("cores 2 are not in nohz_full", Assert.Single(_host.Complaints()).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void should_name_stages_that_spin_on_every_core()
    {
        _host.Write($"{Cpu}/online", "2-3");
        Assert.Equal("core-to-spare", Assert.Single(_host.Complaints()).Check);
        Assert.Empty(_host.Complaints(PlantedHost.Needs with { Spins = false }));
    }

    [Fact]
    public void should_ask_nothing_of_cores_when_no_stage_is_pinned()
    {
        _host.Write($"{Cpu}/isolated", "");
        _host.Write($"{Cpu}/cpu2/cpufreq/scaling_governor", "powersave");
        Assert.Empty(_host.Complaints(PlantedHost.Needs with { HotCores = [] }));
    }

    [Theory]
    [InlineData("sys/class/net/eth9/operstate", "down")]
    [InlineData("sys/class/net/eth9/statistics/rx_missed_errors", "12")]
    [InlineData("proc/sys/net/ipv4/conf/eth9/rp_filter", "1")]
    public void should_not_look_at_cards_for_a_feed_on_loopback(string path, string text)
    {
        _host.Write(path, text);
        Assert.Empty(_host.Complaints(PlantedHost.Needs with { FeedAddress = "127.0.0.1", XdpQueues = null }));
    }

    [Fact]
    public void should_take_the_interface_of_the_default_route_when_none_is_named_and_say_when_there_is_none()
    {
        HostNeeds unnamed = PlantedHost.Needs with { Interface = "" };
        Assert.Empty(_host.Complaints(unnamed));
        _host.Write("proc/net/route", "Iface\tDestination\tGateway");
        Assert.Equal(("interface", HostVerdict.Wrong), (Assert.Single(_host.Complaints(unnamed)).Check, Assert.Single(_host.Complaints(unnamed)).Verdict));
    }

    [Theory]
    [InlineData("sys/class/net/eth9/mtu", "9000")]
    [InlineData("sys/class/net/eth9/napi_defer_hard_irqs", "0")]
    [InlineData("proc/self/status", "CapEff:\t0000000000000000")]
    public void should_ask_nothing_of_a_driver_that_is_not_used(string path, string text)
    {
        _host.Write(path, text);
        Assert.Empty(_host.Complaints(PlantedHost.Needs with { XdpQueues = null, PrefersBusyPoll = false }));
    }

    [Theory]
    [InlineData("sys/devices/system/cpu/cpu2/cpufreq")]
    [InlineData("sys/devices/system/cpu/cpu2/cpuidle")]
    [InlineData("sys/devices/system/cpu/cpu2/thermal_throttle")]
    [InlineData("sys/kernel/mm/ksm")]
    [InlineData("proc/self/limits")]
    [InlineData("sys/block")]
    public void should_be_content_where_a_hypervisor_leaves_nothing_to_set(string path)
    {
        _host.Remove(path);
        Assert.Empty(_host.Complaints());
    }

    [Fact]
    public void should_survive_a_host_without_any_of_the_files()
    {
        _host.Remove("sys");
        _host.Remove("proc");
        IReadOnlyList<HostFinding> findings = _host.Examine();
        Assert.Equal(1, HostDoctor.StatusOf(findings));
        Assert.All(findings, finding => Assert.NotEqual("", finding.ToString()));
    }

    [Fact]
    public void should_give_a_fingerprint_that_changes_with_a_verdict_and_not_with_a_count()
    {
        string before = Fingerprint();
        _host.Write("proc/stat", "cpu  100001 0 50000 800000 10 0 5 1 0 0");
        Assert.Equal(before, Fingerprint());
        Assert.StartsWith("Planted 9000, 8 cores, Linux 6.1.0, clock tsc: ", before, StringComparison.Ordinal);
        _host.Write("proc/sys/kernel/nmi_watchdog", "1");
        Assert.NotEqual(before, Fingerprint());
        string Fingerprint() => HostDoctor.Fingerprint(new HostView(_host.Root), _host.Examine());
    }
}
