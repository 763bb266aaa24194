namespace MarketMaker.Host.Doctor;

/// <summary>Memory: no page that moves, goes to disk or lies on the other socket; and no dump that holds a password.</summary>
internal static class MemoryChecks
{
    private const long LockedMin = 256L << 20;
    private const long FilesMin = 1_024;

    public static IEnumerable<HostFinding> Run(HostView host, HostNeeds needs)
    {
        yield return HugePages(host);
        yield return Defragmentation(host);
        yield return Explicit(host);
        yield return host.Number("sys/kernel/mm/ksm/run") is not 1
            ? HostFinding.Fine("ksm", "pages are not merged")
            : HostFinding.Worse("ksm", "the kernel merges equal pages", "a write to a merged page is copied first: some us", "echo 0 > /sys/kernel/mm/ksm/run");
        yield return Nodes(host, needs);
        yield return host.Number("proc/sys/kernel/numa_balancing") is not > 0
            ? HostFinding.Fine("numa-balancing", "pages stay where they are")
            : HostFinding.Worse("numa-balancing", "the kernel moves pages between the nodes", "a fault of 1 to 20 us for each page it looks at", "sysctl -w kernel.numa_balancing=0");
        yield return host.Number("proc/sys/vm/zone_reclaim_mode") is not > 0
            ? HostFinding.Fine("zone-reclaim", "off")
            : HostFinding.Worse("zone-reclaim", "a full node frees pages before it asks the other one", "pauses of ms when memory is full", "sysctl -w vm.zone_reclaim_mode=0");
        yield return Swap(host);
        yield return Locked(host);
        yield return host.Limit("Max open files", out bool isKnown) is { } files && files < FilesMin && isKnown
            ? HostFinding.Wrong("open-files", $"{files} files may be open", $"ulimit -n {FilesMin}, or LimitNOFILE={FilesMin} in the unit")
            : HostFinding.Fine("open-files", "enough may be open");
        yield return host.Limit("Max core file size", out isKnown) is 0 || !isKnown
            ? HostFinding.Fine("core-dumps", "a crash writes no dump")
            : HostFinding.Worse("core-dumps", "a crash would write a dump of the memory", "the venue's password is in it", "ulimit -c 0, or LimitCORE=0 in the unit");
    }

    private static HostFinding HugePages(HostView host) => host.Chosen("sys/kernel/mm/transparent_hugepage/enabled") switch
    {
        null => HostFinding.Worse("huge-pages", "this kernel has no transparent huge pages", "more misses of the address cache: up to 10 % of the hot path", "boot a kernel with CONFIG_TRANSPARENT_HUGEPAGE"),
        "never" => HostFinding.Worse("huge-pages", "never: rings and tables get small pages", "more misses of the address cache: up to 10 % of the hot path", "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"),
        "always" => HostFinding.Worse("huge-pages", "always: the kernel gathers huge pages for every process", "pauses of some 100 us while it does", "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"),
        string chosen => HostFinding.Fine("huge-pages", $"{chosen}: who asks gets them"),
    };

    private static HostFinding Defragmentation(HostView host) => host.Chosen("sys/kernel/mm/transparent_hugepage/defrag") is not "always"
        ? HostFinding.Fine("compaction", "memory is gathered for those who ask, not for all")
        : HostFinding.Worse("compaction", "a fault may wait until memory is gathered", "pauses of 0.1 to 10 ms at a first touch", "echo madvise > /sys/kernel/mm/transparent_hugepage/defrag");

    private static HostFinding Explicit(HostView host)
    {
        // Nothing of ours asks for reserved huge pages; memory that is reserved for nobody is missing elsewhere.
        string[] lines = host.Lines("proc/meminfo");
        long pages = Field("HugePages_Total:"), free = Field("HugePages_Free:");
        return pages == 0 || free < pages
            ? HostFinding.Fine("reserved-pages", pages == 0 ? "none are reserved, and the engine asks for none" : $"{pages - free} of {pages} reserved huge pages are in use")
            : HostFinding.Worse("reserved-pages", $"{pages} huge pages are reserved and nobody uses them", "that memory is missing for the page cache of the journal", "sysctl -w vm.nr_hugepages=0");

        long Field(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line && long.TryParse(line[name.Length..].Trim(), out long value) ? value : 0;
    }

    private static HostFinding Nodes(HostView host, HostNeeds needs)
    {
        string[] nodes = [.. host.Names("sys/devices/system/node").Where(name => name.StartsWith("node", StringComparison.Ordinal))];
        string[] used = [.. nodes.Where(node => needs.HotCores.Any(host.Cores($"sys/devices/system/node/{node}/cpulist").Contains))];
        return used.Length < 2
            ? HostFinding.Fine("numa-cores", nodes.Length < 2 ? "one memory node" : $"all hot cores on {(used.Length == 0 ? "no node" : used[0])}")
            : HostFinding.Worse("numa-cores", $"hot cores lie on {string.Join(" and ", used)}", "each hand-over between them 100 to 200 ns longer", "name cores of one node in [threads]");
    }

    private static HostFinding Swap(HostView host)
    {
        int areas = host.Lines("proc/swaps").Count(line => line.Length > 0) - 1;
        return areas <= 0
            ? HostFinding.Fine("swap", "none")
            : HostFinding.Worse("swap", $"{areas} areas to swap to", "a page of ours that was put there takes ms to come back", "swapoff -a, and take them out of /etc/fstab");
    }

    private static HostFinding Locked(HostView host) => host.Limit("Max locked memory", out bool isKnown) is { } bytes && bytes < LockedMin && isKnown
        ? HostFinding.Worse("memlock", $"{bytes >> 20} MiB may be locked", "AF_XDP and locked rings have no room; kernel sockets need none", "ulimit -l unlimited, or LimitMEMLOCK=infinity in the unit")
        : HostFinding.Fine("memlock", "enough may be locked");
}
