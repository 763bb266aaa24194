using System.Runtime.InteropServices;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Platform.Control;

/// <summary>
/// The live half of the kill switch: one mapped page that holds the word every send looks at. Any process that may write the file stops the
/// engine with one store, which no ring, lock or system call delays.
/// </summary>
/// <remarks>
/// Layout, version 1, 4,096 bytes in native byte order: magic "MMCONTRL" (8 bytes), version (4), process id of the engine or of the last one
/// (4); at 64 the word of <see cref="GateWord"/>; at 128 how many commands were given (8) and how many of them the engine has
/// seen (8). An engine holds an exclusive flock of it as long as it runs. The file is for programs: a tool that truncates it ends the engine
/// with SIGBUS. People write the file beside it, see <see cref="ControlOrder"/>.
/// </remarks>
public sealed unsafe partial class ControlFlag : IDisposable
{
    private const long Magic = 0x4C52_544E_4F43_4D4D; // "MMCONTRL"
    private const int Version = 1;
    private const int PageBytes = 4096;
    private const int WordOffset = 64;
    private const int CommandsOffset = 128;
    private const int TakenOffset = 136;
    private const int LockTries = 50;
    private const int LockRetryMs = 5;

    private const int ReadWrite = 2, Create = 0x40, NoFollow = 0x20000, CloseOnExec = 0x80000;
    private const uint OwnerOnly = 0x180; // 0600
    private const int ProtReadWrite = 3, MapShared = 1;
    private const int LockShared = 1, LockExclusive = 2, LockNoWait = 4, Unlock = 8;

    private readonly string _path;
    private readonly int _file;
    private readonly byte* _page;
    private bool _isDisposed;

    private ControlFlag(string path, bool create)
    {
        _path = path;
        _file = Open(path, ReadWrite | NoFollow | CloseOnExec | (create ? Create : 0), OwnerOnly);
        if (_file < 0) throw Failed("opened");
        // Never made shorter: whoever has mapped it would be killed.
        if (!TryExtend()) throw Failed("made one page long");
        _page = Map();
        Gate = new TradingGate(this, (ulong*)(_page + WordOffset));
        if (IsWhole) return;
        // SAFETY: every offset lies in the page that was just mapped, aligned to its size.
        WasFresh = true;
        // A blank page says nothing, and the text beside it counts. Anything else was written by somebody who did not know what he did.
        bool isBlank = new ReadOnlySpan<byte>(_page, PageBytes).IndexOfAnyExcept((byte)0) < 0;
        *(ulong*)(_page + WordOffset) = new GateWord(isBlank ? StopReasons.NotOpen : StopReasons.NotOpen | StopReasons.ControlFile, StopReasons.None).Word;
        *(long*)(_page + CommandsOffset) = *(long*)(_page + TakenOffset) = 0;
        ((int*)_page)[2] = Version;
        Volatile.Write(ref *(long*)_page, Magic);
    }

    /// <summary>Unmaps the page. The gate keeps this object, so nobody looks at the page any more.</summary>
    ~ControlFlag()
    {
        Dispose();
        // SAFETY: mapped by the constructor, unmapped once, and unreachable.
        if (_page is not null) _ = MemoryUnmap(_page, PageBytes);
    }

    /// <summary>The switch in the page.</summary>
    public TradingGate Gate { get; }

    /// <summary>Whether the page was new, or held garbage, when it was opened.</summary>
    public bool WasFresh { get; }

    /// <summary>The process of the engine that runs, or ran last; 0: none has.</summary>
    // SAFETY: the page is mapped until this object is released.
    public int EngineProcessId => ((int*)_page)[3];

    /// <summary>Commands given so far.</summary>
    // SAFETY: as above; aligned to 8 bytes.
    public long Commands => Volatile.Read(ref *(long*)(_page + CommandsOffset));

    /// <summary>How many of them the engine has seen. Written by the engine alone.</summary>
    public long Taken
    {
        // SAFETY: as above; aligned to 8 bytes.
        get => Volatile.Read(ref *(long*)(_page + TakenOffset));
        set => Volatile.Write(ref *(long*)(_page + TakenOffset), value);
    }

    // SAFETY: as above.
    private bool IsWhole => *(long*)_page == Magic && ((int*)_page)[2] == Version;

    /// <summary>Opens the page, or makes it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ControlFlag OpenOrCreate(string path) => new(path, create: true);

    /// <summary>Takes the page for an engine, as long as it runs.</summary>
    /// <exception cref="IOException">Another engine has it, or it cannot be opened.</exception>
    public static ControlFlag OpenForEngine(string path)
    {
        ControlFlag flag = new(path, create: true);
        // A command that looks whether an engine runs holds the lock for a moment.
        for (int attempt = 0; !flag.TryLock(LockExclusive); attempt++)
        {
            if (attempt < LockTries)
            {
                Thread.Sleep(LockRetryMs);
                continue;
            }

            int other = flag.EngineProcessId;
            flag.Dispose();
            throw new IOException($"another engine, process {other}, is steered by {path}: stop it, or give each engine a [control] file of its own");
        }

        // SAFETY: as above; this engine holds the lock, so no other writes here.
        ((int*)flag._page)[3] = Environment.ProcessId;
        return flag;
    }

    /// <summary>Whether an engine runs that looks at this page.</summary>
    public bool IsEngineRunning()
    {
        if (!TryLock(LockShared)) return true;
        _ = Lock(_file, Unlock);
        return false;
    }

    /// <summary>Counts a command, so that the engine looks why.</summary>
    /// <returns>Its number: the engine has seen it when <see cref="Taken"/> has reached it.</returns>
    // SAFETY: as above; a locked instruction, since any process may count.
    public long CountCommand() => Interlocked.Increment(ref *(long*)(_page + CommandsOffset));

    /// <summary>Lets the file and an engine's claim to it go; the word in it stays. Whoever still holds the gate may still look.</summary>
#pragma warning disable CA1816 // The finalizer has something left to do: the page, which a thread that hangs may still look at.
    public void Dispose()
#pragma warning restore CA1816
    {
        if (_isDisposed) return;
        _isDisposed = true;
        // Closing would not do: the mapping keeps the file open, and with it the lock.
        _ = Lock(_file, Unlock);
        _ = Close(_file);
    }

    private bool TryLock(int kind) => Lock(_file, kind | LockNoWait) == 0;

    private byte* Map()
    {
        // SAFETY: a shared mapping of the whole first page of a file that is at least that long; failure is -1 and is checked.
        void* page = MemoryMap(null, PageBytes, ProtReadWrite, MapShared, _file, 0);
        return (nint)page == -1 ? throw Failed("mapped") : (byte*)page;
    }

    /// <summary>Writes what the file lacks of a page. Written, not only made longer: on a full disk a store into a hole is a SIGBUS, and this an error.</summary>
    private bool TryExtend()
    {
        long length = Seek(_file, 0, 2);
        if (length is < 0 or >= PageBytes) return length >= 0;
        Span<byte> zeros = stackalloc byte[PageBytes];
        zeros.Clear();
        // SAFETY: the kernel reads the rest of a page from a span that is as long as one.
        fixed (byte* bytes = zeros) return Write(_file, bytes, (nuint)(PageBytes - length), length) == PageBytes - length;
    }

    private IOException Failed(string what)
    {
        string why = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
        if (_file >= 0) _ = Close(_file);
        GC.SuppressFinalize(this);
        return new IOException($"{_path} cannot be {what}: {why}; the engine's user must own it and its folder ([control] file)");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int file, long offset, int from);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MemoryMap(void* address, nuint bytes, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(void* address, nuint bytes);
}
