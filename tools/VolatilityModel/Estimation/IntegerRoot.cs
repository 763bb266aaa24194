using System.Numerics;

namespace MarketMaker.VolatilityModel.Estimation;

/// <summary>Square roots of whole numbers, rounded down.</summary>
internal static class IntegerRoot
{
    /// <summary>The root of a number that is not negative. Newton's steps from above, at most some ten.</summary>
    public static long Of(long value)
    {
        if (value < 2) return value;
        long root = 1L << ((65 - BitOperations.LeadingZeroCount((ulong)value)) / 2);
        while (true)
        {
            long better = (root + value / root) >> 1;
            if (better >= root) return root;
            root = better;
        }
    }
}
