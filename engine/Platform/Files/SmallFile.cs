using System.Runtime.InteropServices;
using System.Text;

namespace MarketMaker.Platform.Files;

/// <summary>Reads a small file again and again without allocating: path and buffer are made once. Belongs to one thread.</summary>
public sealed unsafe partial class SmallFile
{
    private const int ReadOnlyClosedOnExec = 0x80000;

    private readonly byte[] _path;
    private readonly byte[] _content;

    /// <summary>Prepares the path and the buffer; the file need not be there.</summary>
    /// <param name="path">Which file.</param>
    /// <param name="bytesMax">What is behind so many bytes is not read.</param>
    public SmallFile(string path, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, 1);
        _path = Encoding.UTF8.GetBytes(path + '\0');
        _content = new byte[bytesMax];
    }

    /// <summary>Reads the file as it is now.</summary>
    /// <param name="content">The first bytes of it; overwritten by the next call.</param>
    /// <returns>False when there is none or it cannot be read.</returns>
    public bool TryRead(out ReadOnlySpan<byte> content)
    {
        content = default;
        int descriptor;
        // SAFETY: the path ends in a zero byte, put there by the constructor, and is pinned during the call.
        fixed (byte* path = _path) descriptor = Open(path, ReadOnlyClosedOnExec, 0);
        if (descriptor < 0) return false;
        nint count;
        // SAFETY: the kernel writes at most the array's length into the pinned array.
        fixed (byte* buffer = _content) count = Read(descriptor, buffer, (nuint)_content.Length);
        _ = Close(descriptor);
        if (count < 0) return false;
        content = _content.AsSpan(0, (int)count);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
