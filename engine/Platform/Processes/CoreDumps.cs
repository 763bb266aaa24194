using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Processes;

/// <summary>Keeps this process's memory out of core dumps, and out of the sight of other processes of the same user.</summary>
/// <remarks>Source: prctl(2), PR_SET_DUMPABLE. Unlike a limit on the size of dumps it also holds where the system pipes them to a program.</remarks>
public static partial class CoreDumps
{
    private const int PR_SET_DUMPABLE = 4;

    /// <summary>From here on a crash writes no dump, and only root can attach a debugger.</summary>
    public static void Forbid() => _ = Control(PR_SET_DUMPABLE, 0, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);
}
