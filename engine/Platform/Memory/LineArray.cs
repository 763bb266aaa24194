using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Memory;

/// <summary>Records in a row on the managed heap, the first at the start of a cache line: a record of 64 bytes is one line, where an array's would lie across two.</summary>
/// <remarks>For tables that the hot path looks into at random. Never moved.</remarks>
public readonly unsafe struct LineArray<T> where T : unmanaged
{
    private readonly byte[] _bytes;
    private readonly nint _first;

    /// <summary>Takes the memory, zeroed.</summary>
    /// <param name="length">Records; at least 1.</param>
    /// <param name="arena">Where it lies beside other tables; null: by itself, on small pages.</param>
    public LineArray(int length, LineArena? arena = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        if (arena is not null)
        {
            (_bytes, _first) = arena.Take((long)length * sizeof(T));
            return;
        }

        _bytes = GC.AllocateArray<byte>(checked(length * sizeof(T) + LineArena.LineBytes - 1), pinned: true);
        // SAFETY: the array is pinned, so what is true of its address now stays true.
        _first = -(nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes)) & (LineArena.LineBytes - 1);
    }

    /// <summary>Records.</summary>
    public int Length { get; }

    /// <summary>A record.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of this number.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length) Throw();
            // SAFETY: the index is inside, and the constructor took Length records behind the first line's start. The reference keeps the array alive.
            return ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _first + (nint)index * sizeof(T)));
        }
    }

    /// <summary>Asks for a record that will be used soon, which must not be longer than a line. Changes nothing but time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int index) => Prefetch.Line(ref this[index]);

    /// <summary>All records.</summary>
    // SAFETY: as above.
    public Span<T> Span => MemoryMarshal.CreateSpan(ref this[0], Length);

    private static void Throw() => throw new ArgumentOutOfRangeException("index");
}
