using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Memory;

/// <summary>
/// Memory for tables that are looked into at random, side by side on huge pages: the core then translates one address for all of them. On small pages each look
/// may cost a walk through the page tables, which in a virtual machine takes longer than the memory itself, and which holds up a prefetch as well.
/// </summary>
/// <remarks>On the managed heap, pinned: a table keeps it alive. Given out once, by one thread, and touched here.</remarks>
public sealed unsafe partial class LineArena
{
    internal const int LineBytes = 64;

    private const int AdviseHugePage = 14;
    private const long HugePageBytes = 2 * 1024 * 1024;

    private readonly byte[] _bytes;
    private readonly nint _end;
    private nint _next;

    /// <summary>Takes the memory.</summary>
    /// <param name="bytes">How much; rounded up to whole huge pages.</param>
    public LineArena(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        nint whole = (nint)((bytes + HugePageBytes - 1) / HugePageBytes * HugePageBytes);
        _bytes = GC.AllocateArray<byte>(checked((int)(whole + HugePageBytes)), pinned: true);
        // SAFETY: the array is pinned, so what is true of its address now stays true; the range asked for lies inside it. A refusal only costs speed.
        byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        _next = -(nint)start & (nint)(HugePageBytes - 1);
        _end = _next + whole;
        _ = MemoryAdvise(start + _next, (nuint)whole, AdviseHugePage);
        for (nint at = _next; at < _end; at += Environment.SystemPageSize) start[at] = 0;
    }

    /// <summary>Gives out whole lines.</summary>
    /// <exception cref="InvalidOperationException">It was made too small.</exception>
    internal (byte[] Bytes, nint First) Take(long bytes)
    {
        nint first = _next;
        long lines = (bytes + LineBytes - 1) / LineBytes * LineBytes;
        if (lines > _end - first) throw new InvalidOperationException($"{_end - first:N0} bytes are left for tables, and {lines:N0} are asked for");
        _next += (nint)lines;
        return (_bytes, first);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* address, nuint bytes, int advice);
}
