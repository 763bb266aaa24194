using System.Runtime.InteropServices;
using System.Text;

namespace MarketMaker.Platform.Files;

/// <summary>How full the file system of a folder is (statvfs). Asking allocates nothing.</summary>
public sealed unsafe partial class DiskSpace
{
    private readonly byte[] _folder;

    /// <summary>Prepares to ask about a folder.</summary>
    public DiskSpace(string folder) => _folder = Encoding.UTF8.GetBytes(Path.GetFullPath(folder) + '\0');

    /// <summary>Asks.</summary>
    /// <param name="usedBytes">Bytes in use, by anyone.</param>
    /// <param name="freeBytes">Bytes this process may still write: without what is kept for root.</param>
    /// <returns>False when the file system does not answer, or has no size, as ramfs has none; both are 0 then.</returns>
    public bool TryRead(out long usedBytes, out long freeBytes)
    {
        FileSystemStatistics statistics;
        // SAFETY: the pinned path ends in a zero byte, and the struct is glibc's statvfs of x86-64, 112 bytes.
        fixed (byte* folder = _folder)
        {
            if (Ask(folder, &statistics) != 0 || statistics.Blocks == 0)
            {
                usedBytes = freeBytes = 0;
                return false;
            }
        }

        long unit = (long)statistics.FragmentBytes;
        usedBytes = (long)(statistics.Blocks - statistics.FreeBlocks) * unit;
        freeBytes = (long)statistics.AvailableBlocks * unit;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "statvfs")]
    private static partial int Ask(byte* path, FileSystemStatistics* statistics);

    [StructLayout(LayoutKind.Sequential, Size = 112)]
    private struct FileSystemStatistics
    {
        internal ulong BlockBytes;
        internal ulong FragmentBytes;
        internal ulong Blocks;
        internal ulong FreeBlocks;
        internal ulong AvailableBlocks;
    }
}
