using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MarketMaker.Platform.Memory;

/// <summary>Asks for memory that will be used soon. Changes nothing but time: a table looked into at random would otherwise stop the core at each look.</summary>
public static unsafe class Prefetch
{
    /// <summary>Asks for the cache line that an item begins on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref readonly T item) where T : unmanaged
    {
        // SAFETY: the address is only a hint: it is never read here, may be stale after the collector moved the item, and faults never.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in item)));
    }

    /// <summary>Asks for the cache lines that an item of at most 64 bytes lies on: one, or two where an array is not aligned to lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Item<T>(ref readonly T item) where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        // SAFETY: the address is only a hint: it is never read here, may be stale after the collector moved the item, and faults never.
        byte* address = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in item));
        Sse.Prefetch0(address);
        if (sizeof(T) > sizeof(long)) Sse.Prefetch0(address + sizeof(T) - 1);
    }
}
