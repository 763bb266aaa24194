using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Files;

namespace MarketMaker.Platform.Counters;

/// <summary>
/// All counters and histograms of the engine in one mapped file, and a row for each ticker: the stages write without locks, other processes
/// read. Each stage is the only writer of its block of counters.
/// </summary>
/// <remarks>Layout: 4,096 bytes for <see cref="CounterHeader"/>, the counters, the histograms, the tickers. Native byte order.</remarks>
public sealed unsafe class CounterFile : IDisposable
{
    private const int HeaderBytes = 4096;
    private const int HistogramCount = (int)HopHistogram.Count;
    private const int TickerRowBytes = 64;
    private const long TickersAt = HeaderBytes + CounterImage.SlotCount * sizeof(long);
    private const long FileBytes = TickersAt + (long)Universe.TickersMax * TickerRowBytes;

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

    /// <summary>What the file says of itself and its writer.</summary>
    // SAFETY: the header is the first page of the view.
    public ref readonly CounterHeader Header => ref *(CounterHeader*)_base;

    /// <summary>The process that writes the file.</summary>
    public int ProcessId => Header.Writer.Id;

    /// <summary>The rows of the universe, by ticker index; none until <see cref="SetTickers"/>. Its writers write; the span of a file opened to read must not be written.</summary>
    public Span<TickerRow> Tickers
    {
        get
        {
            // A file that was cut or forged must not lead beyond the view.
            int count = Math.Clamp(Volatile.Read(ref ((CounterHeader*)_base)->TickerCount), 0, Universe.TickersMax);
            // SAFETY: the view has room for TickersMax rows behind the histograms.
            return new Span<TickerRow>(_base + TickersAt, count);
        }
    }

    /// <summary>Counters in memory alone, for tests and tools.</summary>
    public static CounterFile InMemory() => new(MemoryMappedFile.CreateNew(null, FileBytes), MemoryMappedFileAccess.ReadWrite);

    /// <summary>Makes the file afresh; what was there is replaced, and a reader of the old one keeps the old one.</summary>
    /// <exception cref="IOException">The folder is missing or may not be written.</exception>
    public static CounterFile Create(string path, in CounterWriter writer = default)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        // The stages write through the map, where a full disk would be a SIGBUS and no error: so its blocks are taken first.
        if (Preallocation.Take(fresh, FileBytes) == PreallocationResult.NoRoom)
            throw new IOException($"the disk of {path} is full: free some space");
        CounterFile counters = new(MemoryMappedFile.CreateFromFile(fresh, FileMode.OpenOrCreate, null, FileBytes), MemoryMappedFileAccess.ReadWrite);
        // SAFETY: the header fits its page. The magic comes last: a reader that sees it sees the rest.
        CounterHeader* header = (CounterHeader*)counters._base;
        *header = CounterHeader.Of(writer with { Node = writer.Node ?? "" });
        Volatile.Write(ref header->Magic, CounterHeader.RightMagic);
        File.Move(fresh, path, overwrite: true);
        return counters;
    }

    /// <summary>Opens a running or ended engine's file to read it.</summary>
    /// <exception cref="InvalidDataException">It is not a counter file of this version; says which it is.</exception>
    public static CounterFile OpenRead(string path)
    {
        CounterHeader header = ReadHeader(path);
        if (header.WhyUnreadable() is { } why) throw new InvalidDataException($"{path} cannot be read: {why}");
        if (new FileInfo(path).Length != FileBytes) throw new InvalidDataException($"{path} cannot be read: it was cut short");
        return new CounterFile(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read), MemoryMappedFileAccess.Read);
    }

    /// <summary>Names the tickers and shows their rows. Once, by the engine, when it knows its universe.</summary>
    public void SetTickers(Universe universe)
    {
        // SAFETY: a universe has at most TickersMax tickers. The count comes last: who sees it sees the names.
        CounterHeader* header = (CounterHeader*)_base;
        Span<TickerRow> rows = new(_base + TickersAt, universe.Count);
        for (int i = 0; i < rows.Length; i++) rows[i].Symbol = universe[i];
        Volatile.Write(ref header->TickerCount, universe.Count);
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

    /// <summary>Copies everything, from any thread or process; not at one instant.</summary>
    public void CopyTo(CounterImage image)
    {
        image.Header = Header;
        // SAFETY: counters and histograms follow one another, SlotCount longs in all.
        new ReadOnlySpan<long>(_counters, CounterImage.SlotCount).CopyTo(image.Slots);
        image.SetTickers(Tickers);
    }

    /// <summary>Unmaps the file; the file itself stays.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static CounterHeader ReadHeader(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        CounterHeader header = default;
        file.ReadAtLeast(Memory.StructBytes.Of(ref header), CounterHeader.Bytes, throwOnEndOfStream: false);
        return header;
    }

    // SAFETY: an index beyond the counters is a bug of ours; one compare keeps it out of foreign memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(int index) => (uint)index < (uint)Counter.SlotCount ? index : throw new ArgumentOutOfRangeException(nameof(index));
}
