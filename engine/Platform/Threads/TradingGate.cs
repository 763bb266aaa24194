using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Threads;

/// <summary>The kill switch: whether orders may be sent. Any thread sets it; the sender reads it before each send.</summary>
/// <remarks>
/// It passes through no ring, so it works while every ring is full. Begins halted. Reads acquire and writes release: a send
/// that has read <c>true</c> just before a halt may still go out; none does after the next read.
/// </remarks>
public sealed class TradingGate
{
    private const int Halted = 0;
    private const int Opened = 1;
    private const int HaltedForGood = 2;

    private Line _line;

    /// <summary>Whether orders may be sent now.</summary>
    public bool IsOpen => Volatile.Read(ref _line.State) == Opened;

    /// <summary>Whether <see cref="Open"/> can never succeed again in this process.</summary>
    public bool IsHaltedForGood => Volatile.Read(ref _line.State) == HaltedForGood;

    /// <summary>Lets orders go out.</summary>
    /// <returns>False when trading was halted for good; the gate stays shut.</returns>
    public bool Open() => Interlocked.CompareExchange(ref _line.State, Opened, Halted) != HaltedForGood;

    /// <summary>Stops the sends until somebody opens the gate again.</summary>
    public void Halt() => Interlocked.CompareExchange(ref _line.State, Halted, Opened);

    /// <summary>Stops the sends for the life of the process: after a fault, nobody may trade on.</summary>
    public void HaltForGood() => Volatile.Write(ref _line.State, HaltedForGood);

    // The sender reads this word before every order: no neighbour on the heap may take its cache line away.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Line
    {
        [FieldOffset(64)] public int State;
    }
}
