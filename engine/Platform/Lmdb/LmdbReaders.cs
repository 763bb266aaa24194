using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Lmdb;

/// <summary>A reader that holds a snapshot.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Transaction">The transaction whose state it sees: no page freed since can be used again.</param>
public readonly record struct LmdbReader(int ProcessId, long Transaction);

/// <summary>Who holds a snapshot of an environment, in this and in other processes. Looking allocates nothing.</summary>
/// <remarks>LMDB tells of its readers in lines of text (mdb_reader_list): process, address of the transaction, and its number or a dash.</remarks>
public static unsafe class LmdbReaders
{
    /// <summary>Readers an environment has room for; LMDB's own default.</summary>
    public const int Max = 126;

    /// <summary>Lists the readers that hold a snapshot.</summary>
    /// <returns>How many were put into <paramref name="into"/>; what does not fit is left out.</returns>
    public static int List(LmdbEnvironment environment, Span<LmdbReader> into)
    {
        // SAFETY: the callback runs on this thread during the call only, while the span is pinned and the list on the stack.
        fixed (LmdbReader* readers = into)
        {
            Listing listing = new() { Readers = readers, Room = into.Length };
            int status = NativeLmdb.ReaderList(environment.Handle, &OnLine, &listing);
            Invariant.Check(status >= 0, "an open environment tells its readers");
            return listing.Count;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnLine(byte* text, void* context)
    {
        // SAFETY: LMDB passes a line that ends in a zero byte, and the list it was given.
        Listing* listing = (Listing*)context;
        ReadOnlySpan<byte> line = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        if (listing->Count < listing->Room && TryParse(line, out LmdbReader reader)) listing->Readers[listing->Count++] = reader;
        return 0;
    }

    // The heading and a reader between two snapshots have no number where a transaction should be.
    private static bool TryParse(ReadOnlySpan<byte> line, out LmdbReader reader)
    {
        reader = default;
        line = line.TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(line, out int processId, out int digits)) return false;
        line = line[digits..].TrimStart((byte)' ');
        int space = line.IndexOf((byte)' ');
        if (space < 0 || !Utf8Parser.TryParse(line[(space + 1)..], out long transaction, out _)) return false;
        reader = new LmdbReader(processId, transaction);
        return true;
    }

    private struct Listing
    {
        internal LmdbReader* Readers;
        internal int Room;
        internal int Count;
    }
}
