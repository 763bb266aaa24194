using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Memory;

/// <summary>Zeroed memory outside the managed heap, on pages of its own, for rings, caches and packet buffers. The maker frees it.</summary>
/// <remarks>From 2 MiB on it asks for huge pages (MADV_HUGEPAGE); with <c>prefault</c> every page is touched here, not on the hot path.</remarks>
public sealed unsafe partial class NativeBuffer : IDisposable
{
    private const int ProtReadWrite = 1 | 2;
    private const int MapPrivateAnonymous = 2 | 0x20;
    private const int MapHugePages = 0x40000;
    private const int AdviseHugePage = 14;
    private const long HugePageBytes = 2 * 1024 * 1024;

    private readonly byte* _mapping;
    private readonly nuint _mappedBytes;
    private bool _freed;

    /// <summary>Takes the memory.</summary>
    /// <param name="bytes">How much; at least 1.</param>
    /// <param name="purpose">What for: named in the error.</param>
    /// <param name="prefault">Touch every page now. False leaves untouched pages without memory, for tables that may stay empty.</param>
    /// <param name="reservedHugePages">Take the huge pages that the host reserved (vm.nr_hugepages), if there are enough.</param>
    /// <exception cref="OutOfMemoryException">The system refused; the message names the purpose and the size.</exception>
    public NativeBuffer(long bytes, string purpose, bool prefault = true, bool reservedHugePages = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        Bytes = bytes;
        if (reservedHugePages)
        {
            _mappedBytes = (nuint)((bytes + HugePageBytes - 1) / HugePageBytes * HugePageBytes);
            // SAFETY: an anonymous mapping is zeroed; failure is -1 and is checked before use. Reserved pages are had now or not at all.
            void* reserved = MemoryMap(null, _mappedBytes, ProtReadWrite, MapPrivateAnonymous | MapHugePages, -1, 0);
            if ((nint)reserved != -1)
            {
                Pointer = _mapping = (byte*)reserved;
                IsOnReservedHugePages = true;
                return;
            }
        }

        bool huge = bytes >= HugePageBytes && prefault;
        _mappedBytes = (nuint)(huge ? bytes + HugePageBytes : bytes);
        // SAFETY: an anonymous mapping is zeroed and page-aligned; failure is -1 and is checked before use.
        void* mapping = MemoryMap(null, _mappedBytes, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        if ((nint)mapping == -1) throw new OutOfMemoryException($"No {bytes:N0} bytes for {purpose}: free memory or make it smaller in the INI file.");
        _mapping = (byte*)mapping;
        Pointer = huge ? (byte*)(((nuint)mapping + (nuint)HugePageBytes - 1) & ~((nuint)HugePageBytes - 1)) : _mapping;
        // SAFETY: the aligned range lies inside the mapping, which is one huge page longer. A refusal only costs speed.
        if (huge) _ = MemoryAdvise(Pointer, (nuint)bytes, AdviseHugePage);
        if (!prefault) return;
        for (long offset = 0; offset < bytes; offset += Environment.SystemPageSize) Pointer[offset] = 0;
    }

    /// <summary>Whether it lies on huge pages that the host reserved; if not, the kernel was asked for transparent ones.</summary>
    public bool IsOnReservedHugePages { get; }

    /// <summary>Usable bytes.</summary>
    public long Bytes { get; }

    /// <summary>The first byte, aligned to a page or a huge page. Valid until <see cref="Dispose"/>.</summary>
    internal byte* Pointer { get; }

    /// <summary>The memory as a span; only for buffers below 2 GiB. Valid until <see cref="Dispose"/>.</summary>
    public Span<byte> Span => new(Pointer, checked((int)Bytes));

    /// <summary>The memory as records, as many as fit; only for buffers below 2 GiB. Valid until <see cref="Dispose"/>.</summary>
    public Span<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Span);

    /// <summary>Gives the memory back; spans taken from it must not be used any more.</summary>
    public void Dispose()
    {
        if (_freed) return;
        _freed = true;
        // SAFETY: the mapping was made by the constructor and is released once.
        _ = MemoryUnmap(_mapping, _mappedBytes);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases a buffer nobody disposed.</summary>
    ~NativeBuffer() => Dispose();

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* MemoryMap(void* address, nuint bytes, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(void* address, nuint bytes);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* address, nuint bytes, int advice);
}
