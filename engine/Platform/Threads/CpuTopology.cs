using System.Globalization;

namespace MarketMaker.Platform.Threads;

/// <summary>Which cores this process may use, and whether a configured one is among them.</summary>
public static class CpuTopology
{
    /// <summary>Marks a thread that the scheduler may move about.</summary>
    public const int Unpinned = -1;

    /// <summary>
    /// The cores the scheduler gives to this process by itself, as Linux writes them (<c>0-3,8</c>). Isolated cores are not
    /// among them, yet a thread may be pinned there.
    /// </summary>
    public static string AvailableCores => ThreadCalls.GetAffinity(Environment.ProcessId).ToString();

    /// <summary>Whether a thread can be pinned to a core; found out by pinning the caller for a moment. Null when it can.</summary>
    /// <returns>A sentence that names the remedy.</returns>
    public static string? WhyUnusable(int core)
    {
        if (core == Unpinned) return null;
        CoreMask before = ThreadCalls.GetAffinity();
        string? why = TryPin(core);
        if (!ThreadCalls.TrySetAffinity(before)) return why ?? "The cores of this thread cannot be set back.";
        return why;
    }

    /// <summary>
    /// Keeps every thread that the process has now off some cores, and with them those that they start. A thread that is pinned later is not bound by it.
    /// Where no other core is left, all stay where they are.
    /// </summary>
    /// <param name="cores">Cores of the threads that are to be alone there.</param>
    /// <returns>The cores left to the others; null: none were named, or none are left.</returns>
    public static string? KeepOff(IReadOnlyList<int> cores)
    {
        if (cores.Count == 0) return null;
        CoreMask rest = ThreadCalls.GetAffinity(Environment.ProcessId).Without(cores);
        if (rest.Count == 0) return null;
        // A thread that ends meanwhile is refused, and needs nothing.
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task")) _ = ThreadCalls.TrySetAffinity(rest, int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture));
        return rest.ToString();
    }

    /// <summary>Pins the calling thread to one core and reads the mask back. Null when it holds.</summary>
    public static string? TryPin(int core)
    {
        if (core is < 0 or >= CoreMask.CoresMax)
            return $"Core {core} does not exist: cores are 0 to {CoreMask.CoresMax - 1}, or {Unpinned} for a thread that is not pinned.";
        CoreMask wanted = CoreMask.Of(core);
        if (ThreadCalls.TrySetAffinity(wanted) && ThreadCalls.GetAffinity().Equals(wanted)) return null;
        return $"Core {core} cannot be used: this process may use {AvailableCores}. "
            + $"Name one of these in the INI file (or {Unpinned} for none), or give the process the core (taskset, cgroup cpuset).";
    }
}
