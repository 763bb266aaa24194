using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Threads;

/// <summary>The kill switch: whether orders may be sent. Any thread sets it; the sender reads it before each send.</summary>
/// <remarks>
/// It passes through no ring, so it works while every ring is full. Begins halted. Reads acquire and writes release: a send
/// that has read <c>true</c> just before a halt may still go out; none does after the next read.
/// Beside the switch stand two sets of reasons, for what runs short and may come back: one ends the sends, the weaker one
/// only what adds to our stock. They open and close nothing but themselves, so neither undoes a halt.
/// </remarks>
public sealed class TradingGate
{
    private const int Halted = 0;
    private const int Opened = 1;
    private const int HaltedForGood = 2;

    private Line _line;

    /// <summary>Whether orders may be sent now.</summary>
    public bool IsOpen => Volatile.Read(ref _line.State) == Opened && Volatile.Read(ref _line.SendStops) == 0;

    /// <summary>Whether an order may add to our stock, if any order may be sent: a buy, or a short sale that must be bought back.</summary>
    public bool MayBuy => Volatile.Read(ref _line.BuyStops) == 0;

    /// <summary>Whether <see cref="Open"/> can never succeed again in this process.</summary>
    public bool IsHaltedForGood => Volatile.Read(ref _line.State) == HaltedForGood;

    /// <summary>What stops the sends for the time being.</summary>
    public StopReasons SendStops => (StopReasons)Volatile.Read(ref _line.SendStops);

    /// <summary>What stops the buys for the time being.</summary>
    public StopReasons BuyStops => (StopReasons)Volatile.Read(ref _line.BuyStops);

    /// <summary>Lets orders go out, unless a reason stops them.</summary>
    /// <returns>False when trading was halted for good; the gate stays shut.</returns>
    public bool Open() => Interlocked.CompareExchange(ref _line.State, Opened, Halted) != HaltedForGood;

    /// <summary>Stops the sends until somebody opens the gate again.</summary>
    public void Halt() => Interlocked.CompareExchange(ref _line.State, Halted, Opened);

    /// <summary>Stops the sends for the life of the process: after a fault, nobody may trade on.</summary>
    public void HaltForGood() => Volatile.Write(ref _line.State, HaltedForGood);

    /// <summary>Sets or lifts one reason to send nothing.</summary>
    public void StopSending(StopReasons reason, bool stop) => Change(ref _line.SendStops, reason, stop);

    /// <summary>Sets or lifts one reason to buy nothing.</summary>
    public void StopBuying(StopReasons reason, bool stop) => Change(ref _line.BuyStops, reason, stop);

    private static void Change(ref int reasons, StopReasons reason, bool stop)
    {
        if (stop) Interlocked.Or(ref reasons, (int)reason);
        else Interlocked.And(ref reasons, ~(int)reason);
    }

    // The sender reads these words before every order: no neighbour on the heap may take their cache line away.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Line
    {
        [FieldOffset(64)] public int State;
        [FieldOffset(68)] public int SendStops;
        [FieldOffset(72)] public int BuyStops;
    }
}
