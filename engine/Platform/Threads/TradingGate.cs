using MarketMaker.Platform.Memory;

namespace MarketMaker.Platform.Threads;

/// <summary>The kill switch: whether orders may be sent, and whether one may buy. Any thread sets it; the sender reads it before each send.</summary>
/// <remarks>
/// One 64-bit word in a cache line of its own, so a look is one load. The word may lie in a mapped file: then other processes set it with one
/// store, and no ring, lock or system call stands between that store and the next send. Begins not open. Reads acquire, changes are
/// atomic: a send that has looked just before a halt may still go out; none does after the next look.
/// Every reason has an owner that sets and lifts it, so that nobody undoes another's halt.
/// </remarks>
public sealed unsafe class TradingGate
{
    private const int WordOffset = 64;
    private const int LineBytes = 192;

    // Keeps the memory alive as long as the gate.
    private readonly object _owner;
    private readonly ulong* _word;

    /// <summary>A switch in this process's memory alone.</summary>
    public TradingGate()
    {
        NativeBuffer memory = new(LineBytes, "the kill switch");
        _owner = memory;
        _word = (ulong*)(memory.Pointer + WordOffset);
        // SAFETY: the word lies inside the buffer, which this object keeps.
        *_word = new GateWord(StopReasons.NotOpen, StopReasons.None).Word;
    }

    /// <summary>A switch in memory of somebody else's.</summary>
    /// <param name="owner">Whoever keeps the memory; held as long as the gate.</param>
    /// <param name="word">Aligned to 8 bytes, alone in its cache line, mapped as long as <paramref name="owner"/> lives.</param>
    internal TradingGate(object owner, ulong* word)
    {
        _owner = owner;
        _word = word;
    }

    /// <summary>One look: a single load.</summary>
    // SAFETY: the word is aligned and lives as long as the owner this object holds.
    public GateWord Look() => new(Volatile.Read(ref *_word));

    /// <summary>Whether orders may be sent now.</summary>
    public bool IsOpen => Look().MaySend;

    /// <summary>Whether an order may add to our stock, if any order may be sent: a buy, or a short sale that must be bought back.</summary>
    public bool MayBuy => Look().MayBuy;

    /// <summary>Lifts <see cref="StopReasons.NotOpen"/>: orders may go out, unless another reason stops them.</summary>
    public void Open() => StopSending(StopReasons.NotOpen, stop: false);

    /// <summary>Stops the sends until somebody opens the gate again.</summary>
    public void Halt() => StopSending(StopReasons.NotOpen, stop: true);

    /// <summary>Sets or lifts one reason to send nothing.</summary>
    public void StopSending(StopReasons reason, bool stop) => Change(new GateWord(reason, StopReasons.None), stop);

    /// <summary>Sets or lifts one reason to buy nothing.</summary>
    public void StopBuying(StopReasons reason, bool stop) => Change(new GateWord(StopReasons.None, reason), stop);

    /// <summary>Sets or lifts several reasons in one step.</summary>
    public void Change(GateWord stops, bool stop)
    {
        // SAFETY: as for the load. Both are locked instructions, so that two processes never lose a reason of each other's.
        if (stop) Interlocked.Or(ref *_word, stops.Word);
        else Interlocked.And(ref *_word, ~stops.Word);
        GC.KeepAlive(_owner);
    }
}
