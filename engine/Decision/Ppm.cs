namespace MarketMaker.Decision;

/// <summary>Parts of a million, without overflow.</summary>
internal static class Ppm
{
    public const int One = 1_000_000;

    /// <summary>So many ppm of an amount, rounded toward zero.</summary>
    public static long Of(long amount, int ppm) => amount / One * ppm + amount % One * ppm / One;
}
