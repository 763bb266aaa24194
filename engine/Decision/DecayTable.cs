namespace MarketMaker.Decision;

/// <summary>exp(-n / tau) for whole n without floating point at the time of use: two tables, the product of one entry of each.</summary>
internal sealed class DecayTable
{
    private const int FineBits = 8;
    private const int Entries = 1 << FineBits;

    private readonly ulong[] _fine = new ulong[Entries];
    private readonly ulong[] _coarse = new ulong[Entries];

    /// <param name="tauSteps">Steps in which what is kept falls to 1/e.</param>
    public DecayTable(double tauSteps)
    {
        for (int n = 0; n < Entries; n++)
        {
            _fine[n] = Share(n / tauSteps);
            _coarse[n] = Share((double)n * Entries / tauSteps);
        }
    }

    /// <summary>What is left of an amount after some steps; nothing after 65,536.</summary>
    public ulong Decay(ulong amount, long steps)
    {
        if (steps <= 0) return amount;
        if (steps >= Entries * Entries) return 0;
        ulong left = Keep(amount, _fine[(int)steps & (Entries - 1)]);
        return Keep(left, _coarse[(int)(steps >> FineBits)]);
    }

    // The first entry of each table is 1, which 64 bits cannot say.
    private static ulong Keep(ulong amount, ulong share) => share == ulong.MaxValue ? amount : Math.BigMul(amount, share, out _);

    // Rounded to 32 bits: the last bits of a double may differ between two builds, and equal inputs must give equal decisions.
    private static ulong Share(double exponent) =>
        exponent == 0 ? ulong.MaxValue : (ulong)Math.Min(Math.Round(Math.Exp(-exponent) * 4_294_967_296.0), uint.MaxValue) << 32;
}
