namespace MarketMaker.Decision;

/// <summary>
/// The price of locked capital by how much of it is in use: nothing up to z0, then growing exponentially, a * (exp(b * (z - z0) / (1 - z0)) - 1).
/// </summary>
/// <remarks>Source: strategy document, section 1. Floating point only while it is built, rounded to whole ppm.</remarks>
internal sealed class RentTable
{
    private const int Steps = 256;
    private const int LeastCapital = 1_024;
    private const int MostPpm = 1_000_000;

    private readonly int[] _ppmPer1000S = new int[Steps + 1];
    private ulong _stepsPerUnit;

    public RentTable(DecisionOptions options)
    {
        double z0 = options.RentZ0Percent / 100.0;
        double b = options.RentBPercent / 100.0;
        for (int step = 0; step <= Steps; step++)
        {
            double above = z0 >= 1 ? 0 : Math.Max(0, ((double)step / Steps - z0) / (1 - z0));
            _ppmPer1000S[step] = (int)Math.Min(MostPpm, Math.Round(options.RentAPpm * (Math.Exp(b * above) - 1)));
        }
    }

    /// <summary>Ppm per 1,000 s that a buy has to earn on the capital it locks, with so much in use.</summary>
    /// <param name="used">Stock, reservations and what is kept for shorts, in 1/10,000 dollar.</param>
    public int PpmPer1000S(long used)
    {
        // No capital: whatever is in use is all of it.
        if (_stepsPerUnit == 0) return _ppmPer1000S[Steps];
        ulong step = used <= 0 ? 0 : Math.BigMul((ulong)used, _stepsPerUnit, out _);
        return _ppmPer1000S[(int)Math.Min(step, Steps)];
    }

    /// <summary>Takes the capital of which shares are looked up: one division now, rounded up, instead of one at every look.</summary>
    public void SetCapital(long capital) => _stepsPerUnit = capital < LeastCapital ? 0 : (ulong)((((UInt128)Steps << 64) - 1) / (ulong)capital) + 1;
}
