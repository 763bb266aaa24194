namespace MarketMaker.VolatilityModel.Estimation;

/// <summary>exp(-dt / tau) for whole ms, out of two small tables. Integers alone, so that it is the same on every machine.</summary>
internal sealed class DecayTable
{
    /// <summary>Fraction bits of a factor.</summary>
    public const int FractionBits = 32;

    private const int FineBits = 10;
    private const int FineCount = 1 << FineBits;
    private const int CoarseCount = 4_096;
    private const int ExactBits = 62;

    private readonly uint[] _fine = new uint[FineCount];
    private readonly uint[] _coarse = new uint[CoarseCount];

    public DecayTable(int tauMs)
    {
        // exp(-x) = 1 - x + x^2/2 - x^3/6 with x = 1 ms / tau, at most 1/1000: the next term is below 2^-44.
        Int128 one = (Int128)1 << ExactBits;
        Int128 x = one / tauMs;
        Int128 square = x * x >> ExactBits;
        Int128 perMs = one - x + square / 2 - (square * x >> ExactBits) / 6;
        Int128 next = Fill(_fine, perMs);
        Fill(_coarse, next);
    }

    /// <summary>The longest time told apart, ms: some 70 minutes, when nothing is left at any tau allowed.</summary>
    public const long LongestMs = (long)FineCount * CoarseCount - 1;

    /// <summary>What is left of a value after a time.</summary>
    public long Decay(long value, long ms)
    {
        ms = Math.Min(ms, LongestMs);
        ulong factor = (ulong)_fine[ms & (FineCount - 1)] * _coarse[ms >> FineBits] >> FractionBits;
        return (long)(Math.BigMul((ulong)value, factor, out ulong low) << (64 - FractionBits) | low >> FractionBits);
    }

    // The first entry is 1 as nearly as 32 bits can say it. Returns the factor after the table's last entry.
    private static Int128 Fill(uint[] table, Int128 factor)
    {
        Int128 exact = (Int128)1 << ExactBits;
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (uint)Int128.Min(exact >> (ExactBits - FractionBits), uint.MaxValue);
            exact = exact * factor >> ExactBits;
        }

        return exact;
    }
}
