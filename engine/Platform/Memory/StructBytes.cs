using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Memory;

/// <summary>A struct of explicit layout as the bytes that reach the disk, little-endian like every machine this runs on.</summary>
public static class StructBytes
{
    /// <summary>The struct's own memory; writing to the span writes to the struct.</summary>
    public static Span<byte> Of<T>(ref T value) where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));

    /// <summary>Copies a struct out of bytes, whatever their alignment.</summary>
    /// <returns>False when the length is not the struct's.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, out T value) where T : unmanaged
    {
        value = default;
        if (bytes.Length != Of(ref value).Length) return false;
        value = MemoryMarshal.Read<T>(bytes);
        return true;
    }
}
