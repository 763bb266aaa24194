using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Processes;

/// <summary>Sends signals to processes one has started oneself, by their process ids.</summary>
public static partial class ProcessSignal
{
    /// <summary>Asks a process to stop in order.</summary>
    public const int Terminate = 15;

    /// <summary>Ends a process at once.</summary>
    public const int Kill = 9;

    /// <summary>Takes a process off its cores until <see cref="Resume"/>.</summary>
    public const int Suspend = 19;

    /// <summary>Lets a suspended process go on.</summary>
    public const int Resume = 18;

    /// <summary>Sends one signal.</summary>
    /// <returns>False when there is no such process any more.</returns>
    public static bool Send(int processId, int signal)
    {
        // Zero and negative ids name whole groups of processes.
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        return NativeKill(processId, signal) == 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int NativeKill(int processId, int signal);
}
