using MarketMaker.Contracts;

namespace MarketMaker.Decision.Signals;

/// <summary>
/// The floor under the sales of a ticker that turned volatile while held. It falls in a straight line from a small profit to a loss that is
/// a part of what the price is expected to move until the stock is gone: sigma times the square root of the time to sell it.
/// </summary>
/// <remarks>Source: strategy document, section 5. One thread; allocates nothing after construction.</remarks>
public sealed class SellOff
{
    /// <summary>Longest time to sell a stock that makes a difference, s.</summary>
    public const int CoverSecondsMax = 2_000;

    /// <summary>Roots are kept in 1/1,024: their error is then below a ppm at the highest sigma that a service reports.</summary>
    private const int RootBits = 10;
    private const int PerMilleOne = 1_000;

    private readonly SellOffOptions _options;
    private readonly int[] _roots = new int[CoverSecondsMax + 1];
    private readonly VolatileSince[] _tickers;

    /// <summary>Takes the memory; no ticker is volatile.</summary>
    public SellOff(SellOffOptions options, int tickerCount)
    {
        _options = options;
        _tickers = new VolatileSince[tickerCount];
        for (int seconds = 0; seconds <= CoverSecondsMax; seconds++) _roots[seconds] = RootOf((long)seconds << (2 * RootBits));
    }

    /// <summary>Takes a verdict on one ticker. A ticker that stays volatile goes on falling, with the sigma of the last verdict.</summary>
    public void OnVerdict(in PriceEvent verdict)
    {
        ref VolatileSince ticker = ref _tickers[verdict.TickerIndex];
        bool isVolatile = (verdict.Flags & TickerFlags.Volatile) != 0;
        if (isVolatile && !ticker.IsVolatile) ticker.SinceNs = verdict.NowNs;
        (ticker.IsVolatile, ticker.SigmaCentiBp) = (isVolatile, verdict.SigmaCentiBp);
    }

    /// <summary>Whether the verdict of the moment calls a ticker volatile.</summary>
    public bool IsVolatile(int tickerIndex) => _tickers[tickerIndex].IsVolatile;

    /// <summary>Least edge of a sale of a volatile ticker, ppm of the fair price; negative is below it.</summary>
    /// <param name="tickerIndex">A volatile ticker.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    /// <param name="coverSeconds">How long it takes to sell what is held; clipped to 0 and <see cref="CoverSecondsMax"/>.</param>
    public int FloorPpm(int tickerIndex, long nowNs, int coverSeconds)
    {
        ref readonly VolatileSince ticker = ref _tickers[tickerIndex];
        return FloorPpm(ticker.SinceNs, nowNs, ticker.SigmaCentiBp, coverSeconds);
    }

    /// <summary>The floor as a formula.</summary>
    /// <param name="sinceNs">When the ticker turned volatile.</param>
    /// <param name="nowNs">Now; earlier than <paramref name="sinceNs"/> counts as the same moment.</param>
    /// <param name="sigmaCentiBp">0.01 bp, that is ppm, per square root of a second; 0: not known, and the floor ends at the fair price.</param>
    /// <param name="coverSeconds">How long it takes to sell what is held.</param>
    public int FloorPpm(long sinceNs, long nowNs, int sigmaCentiBp, int coverSeconds)
    {
        long root = _roots[Math.Clamp(coverSeconds, 0, CoverSecondsMax)];
        long giveAwayPpm = (Math.Max(0L, sigmaCentiBp) * _options.GiveAwayPerMille * root / PerMilleOne) >> RootBits;
        long fallPpm = _options.StartPpm + Math.Min(giveAwayPpm, _options.GiveAwayMaxPpm);
        long elapsedNs = Math.Clamp(nowNs - sinceNs, 0, _options.DurationNs);
        return (int)(_options.StartPpm - fallPpm * elapsedNs / _options.DurationNs);
    }

    // Newton's steps from above end at the root rounded down.
    private static int RootOf(long square)
    {
        if (square == 0) return 0;
        long root = 1L << ((64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)square) + 1) / 2);
        while (true)
        {
            long next = (root + square / root) / 2;
            if (next >= root) return (int)root;
            root = next;
        }
    }

    private struct VolatileSince
    {
        public long SinceNs;
        public int SigmaCentiBp;
        public bool IsVolatile;
    }
}
