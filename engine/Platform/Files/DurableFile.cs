using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Files;

/// <summary>Small files that are either there whole or not at all, also after a power cut.</summary>
public static partial class DurableFile
{
    private const int DirectoryFlag = 0x10000;

    /// <summary>Writes a temporary file, syncs it, renames it into place and syncs the folder.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="prepare">Called with the temporary file's path before the rename, to give it owner or mode.</param>
    /// <exception cref="IOException">Nothing is at <paramref name="path"/> then but what was there before.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, Action<string>? prepare = null)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        prepare?.Invoke(temporary);
        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Deletes a file and syncs the folder.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes the folder's names durable: a file that was created or renamed is found again.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, DirectoryFlag, 0);
        if (descriptor < 0) throw new IOException($"cannot open the folder {folder} to sync it: errno {Marshal.GetLastPInvokeError()}");
        int synced = Sync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (synced != 0) throw new IOException($"cannot sync the folder {folder}: errno {error}");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
