using System.Globalization;

namespace MarketMaker.Host.Doctor;

/// <summary>The way of a packet: card, node, queues, buffers, sysctls.</summary>
internal static class NetworkChecks
{
    private const string Net = "proc/sys/net";
    private const int BacklogMin = 1_000;

    public static IEnumerable<HostFinding> Run(HostView host, HostNeeds needs)
    {
        yield return Buffer(host, needs);
        yield return BusyPoll(host, needs);
        yield return host.Number($"{Net}/core/netdev_max_backlog") is { } backlog && backlog < BacklogMin
            ? HostFinding.Worse("backlog", $"{backlog} packets wait at most between card and stack", "bursts are lost before any counter of ours", $"sysctl -w net.core.netdev_max_backlog={16 * BacklogMin}")
            : HostFinding.Fine("backlog", "holds a burst");
        yield return host.Number($"{Net}/ipv4/tcp_slow_start_after_idle") is not 1
            ? HostFinding.Fine("tcp-idle", "a quiet connection keeps its window")
            : HostFinding.Worse("tcp-idle", "a connection that was quiet begins with a small window again", "a burst of more than ten orders waits a round trip", "sysctl -w net.ipv4.tcp_slow_start_after_idle=0");
        yield return Lost(host);
        if (host.InterfaceOf(needs) is not { } card)
        {
            yield return HostFinding.Wrong("interface", "no interface and no default route lead to the feed", "write [feed] interface, or give the host its address");
            yield break;
        }

        string at = $"sys/class/net/{card}";
        if (!host.Exists(at) && host.HasInterface(card))
        {
            yield return HostFinding.Fine("interface", $"{card} is there; this /sys shows another network namespace");
            yield break;
        }

        if (!host.Exists(at))
        {
            yield return HostFinding.Wrong("interface", $"there is no interface {card}", $"correct [feed] interface: there are {string.Join(", ", host.Names("sys/class/net"))}");
            yield break;
        }

        yield return host.Text($"{at}/operstate") is "up" or "unknown" or null
            ? HostFinding.Fine("interface", $"{card} is up")
            : HostFinding.Wrong("interface", $"{card} is {host.Text($"{at}/operstate")}", $"ip link set {card} up, and look at the cable");
        if (needs.XdpQueues is { } taken)
        {
            foreach (HostFinding finding in XdpChecks.Run(host, at, card, taken)) yield return finding;
        }

        if (needs.IsLoopback) yield break;
        yield return PathFilter(host, needs, card);
        yield return Node(host, needs, at, card);
        yield return Queues(host, needs, at, card);
        yield return Steering(host, needs, at, card);
        yield return Deferral(host, needs, at, card);
        yield return Drops(host, at, card);
    }

    /// <summary>RX queues of a card: those that are on.</summary>
    public static int QueuesOf(HostView host, string at) => host.Names($"{at}/queues").Count(name => name.StartsWith("rx-", StringComparison.Ordinal));

    private static HostFinding Buffer(HostView host, HostNeeds needs) => host.Number($"{Net}/core/rmem_max") is { } most && most < needs.ReceiveBufferBytes
        ? HostFinding.Worse("receive-buffer", $"sockets get {most} bytes at most, [feed] receive-buffer-bytes asks for {needs.ReceiveBufferBytes}", "without CAP_NET_ADMIN a stall of ours loses packets the sooner", $"sysctl -w net.core.rmem_max={needs.ReceiveBufferBytes}")
        : HostFinding.Fine("receive-buffer", "as large as [feed] receive-buffer-bytes asks for");

    private static HostFinding BusyPoll(HostView host, HostNeeds needs)
    {
        if (needs.BusyPollUs == 0) return HostFinding.Fine("busy-poll", "not asked for");
        return host.Number($"{Net}/core/busy_read") is { } most && most < needs.BusyPollUs
            ? HostFinding.Worse("busy-poll", $"the system allows {most} us, [feed] busy-poll-us asks for {needs.BusyPollUs}", "without CAP_NET_ADMIN the engine does not start", $"sysctl -w net.core.busy_read={needs.BusyPollUs} net.core.busy_poll={needs.BusyPollUs}")
            : HostFinding.Fine("busy-poll", $"{needs.BusyPollUs} us");
    }

    private static HostFinding Lost(HostView host)
    {
        // Two lines of each protocol: names, then values.
        string[][] udp = [.. host.Lines("proc/net/snmp").Where(line => line.StartsWith("Udp:", StringComparison.Ordinal)).Select(line => line.Split(' '))];
        int column = udp.Length == 2 ? Array.IndexOf(udp[0], "RcvbufErrors") : -1;
        long lost = column > 0 && column < udp[1].Length && long.TryParse(udp[1][column], NumberStyles.None, CultureInfo.InvariantCulture, out long errors) ? errors : 0;
        return lost == 0
            ? HostFinding.Fine("udp-losses", "no socket was ever full")
            : HostFinding.Worse("udp-losses", $"{lost} datagrams were lost to full sockets since the boot", "each one a gap that is asked for again", "raise [feed] receive-buffer-bytes, or find what stalls the feed's core");
    }

    private static HostFinding PathFilter(HostView host, HostNeeds needs, string card)
    {
        // The stricter of both counts.
        long filter = Math.Max(host.Number($"{Net}/ipv4/conf/all/rp_filter") ?? 0, host.Number($"{Net}/ipv4/conf/{card}/rp_filter") ?? 0);
        return needs.IsMulticast && filter == 1
            ? HostFinding.Worse("path-filter", $"{card} drops packets whose sender it would not answer by the same way", "a feed from another network is not heard", $"sysctl -w net.ipv4.conf.all.rp_filter=2 net.ipv4.conf.{card}.rp_filter=2")
            : HostFinding.Fine("path-filter", "does not touch the feed");
    }

    private static HostFinding Node(HostView host, HostNeeds needs, string at, string card)
    {
        if (host.Number($"{at}/device/numa_node") is not (>= 0 and var node)) return HostFinding.Fine("numa-nic", $"{card} belongs to no node");
        SortedSet<int> near = host.Cores($"sys/devices/system/node/node{node}/cpulist");
        int[] far = [.. needs.HotCores.Where(core => near.Count > 0 && !near.Contains(core))];
        return far.Length == 0
            ? HostFinding.Fine("numa-nic", $"{card} and all hot cores are on node {node}")
            : HostFinding.Worse("numa-nic", $"{card} is on node {node}, cores {HostView.ListOf(far)} are not", "100 to 200 ns for each packet's first touch", $"name cores of {HostView.ListOf(near)} in [threads], or move the card");
    }

    private static HostFinding Queues(HostView host, HostNeeds needs, string at, string card)
    {
        int queues = QueuesOf(host, at);
        string? shared = host.Names($"{at}/queues").FirstOrDefault(name => name.StartsWith("rx-", StringComparison.Ordinal) && needs.HotCores.Any(host.Mask($"{at}/queues/{name}/rps_cpus").Contains));
        return shared is null
            ? HostFinding.Fine("nic-queues", $"{card} has {queues} receive queues; deploy/host/check.sh reads their steering with ethtool")
            : HostFinding.Worse("nic-queues", $"packets of {card} {shared} are handed to hot cores (rps_cpus)", "an interrupt between cores, 2 to 10 us for each batch", $"echo 0 > /{at}/queues/{shared}/rps_cpus");
    }

    private static HostFinding Steering(HostView host, HostNeeds needs, string at, string card)
    {
        // Interrupts of the card lie in its device's folder.
        string[] hit = [.. host.Names($"{at}/device/msi_irqs").Where(irq => needs.HotCores.Any(host.Cores($"proc/irq/{irq}/smp_affinity_list").Contains))];
        return hit.Length == 0
            ? HostFinding.Fine("nic-irqs", $"interrupts of {card} stay off the hot cores")
            : HostFinding.Worse("nic-irqs", $"{hit.Length} interrupts of {card} may go to hot cores, such as {hit[0]}", "2 to 20 us for each batch of packets", $"deploy/host/apply.sh --nic {card}");
    }

    private static HostFinding Deferral(HostView host, HostNeeds needs, string at, string card)
    {
        if (!needs.PrefersBusyPoll) return HostFinding.Fine("irq-deferral", "not asked for");
        return host.Number($"{at}/napi_defer_hard_irqs") is > 0 && host.Number($"{at}/gro_flush_timeout") is > 0
            ? HostFinding.Fine("irq-deferral", $"{card} is silent while it is polled")
            : HostFinding.Worse("irq-deferral", $"{card} interrupts although [feed] busy-poll-prefer asks it not to", "2 to 20 us for each batch of packets", $"echo 2 > /{at}/napi_defer_hard_irqs; echo 200000 > /{at}/gro_flush_timeout");
    }

    private static HostFinding Drops(HostView host, string at, string card)
    {
        long missed = host.Number($"{at}/statistics/rx_missed_errors") ?? 0;
        return missed == 0
            ? HostFinding.Fine("nic-drops", $"{card} missed no packet")
            : HostFinding.Worse("nic-drops", $"{card} missed {missed} packets since the boot", "each one a gap that is asked for again", $"ethtool -G {card} rx with the most that ethtool -g {card} shows");
    }
}
