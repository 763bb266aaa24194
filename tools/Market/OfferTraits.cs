using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>What the model of exponential edges knows of each ticker and hour: how many sell, how rich offers are, how large.</summary>
/// <remarks>Drawn from a stream of its own. Integers only, once it is built.</remarks>
public sealed class OfferTraits
{
    private const int FactorOne = 1 << 12;
    private const int FactorBits = 12;
    private const long NsPerHour = 3_600_000_000_000;
    private const int HoursMax = 24;
    private const int BulkEdgePpm = -5_000;
    private const int BulkSigmaPpm = 4_000;

    private readonly uint[] _sellsBelow;
    private readonly int[] _meanPpm;
    private readonly int[] _hourFactor = new int[HoursMax];
    private readonly int[] _worth;
    private readonly uint _positive;

    /// <summary>Draws the traits of a market.</summary>
    public OfferTraits(MarketOptions options)
    {
        MarketRandom random = new(options.Seed, stream: 6);
        _sellsBelow = new uint[options.Tickers];
        _meanPpm = new int[options.Tickers];
        for (int i = 0; i < options.Tickers; i++)
        {
            _sellsBelow[i] = MarketRandom.Threshold(Between(options.SellersLowest, options.SellersHighest, ref random));
            _meanPpm[i] = (int)(options.EdgeMean * 1e6 * Between(options.EdgeFactorLowest, options.EdgeFactorHighest, ref random));
        }

        for (int hour = 0; hour < HoursMax; hour++)
            _hourFactor[hour] = (int)(FactorOne * Between(options.EdgeFactorLowest, options.EdgeFactorHighest, ref random));
        _worth = SampleTables.LogNormal(options.MedianDollars * Money.UnitsPerDollar, 0.9, Money.UnitsPerDollar, int.MaxValue);
        // All of 2^32: a threshold cannot say so.
        _positive = options.PositiveShare >= 1 ? 0 : MarketRandom.Threshold(options.PositiveShare);
        AllPositive = options.PositiveShare >= 1;
    }

    private bool AllPositive { get; }

    /// <summary>Whether a buyer or a seller offers.</summary>
    public Side DrawSide(int ticker, uint bits) => bits < _sellsBelow[ticker] ? Side.Sell : Side.Buy;

    /// <summary>The mean of a ticker's positive edges at some time, ppm.</summary>
    public int MeanEdgePpm(int ticker, long nowNs) => (int)((long)_meanPpm[ticker] * _hourFactor[HourOf(nowNs)] >> FactorBits);

    /// <summary>The edge of an offer, ppm.</summary>
    public int DrawEdgePpm(int ticker, long nowNs, ulong bits, int[] normal, int[] exponential)
    {
        int index = (int)bits & SampleTables.IndexMask;
        return AllPositive || (uint)(bits >> 32) < _positive
            ? (int)((long)exponential[index] * MeanEdgePpm(ticker, nowNs) / SampleTables.One)
            : BulkEdgePpm + (int)((long)normal[index] * BulkSigmaPpm / SampleTables.One);
    }

    /// <summary>The size of an offer at a price, shares.</summary>
    public int DrawShares(int price, int index, int sharesMax) => Math.Clamp(_worth[index] / price, 1, sharesMax);

    /// <summary>The hour of the day a time lies in; the market opens with hour 0.</summary>
    public static int HourOf(long nowNs) => (int)Math.Min(nowNs / NsPerHour, HoursMax - 1);

    private static double Between(double lowest, double highest, ref MarketRandom random) =>
        lowest + (highest - lowest) * ((random.Next() >> 11) * (1.0 / (1UL << 53)));
}
