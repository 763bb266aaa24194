using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Threads;

/// <summary>The scheduler's system calls. Thread number 0 always means the calling thread.</summary>
internal static unsafe partial class ThreadCalls
{
    private const int SetTimerSlack = 29;
    private const int ClockMonotonic = 1;

    /// <summary>Sets where a thread may run; <paramref name="threadId"/> 0 is the caller. False when the system refused.</summary>
    public static bool TrySetAffinity(in CoreMask mask, int threadId = 0)
    {
        // SAFETY: the kernel reads sizeof(CoreMask) bytes, which is what the pointer covers for the length of the call.
        fixed (CoreMask* pointer = &mask) return SchedulerSetAffinity(threadId, (nuint)sizeof(CoreMask), pointer) == 0;
    }

    /// <summary>Reads where a thread may run; <paramref name="threadId"/> 0 is the caller.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has more cores than the mask has bits.</exception>
    public static CoreMask GetAffinity(int threadId = 0)
    {
        CoreMask mask = default;
        // SAFETY: the kernel writes at most sizeof(CoreMask) bytes to a local of that size; the rest stays zero.
        int result = SchedulerGetAffinity(threadId, (nuint)sizeof(CoreMask), &mask);
        if (result >= 0) return mask;
        string why = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        throw new PlatformNotSupportedException($"The cores of this host cannot be read: {why}.");
    }

    /// <summary>The kernel's number of the calling thread.</summary>
    public static int CurrentThreadId => GetThreadId();

    /// <summary>Sleeps; a signal may end it early, which is only one more look for work.</summary>
    public static void Sleep(int ns)
    {
        TimeSpec request = new() { Seconds = ns / 1_000_000_000, Nanoseconds = ns % 1_000_000_000 };
        // SAFETY: the request is a local; no remainder is asked for.
        _ = ClockNanosleep(ClockMonotonic, 0, &request, null);
    }

    /// <summary>Asks the kernel to wake the calling thread on time; by default it may be 50 us late to save power.</summary>
    public static void WakeOnTime() => _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SchedulerSetAffinity(int threadId, nuint maskBytes, CoreMask* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int SchedulerGetAffinity(int threadId, nuint maskBytes, CoreMask* mask);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, TimeSpec* request, TimeSpec* remainder);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
