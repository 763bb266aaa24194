using System.Runtime.CompilerServices;

namespace MarketMaker.Platform.Threads;

/// <summary>Says at each n-th asking that something is due which is not worth its time in every turn of a stage. One thread.</summary>
/// <param name="every">n, a power of two; 1: always due.</param>
public struct EveryNthTurn(int every)
{
    /// <summary>For keeping what an order needs in the caches, in turns without work: more often, and it drives out what every offer needs.</summary>
    public static EveryNthTurn ForWarming => new(16);

    private readonly uint _mask = (uint)every - 1;
    private uint _turns;

    /// <summary>Counts a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsDue() => (++_turns & _mask) == 0;
}
