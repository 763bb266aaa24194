namespace MarketMaker.Decision.Signals;

/// <summary>Our own time from the decision to the send of the last tries, with what became of them.</summary>
internal sealed class SendDelays
{
    /// <summary>Tries that are kept: four times what a quartile needs to be told from chance.</summary>
    public const int Capacity = 512;

    // The outcome is the last bit, so that one array is sorted.
    private readonly ulong[] _tries = new ulong[Capacity];
    private readonly ulong[] _sorted = new ulong[Capacity];
    private int _next;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps one try; the oldest is forgotten.</summary>
    public void Add(uint delayNs, bool isWin)
    {
        _tries[_next] = ((ulong)delayNs << 1) | (isWin ? 1UL : 0UL);
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>The quartiles of the delay, and how the slowest quartile fared beside the others.</summary>
    public DelayQuartiles Quartiles()
    {
        if (Count == 0) return default;
        Span<ulong> sorted = _sorted.AsSpan(0, Count);
        _tries.AsSpan(0, Count).CopyTo(sorted);
        sorted.Sort();
        uint upperNs = At(sorted, 3 * Count / 4);
        int slow = 0;
        int slowWins = 0;
        int wins = 0;
        foreach (ulong one in sorted)
        {
            int win = (int)(one & 1);
            wins += win;
            // Many equal delays are no slow quartile: only what is beyond it counts.
            if (one >> 1 <= upperNs) continue;
            slow++;
            slowWins += win;
        }

        return new(At(sorted, Count / 4), At(sorted, Count / 2), upperNs, slow, slowWins, Count - slow, wins - slowWins);
    }

    private static uint At(ReadOnlySpan<ulong> sorted, int index) => (uint)(sorted[index] >> 1);
}

/// <summary>Our own time from the decision to the send, and the tries slower than its upper quartile beside the rest.</summary>
/// <param name="LowerNs">A quarter of the tries took at most about this, ns.</param>
/// <param name="MedianNs">Half of them, ns.</param>
/// <param name="UpperNs">Three quarters of them, ns.</param>
/// <param name="SlowTries">Tries that took longer than <paramref name="UpperNs"/>.</param>
/// <param name="SlowWins">How many of them won.</param>
/// <param name="OtherTries">The other tries.</param>
/// <param name="OtherWins">How many of them won.</param>
public readonly record struct DelayQuartiles(
    uint LowerNs, uint MedianNs, uint UpperNs, int SlowTries, int SlowWins, int OtherTries, int OtherWins);
