using System.Runtime.InteropServices;
using System.Text;

namespace MarketMaker.Platform.Files;

/// <summary>Writes one file again and again, each time whole or not at all, without allocating: paths are made once. Belongs to one thread.</summary>
/// <remarks>
/// As <see cref="DurableFile"/>: a temporary file, synced, renamed into place, the folder synced. A fault is a value, not an exception; what comes after one does
/// nothing, so that it is enough to look at what <see cref="TryReplace"/> returns.
/// </remarks>
public sealed unsafe partial class WholeFileWriter
{
    private const int WriteOnlyCreateTruncateClosedOnExec = 0x80241;
    private const int FolderClosedOnExec = 0x90000;
    private const uint OwnerOnly = 0x180;

    private readonly byte[] _path;
    private readonly byte[] _temporary;
    private readonly byte[] _folder;
    private int _descriptor = -1;
    private int _error;

    /// <summary>Prepares the paths; nothing is written yet.</summary>
    public WholeFileWriter(string path)
    {
        string full = Path.GetFullPath(path);
        _path = Encoding.UTF8.GetBytes(full + '\0');
        _temporary = Encoding.UTF8.GetBytes($"{full}.tmp\0");
        _folder = Encoding.UTF8.GetBytes(Path.GetDirectoryName(full)! + '\0');
    }

    /// <summary>Begins new content; the file stays what it is, and content begun before is forgotten.</summary>
    public void Begin()
    {
        CloseTemporary();
        _descriptor = OpenAt(_temporary, WriteOnlyCreateTruncateClosedOnExec);
        _error = _descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Writes the next part of it.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        // SAFETY: the kernel reads at most what is left of the pinned span.
        fixed (byte* start = content)
        {
            for (int done = 0; _error == 0 && done < content.Length;)
            {
                nint count = Write(_descriptor, start + done, (nuint)(content.Length - done));
                if (count < 0) _error = Marshal.GetLastPInvokeError();
                else done += (int)count;
            }
        }
    }

    /// <summary>Replaces the file by what was written since <see cref="Begin"/>.</summary>
    /// <returns>0, or the errno of what failed first; then the file is what it was before.</returns>
    public int TryReplace()
    {
        if (_error == 0 && Sync(_descriptor) != 0) _error = Marshal.GetLastPInvokeError();
        CloseTemporary();
        if (_error != 0) return _error;
        // SAFETY: both paths end in a zero byte, put there by the constructor, and are pinned during the call.
        fixed (byte* from = _temporary, to = _path)
        {
            if (Rename(from, to) != 0) return Marshal.GetLastPInvokeError();
        }

        return SyncFolder();
    }

    private void CloseTemporary()
    {
        if (_descriptor >= 0) _ = Close(_descriptor);
        _descriptor = -1;
    }

    private int SyncFolder()
    {
        int descriptor = OpenAt(_folder, FolderClosedOnExec);
        if (descriptor < 0) return Marshal.GetLastPInvokeError();
        int error = Sync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        return error;
    }

    private static int OpenAt(byte[] path, int flags)
    {
        // SAFETY: the path ends in a zero byte and is pinned during the call.
        fixed (byte* start = path) return Open(start, flags, OwnerOnly);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(byte* from, byte* to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
