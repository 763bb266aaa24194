using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Files;

/// <summary>Who may change a file: its owner, and nobody else. Files that command are trusted only so.</summary>
public static unsafe partial class FileGuard
{
    private const int CurrentFolder = -100;
    private const uint BasicStatistics = 0x7FF;
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The user this process acts as.</summary>
    public static uint UserId => EffectiveUserId();

    /// <summary>Says why a file or folder cannot be trusted, with the command that mends it; null when it can, or is not there.</summary>
    /// <remarks>Trusted: owned by this process's user or by root, and not writable by group or others.</remarks>
    public static string? WhyUntrusted(string path)
    {
        if (!Path.Exists(path)) return null;
        if ((File.GetUnixFileMode(path) & OthersMayWrite) != 0) return $"others may write {path}, and whoever writes it commands the engine: run chmod go-w {path}";
        uint owner = OwnerOf(path);
        return owner == UserId || owner == 0 ? null : $"{path} belongs to user {owner}, and the engine runs as user {UserId}: run chown {UserId} {path}";
    }

    /// <summary>The user who owns a file or folder.</summary>
    /// <exception cref="IOException">It cannot be asked.</exception>
    public static uint OwnerOf(string path)
    {
        Statistics statistics;
        // SAFETY: the kernel writes one struct statx, 256 bytes, which is the local's size.
        if (Ask(CurrentFolder, path, 0, BasicStatistics, &statistics) != 0) throw new IOException($"cannot ask whose {path} is: errno {Marshal.GetLastPInvokeError()}");
        return statistics.UserId;
    }

    /// <summary>Gives a file that root has written to the owner of a folder, so that a service of that user can read it. For others than root it does nothing.</summary>
    public static void GiveToOwnerOf(string folder, string path)
    {
        if (UserId != 0) return;
        uint owner = OwnerOf(folder);
        if (owner != 0 && ChangeOwner(path, owner, uint.MaxValue) != 0) throw new IOException($"cannot give {path} to user {owner}: errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Ask(int folder, string path, int flags, uint mask, Statistics* statistics);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    // struct statx of the kernel, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statistics
    {
        [FieldOffset(20)] internal uint UserId;
    }
}
