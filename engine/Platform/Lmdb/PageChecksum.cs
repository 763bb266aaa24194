using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Lmdb;

/// <summary>
/// XxHash3 of a page in its last 8 bytes: written by LMDB with every page it flushes, compared by <see cref="LmdbPageCheck"/>. LMDB itself
/// compares only in a mode that maps the file in pieces, which the engine does not use.
/// </summary>
internal static unsafe class PageChecksum
{
    internal const int Bytes = sizeof(ulong);

    /// <summary>LMDB notes the checksum's size in the last two bytes of page 0.</summary>
    private const int NoteBytes = sizeof(ushort);

    /// <summary>Whether the pages of a file carry checksums; a new file's will.</summary>
    /// <exception cref="LmdbException">The note in the file is neither of the two it may be.</exception>
    internal static bool IsUsedBy(string dataFile)
    {
        if (!File.Exists(dataFile)) return true;
        using FileStream file = new(dataFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length == 0) return true;
        Span<byte> note = stackalloc byte[NoteBytes];
        file.Position = Environment.SystemPageSize - NoteBytes;
        if (file.ReadAtLeast(note, NoteBytes, throwOnEndOfStream: false) != NoteBytes) return false;
        ushort bytes = BinaryPrimitives.ReadUInt16LittleEndian(note);
        if (bytes is not (0 or Bytes)) throw new LmdbException($"page 0 of {dataFile} is damaged: it names checksums of {bytes} bytes", LmdbStatus.Corrupted);
        return bytes == Bytes;
    }

    /// <summary>Has LMDB write checksums. Before the environment is opened.</summary>
    internal static void Use(nint environment) =>
        // SAFETY: the function has the signature MDB_sum_func and lives as long as the process.
        LmdbException.ThrowUnlessSuccess(NativeLmdb.EnvironmentSetChecksum(environment, &Sum, Bytes), "setting the page checksum");

    internal static bool IsRight(ReadOnlySpan<byte> page) =>
        BinaryPrimitives.ReadUInt64LittleEndian(page[^Bytes..]) == XxHash3.HashToUInt64(page[..^Bytes]);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Sum(NativeLmdb.Value* page, NativeLmdb.Value* sum, NativeLmdb.Value* key)
    {
        // SAFETY: LMDB hands over a page without its last 8 bytes, and those; both live during the call. It runs inside a commit on the journal's thread.
        ulong hash = XxHash3.HashToUInt64(new ReadOnlySpan<byte>(page->Data, checked((int)page->Size)));
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(sum->Data, Bytes), hash);
    }
}
