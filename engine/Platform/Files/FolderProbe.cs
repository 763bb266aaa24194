using System.Runtime.InteropServices;
using System.Text;

namespace MarketMaker.Platform.Files;

/// <summary>Looks whether a folder holds files of a certain name. Looking allocates no managed memory.</summary>
public sealed unsafe partial class FolderProbe
{
    private const int NameOffset = 19; // struct dirent of glibc, x86-64
    private const ulong HashSeed = 14_695_981_039_346_656_037;
    private const ulong HashPrime = 1_099_511_628_211;

    private readonly byte[] _folder;
    private readonly byte[] _prefix;
    private readonly byte[] _suffix;

    /// <summary>Prepares to look for names that begin and end in a certain way.</summary>
    public FolderProbe(string folder, string prefix, string suffix)
    {
        _folder = Encoding.UTF8.GetBytes(Path.GetFullPath(folder) + '\0');
        (_prefix, _suffix) = (Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(suffix));
    }

    /// <summary>A number that stands for the set of such names: 0 when there is none, or when the folder cannot be read.</summary>
    public ulong Look()
    {
        ulong names = 0;
        // SAFETY: the pinned path ends in a zero byte; an entry lives until the next is read, and its name ends in a zero byte.
        fixed (byte* folder = _folder)
        {
            nint stream = OpenFolder(folder);
            if (stream == 0) return 0;
            for (byte* entry = ReadEntry(stream); entry != null; entry = ReadEntry(stream))
            {
                ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset);
                // A sum does not depend on the order, which is the file system's.
                if (name.StartsWith(_prefix) && name.EndsWith(_suffix)) names += HashOf(name) | 1;
            }

            _ = CloseFolder(stream);
        }

        return names;
    }

    private static ulong HashOf(ReadOnlySpan<byte> name)
    {
        ulong hash = HashSeed;
        foreach (byte letter in name) hash = (hash ^ letter) * HashPrime;
        return hash;
    }

    [LibraryImport("libc", EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial byte* ReadEntry(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);
}
