namespace MarketMaker.VolatilityModel.Estimation;

/// <summary>How many samples it takes before a variance so many times the usual one is no chance any more.</summary>
/// <remarks>
/// The mean of n squares of normal draws exceeds x with a probability below exp(-n (x - 1 - ln x) / 2) (Chernoff's bound). Asked for is
/// exp(-14), one in a million: n = 28 / (x - 1 - ln x). Five at least, because real returns have heavier tails.
/// </remarks>
internal static class Evidence
{
    private static readonly (int Ratio, int Samples)[] Needed = [(9, 5), (6, 9), (4, 18), (3, 32), (2, 92)];

    /// <summary>Whether so many samples are enough to believe the ratio of two variances.</summary>
    public static bool IsEnough(long variance, long usual, long samples)
    {
        foreach ((int ratio, int least) in Needed)
        {
            if (variance >= usual * ratio) return samples >= least;
        }

        return false;
    }
}
