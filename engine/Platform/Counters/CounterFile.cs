using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Files;

namespace MarketMaker.Platform.Counters;

/// <summary>
/// All counters and histograms of the engine in one mapped file: the stages write without locks, other processes read.
/// Each stage is the only writer of its block of counters.
/// </summary>
/// <remarks>Layout, version 3: 4,096 bytes of header (magic, version, process id, start), the counters, the histograms. Native byte order.</remarks>
public sealed unsafe class CounterFile : IDisposable
{
    private const long Magic = 0x5354_4E55_4F43_4D4D; // "MMCOUNTS"
    private const int Version = 3;
    private const int HeaderBytes = 4096;
    private const int HistogramCount = (int)HopHistogram.Count;
    private const long FileBytes = HeaderBytes + ((long)Counter.SlotCount + (long)HistogramCount * Histogram.SlotCount) * sizeof(long);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private readonly long* _counters;
    private readonly Histogram[] _histograms = new Histogram[HistogramCount];

    private CounterFile(MemoryMappedFile file, MemoryMappedFileAccess access)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, FileBytes, access);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        // SAFETY: the view is FileBytes long, starts on a page, and stays mapped until Dispose.
        _base = pointer + _view.PointerOffset;
        _counters = (long*)(_base + HeaderBytes);
        long* histograms = _counters + (int)Counter.SlotCount;
        for (int i = 0; i < HistogramCount; i++) _histograms[i] = new Histogram(histograms + (long)i * Histogram.SlotCount);
    }

    /// <summary>A histogram.</summary>
    public Histogram this[HopHistogram histogram] => _histograms[(int)histogram];

    /// <summary>The process that writes the file.</summary>
    public int ProcessId => ((int*)_base)[3];

    /// <summary>Counters in memory alone, for tests and tools.</summary>
    public static CounterFile InMemory() => new(MemoryMappedFile.CreateNew(null, FileBytes), MemoryMappedFileAccess.ReadWrite);

    /// <summary>Makes the file afresh; what was there is replaced, and a reader of the old one keeps the old one.</summary>
    /// <exception cref="IOException">The folder is missing or may not be written.</exception>
    public static CounterFile Create(string path)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        // The stages write through the map, where a full disk would be a SIGBUS and no error: so its blocks are taken first.
        if (Preallocation.Take(fresh, FileBytes) == PreallocationResult.NoRoom)
            throw new IOException($"the disk of {path} is full: free some space");
        CounterFile counters = new(MemoryMappedFile.CreateFromFile(fresh, FileMode.OpenOrCreate, null, FileBytes), MemoryMappedFileAccess.ReadWrite);
        long* header = (long*)counters._base;
        // SAFETY: the header is 4,096 bytes; these are its first sixteen. The magic comes last: a reader that sees it sees the rest.
        ((int*)counters._base)[2] = Version;
        ((int*)counters._base)[3] = Environment.ProcessId;
        Volatile.Write(ref header[0], Magic);
        File.Move(fresh, path, overwrite: true);
        return counters;
    }

    /// <summary>Opens a running or ended engine's file to read it.</summary>
    /// <exception cref="InvalidDataException">It is not a counter file of this version.</exception>
    public static CounterFile OpenRead(string path)
    {
        if (new FileInfo(path).Length != FileBytes)
            throw new InvalidDataException($"{path} is not a counter file of version {Version}: use the tools of the engine's own version.");
        CounterFile counters = new(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read), MemoryMappedFileAccess.Read);
        if (((long*)counters._base)[0] == Magic && ((int*)counters._base)[2] == Version) return counters;
        counters.Dispose();
        throw new InvalidDataException($"{path} is not a counter file of version {Version}: use the tools of the engine's own version.");
    }

    /// <summary>Adds to a counter. Only for the stage that owns its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Counter counter, long n = 1) => _counters[Slot((int)counter)] += n;

    /// <summary>Counts one refusal in the half of the block that starts at <paramref name="stageRefused"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refuse(Counter stageRefused, RefusalReason reason) => _counters[Slot((int)stageRefused + (int)reason)]++;

    /// <summary>Sets a gauge. Only for the stage that owns its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(Counter counter, long value) => Volatile.Write(ref _counters[Slot((int)counter)], value);

    /// <summary>Reads a counter, from any thread or process.</summary>
    public long Read(Counter counter) => Volatile.Read(ref _counters[Slot((int)counter)]);

    /// <summary>Reads how often a stage refused for a reason.</summary>
    public long ReadRefused(Counter stageRefused, RefusalReason reason) => Read(stageRefused + (int)reason);

    /// <summary>Unmaps the file; the file itself stays.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    // SAFETY: an index beyond the counters is a bug of ours; one compare keeps it out of foreign memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(int index) => (uint)index < (uint)Counter.SlotCount ? index : throw new ArgumentOutOfRangeException(nameof(index));
}
