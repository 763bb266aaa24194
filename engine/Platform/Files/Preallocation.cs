using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Files;

/// <summary>What came of a wish for disk blocks.</summary>
public enum PreallocationResult
{
    /// <summary>The blocks are the file's own: a write into them needs no room any more.</summary>
    Done,

    /// <summary>The disk, a quota or the limit of a file's size does not allow it.</summary>
    NoRoom,

    /// <summary>The file system does not know the call.</summary>
    NotSupported,

    /// <summary>It failed in another way.</summary>
    Failed,
}

/// <summary>Takes disk blocks for a file before it is written, without changing its length (fallocate, KEEP_SIZE). Holes below its end are filled too.</summary>
/// <remarks>On a file system that copies on write (btrfs, zfs) blocks taken ahead are no promise; ext4, xfs and tmpfs keep it.</remarks>
public static partial class Preallocation
{
    private const int KeepSize = 1;
    private const int Interrupted = 4;
    private const int FileTooBig = 27;
    private const int NoSpace = 28;
    private const int NoSuchCall = 38;
    private const int NotKnownHere = 95;
    private const int QuotaUsedUp = 122;

    /// <summary>Takes the blocks of a range of an open file.</summary>
    public static PreallocationResult Take(int descriptor, long offset, long bytes)
    {
        while (NativeAllocate(descriptor, KeepSize, offset, bytes) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted: continue;
                case NoSpace or QuotaUsedUp or FileTooBig: return PreallocationResult.NoRoom;
                case NoSuchCall or NotKnownHere: return PreallocationResult.NotSupported;
                default: return PreallocationResult.Failed;
            }
        }

        return PreallocationResult.Done;
    }

    /// <summary>Takes the first blocks of a file, which is made when it is not there.</summary>
    public static PreallocationResult Take(string path, long bytes)
    {
        try
        {
            using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            return Take((int)file.SafeFileHandle.DangerousGetHandle(), 0, bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return PreallocationResult.Failed;
        }
    }

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int NativeAllocate(int descriptor, int mode, long offset, long bytes);
}
