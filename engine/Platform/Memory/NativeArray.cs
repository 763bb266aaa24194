using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Memory;

/// <summary>Records in a row outside the managed heap, on huge pages where there are many. An access is one comparison and one load.</summary>
/// <remarks>For tables that the hot path looks into at random: the same array on the heap lies on small pages, and each look may miss the TLB.</remarks>
public sealed unsafe class NativeArray<T> : IDisposable where T : unmanaged
{
    private readonly NativeBuffer _memory;
    private readonly T* _items;

    /// <summary>Takes the memory, zeroed.</summary>
    /// <param name="length">Records; at least 1.</param>
    /// <param name="purpose">What for: named in the error.</param>
    /// <param name="prefault">Touch all of it now. False leaves what is never used without memory.</param>
    /// <exception cref="OutOfMemoryException">The system refused; the message names the purpose and the size.</exception>
    public NativeArray(int length, string purpose, bool prefault = true)
    {
        Length = length;
        _memory = new NativeBuffer((long)length * sizeof(T), purpose, prefault);
        _items = (T*)_memory.Pointer;
    }

    /// <summary>Records.</summary>
    public int Length { get; }

    /// <summary>A record.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of this number: a bug of ours, kept out of foreign memory.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length) Throw();
            // SAFETY: the index is inside; the memory lives as long as this object, which the caller holds.
            return ref _items[index];
        }
    }

    /// <summary>All records. Valid until <see cref="Dispose"/>.</summary>
    // SAFETY: the constructor took Length records.
    public Span<T> Span => new(_items, Length);

    /// <summary>Gives the memory back; no record may be used any more.</summary>
    public void Dispose() => _memory.Dispose();

    private static void Throw() => throw new ArgumentOutOfRangeException("index");
}
