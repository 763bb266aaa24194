namespace MarketMaker.Market;

/// <summary>The mean time between offers, by the time of day: a busy open, a quiet noon, a busy close.</summary>
public sealed class OfferPace
{
    private const int Bins = 256;
    private const long BinNs = MarketOptions.TradingDaySeconds * 1_000_000_000L / Bins;

    // A 65,536th of the mean gap in fs, so that it can be multiplied by an entry of the exponential table.
    private readonly long[] _gapFs = new long[Bins];

    /// <summary>Sets the pace.</summary>
    /// <param name="offersPerSecond">Mean over the day.</param>
    /// <param name="shape">0: the same all day; else the rate is 1 + shape at the ends and 1 - shape / 2 in the middle.</param>
    public OfferPace(double offersPerSecond, double shape)
    {
        for (int bin = 0; bin < Bins; bin++)
            _gapFs[bin] = (long)(1e15 / (offersPerSecond * Rate((bin + 0.5) / Bins, shape))) >> 16;
    }

    /// <summary>A 65,536th of the mean gap at a time, fs.</summary>
    public long GapFs(long nowNs) => _gapFs[Math.Min(nowNs / BinNs, Bins - 1)];

    /// <summary>The rate at a place of the day (0 to 1) relative to its mean. A parabola whose mean is 1.</summary>
    public static double Rate(double place, double shape) => 1 + shape * (3 * (2 * place - 1) * (2 * place - 1) - 1) / 2;
}
