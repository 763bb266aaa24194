namespace MarketMaker.Host.Doctor;

/// <summary>The cores of the hot stages: there, alone, awake, and not disturbed by the kernel's own work.</summary>
internal static class CoreChecks
{
    private const string Cpu = "sys/devices/system/cpu";
    private const string Boot = "deploy/host/apply.sh --boot CORES, then reboot";
    private const int WakeUsMax = 10;

    public static IEnumerable<HostFinding> Run(HostView host, HostNeeds needs)
    {
        yield return Instructions(host);
        SortedSet<int> online = host.Cores($"{Cpu}/online");
        int[] missing = [.. needs.HotCores.Where(core => !online.Contains(core))];
        if (missing.Length > 0)
        {
            yield return HostFinding.Wrong("cores-online", $"cores {HostView.ListOf(missing)} of hot stages are not online ({HostView.ListOf(online)} are)", $"echo 1 > /{Cpu}/cpu{missing[0]}/online, or correct [threads]");
            yield break;
        }

        yield return HostFinding.Fine("cores-online", needs.HotCores.Count == 0 ? "no stage is pinned" : $"hot stages on cores {HostView.ListOf(needs.HotCores)} of {online.Count}");
        yield return needs.Spins && needs.HotCores.Count >= online.Count
            ? HostFinding.Worse("core-to-spare", $"hot stages spin on all {online.Count} cores", "kernel, journal and shipper wait for a time slice: pauses of 1 to 10 ms", "leave a core free in [threads], or write wait = yield")
            : HostFinding.Fine("core-to-spare", $"{online.Count - needs.HotCores.Count} cores are left to the rest");
        if (needs.HotCores.Count == 0) yield break;
        yield return Listed(needs, "isolation", host.Cores($"{Cpu}/isolated"), "are isolated", "isolcpus", "other processes run there too: pauses of 1 to 4 ms");
        yield return Listed(needs, "tickless", host.Cores($"{Cpu}/nohz_full"), "run without the timer tick", "nohz_full", "250 to 1000 interruptions of 1 to 5 us a second");
        yield return Callbacks(host, needs);
        yield return Affinity(host, needs);
        yield return Interrupts(host, needs);
        yield return Governor(host, needs);
        yield return Sleep(host, needs);
        yield return Siblings(host, needs, online);
        yield return Watchdog(host);
        yield return Throttled(host, needs);
    }

    private static HostFinding Instructions(HostView host)
    {
        string[] flags = (host.Lines("proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? "").Split(' ');
        return flags.Contains("avx2")
            ? HostFinding.Fine("instructions", "the processor has AVX2")
            : HostFinding.Wrong("instructions", "the processor lacks AVX2, which the programs are compiled for", "run on another host, or give the virtual machine the host's processor model");
    }

    private static HostFinding Listed(HostNeeds needs, string check, SortedSet<int> cores, string what, string parameter, string cost)
    {
        int[] not = [.. needs.HotCores.Where(core => !cores.Contains(core))];
        return not.Length == 0
            ? HostFinding.Fine(check, $"all hot cores {what}")
            : HostFinding.Worse(check, $"cores {HostView.ListOf(not)} are not in {parameter}", cost, Boot);
    }

    private static HostFinding Callbacks(HostView host, HostNeeds needs)
    {
        // Tickless cores have their callbacks taken away without being asked.
        SortedSet<int> without = host.Cores($"{Cpu}/nohz_full");
        string list = host.BootParameter("rcu_nocbs") ?? "";
        HostView.Parse(list, without);
        int[] not = [.. needs.HotCores.Where(core => list != "all" && !without.Contains(core))];
        return not.Length == 0
            ? HostFinding.Fine("rcu-callbacks", "hot cores run no RCU callbacks")
            : HostFinding.Worse("rcu-callbacks", $"cores {HostView.ListOf(not)} are not in rcu_nocbs", "the kernel's deferred work runs there: 10 to 100 us now and then", Boot);
    }

    private static HostFinding Affinity(HostView host, HostNeeds needs)
    {
        SortedSet<int> mask = host.Mask("proc/irq/default_smp_affinity");
        int[] hit = [.. needs.HotCores.Where(mask.Contains)];
        return hit.Length == 0
            ? HostFinding.Fine("irq-default", "new interrupts go to cold cores")
            : HostFinding.Worse("irq-default", $"new interrupts may go to cores {HostView.ListOf(hit)}", "a device that comes up interrupts a hot stage: 2 to 20 us each", "deploy/host/apply.sh --irqs CORES, and irqaffinity= at boot");
    }

    private static HostFinding Interrupts(HostView host, HostNeeds needs)
    {
        string[] hit = [.. host.Names("proc/irq").Where(name => name.All(char.IsAsciiDigit) && needs.HotCores.Any(host.Cores($"proc/irq/{name}/effective_affinity_list").Contains))];
        return hit.Length == 0
            ? HostFinding.Fine("irq-steering", "no device interrupts a hot core")
            : HostFinding.Worse("irq-steering", $"{hit.Length} interrupts go to hot cores, such as {hit[0]}", "2 to 20 us each time one comes", "deploy/host/apply.sh --irqs CORES");
    }

    private static HostFinding Governor(HostView host, HostNeeds needs)
    {
        foreach (int core in needs.HotCores)
        {
            string? governor = host.Text($"{Cpu}/cpu{core}/cpufreq/scaling_governor");
            if (governor is null or "performance") continue;
            return HostFinding.Worse("governor", $"core {core} has the governor {governor}", "it runs slowly after each pause, up to half speed for some ms", $"echo performance > /{Cpu}/cpu{core}/cpufreq/scaling_governor");
        }

        return HostFinding.Fine("governor", host.Exists($"{Cpu}/cpu{needs.HotCores[0]}/cpufreq") ? "performance" : "the hypervisor or firmware decides, nothing to set");
    }

    private static HostFinding Sleep(HostView host, HostNeeds needs)
    {
        foreach (int core in needs.HotCores)
        {
            string states = $"{Cpu}/cpu{core}/cpuidle";
            foreach (string state in host.Names(states))
            {
                if (host.Number($"{states}/{state}/latency") is not > WakeUsMax || host.Number($"{states}/{state}/disable") is not 0) continue;
                return HostFinding.Worse("c-states", $"core {core} may sleep as deep as {host.Text($"{states}/{state}/name")}", $"{host.Number($"{states}/{state}/latency")} us to wake", $"echo 1 > /{states}/{state}/disable");
            }
        }

        return HostFinding.Fine("c-states", host.Exists($"{Cpu}/cpu{needs.HotCores[0]}/cpuidle") ? $"nothing deeper than {WakeUsMax} us" : "the hypervisor decides, nothing to set");
    }

    private static HostFinding Siblings(HostView host, HostNeeds needs, SortedSet<int> online)
    {
        foreach (int core in needs.HotCores)
        {
            int[] others = [.. host.Cores($"{Cpu}/cpu{core}/topology/thread_siblings_list").Where(other => other != core && online.Contains(other))];
            if (others.Length == 0) continue;
            return HostFinding.Worse("smt-siblings", $"core {core} shares its pipeline with {HostView.ListOf(others)}", "20 to 50 % of its speed while the other one works", $"echo 0 > /{Cpu}/cpu{others[0]}/online");
        }

        return HostFinding.Fine("smt-siblings", "hot cores share their pipelines with nobody");
    }

    private static HostFinding Watchdog(HostView host) => host.Number("proc/sys/kernel/nmi_watchdog") is not > 0
        ? HostFinding.Fine("nmi-watchdog", "off")
        : HostFinding.Worse("nmi-watchdog", "the kernel's hard-lockup watchdog is on", "an interrupt of some us every few seconds on each busy core", "sysctl -w kernel.nmi_watchdog=0");

    private static HostFinding Throttled(HostView host, HostNeeds needs)
    {
        int hot = needs.HotCores.FirstOrDefault(core => host.Number($"{Cpu}/cpu{core}/thermal_throttle/core_throttle_count") > 0, -1);
        return hot < 0
            ? HostFinding.Fine("heat", "no hot core was throttled")
            : HostFinding.Worse("heat", $"core {hot} was throttled for its heat {host.Number($"{Cpu}/cpu{hot}/thermal_throttle/core_throttle_count")} times since the boot", "half speed while it lasts", "look at fans and cooling, or allow less turbo");
    }
}
