namespace MarketMaker.VolatilityModel.Estimation;

/// <summary>
/// Page's cumulative sum of log likelihood ratios: is the variance still at most calm, or four times that? Finds a rise in the fewest polls for
/// a given rate of false alarms, however seldom the polls are.
/// </summary>
/// <remarks>
/// Of a return with z squares of the calm variance the ratio's logarithm is z (1 - 1/4) / 2 - ln(4) / 2. The sum begins anew at 0, and at 7 the rise
/// is believed: in a ticker that stays at the limit of calm about once in exp(7) = 1,100 polls, in one as usual once in exp(2.5 x 7), some ten million.
/// </remarks>
internal struct RiseTest
{
    private const int FractionBits = 16;

    /// <summary>More squares do not count: one jump alone is no rise.</summary>
    private const long SquaresMax = 16;

    private const long HalfLogOfFour = 45_426;
    private const long Believed = 7L << FractionBits;

    /// <summary>The sum goes no further, so that the end of a rise is seen as soon as its beginning.</summary>
    private const long SumMax = 11L << FractionBits;

    private long _sum;

    public readonly bool HasRisen => _sum >= Believed;

    /// <summary>Adds one return.</summary>
    /// <param name="square">The return squared.</param>
    /// <param name="calm">What the square of a ticker at the limit of calm would be on average.</param>
    public void Add(long square, long calm)
    {
        long squares = Math.Min((square << FractionBits) / Math.Max(calm, 1), SquaresMax << FractionBits);
        _sum = Math.Clamp(_sum + squares * 3 / 8 - HalfLogOfFour, 0, SumMax);
    }
}
