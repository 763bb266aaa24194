using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace MarketMaker.Platform.Threads;

/// <summary>A set of cores, as wide as glibc's cpu_set_t: 1,024 bits. A one-word mask would wrap past core 63.</summary>
[InlineArray(Words)]
internal struct CoreMask : IEquatable<CoreMask>
{
    private const int BitsPerWord = 64;
    private const int Words = 16;

    /// <summary>Cores the mask can name: 0 to this, exclusive.</summary>
    public const int CoresMax = Words * BitsPerWord;

    private ulong _first;

    /// <summary>One core alone.</summary>
    public static CoreMask Of(int core)
    {
        CoreMask mask = default;
        mask[core / BitsPerWord] = 1UL << (core % BitsPerWord);
        return mask;
    }

    /// <summary>The cores of this set that are not among others.</summary>
    public readonly CoreMask Without(IReadOnlyList<int> cores)
    {
        CoreMask rest = this;
        foreach (int core in cores)
        {
            if (core is >= 0 and < CoresMax) rest[core / BitsPerWord] &= ~(1UL << (core % BitsPerWord));
        }

        return rest;
    }

    /// <summary>How many cores.</summary>
    public readonly int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in this) count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>Whether a core is in the set; false for a number beyond the mask.</summary>
    public readonly bool Contains(int core) =>
        core is >= 0 and < CoresMax && (this[core / BitsPerWord] >> (core % BitsPerWord) & 1) != 0;

    /// <inheritdoc/>
    public readonly bool Equals(CoreMask other)
    {
        ReadOnlySpan<ulong> mine = this;
        ReadOnlySpan<ulong> theirs = other;
        return mine.SequenceEqual(theirs);
    }

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is CoreMask other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(this[0], this[1], Count);

    /// <summary>As Linux writes it: <c>0-3,8</c>.</summary>
    public override readonly string ToString()
    {
        StringBuilder text = new();
        for (int core = 0; core < CoresMax; core++)
        {
            if (!Contains(core) || Contains(core - 1)) continue;
            int last = core;
            while (Contains(last + 1)) last++;
            if (text.Length > 0) text.Append(',');
            text.Append(core);
            if (last > core) text.Append('-').Append(last);
        }

        return text.ToString();
    }
}
