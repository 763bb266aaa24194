using MarketMaker.Decision;

namespace MarketMaker.Tests.Reference.Decision;

/// <summary>The strategy document's section 1 and the relief of sales as it would be written on paper: doubles, divisions, no tables.</summary>
internal sealed class SlowPacing
{
    private const int UnitBits = 30;
    private const double UnitSeconds = (1L << UnitBits) / 1e9;
    private const double PriorShare = 6;

    private readonly DecisionOptions _options;
    private readonly int _fair;
    private readonly double[] _sums;
    private readonly double[] _weights;
    private readonly long[] _atUnits;
    private readonly long[] _shares;
    private long _cash;

    public SlowPacing(DecisionOptions options, int tickers, long cash, int fair)
    {
        (_options, _cash, _fair) = (options, cash, fair);
        double seconds = options.SellRateTauSeconds / PriorShare;
        _sums = [.. Enumerable.Repeat(options.SellRatePrior * seconds, tickers)];
        _weights = [.. Enumerable.Repeat(seconds, tickers)];
        _atUnits = [.. Enumerable.Repeat(-1L, tickers)];
        _shares = new long[tickers];
    }

    /// <summary>The edge that an offer has to pay, and how far that is from the floor, ppm.</summary>
    public (double Edge, double Off) Asked(int ticker, bool isSeller, int shares, int price, long nowNs)
    {
        double held = (double)_shares[ticker] * _fair;
        if (isSeller)
        {
            double extra = RentOf(ticker, held + (double)shares * price / 2, nowNs);
            return (_options.BuyEdgePpm + extra, extra);
        }

        double unit = held - (double)Math.Min(shares, _shares[ticker]) * price / 2;
        double relief = Math.Min(RentOf(ticker, unit, nowNs) * _options.RentReliefPercent / 100, _options.SellReliefMaxPpm);
        return (_options.SellEdgePpm - relief, relief);
    }

    /// <summary>A buyer who pays the floor, with what of his offer would be won.</summary>
    public void OnBuyer(int ticker, double won, long nowNs)
    {
        Decay(ticker, nowNs);
        _sums[ticker] += won;
    }

    /// <summary>Shares bought, or sold when negative.</summary>
    public void Trade(int ticker, long shares, int price)
    {
        _shares[ticker] += shares;
        _cash -= shares * price;
    }

    // A ticker that nothing was asked of has not been watched yet, and what costs nothing is not asked.
    private double RentOf(int ticker, double value, long nowNs)
    {
        if (Rent() == 0) return 0;
        Decay(ticker, nowNs);
        double cover = Math.Min(Math.Max(value, 0) / Math.Max(_sums[ticker] / _weights[ticker], 1e-9), _options.CoverCapSeconds);
        return Rent() * cover / 1_000;
    }

    // Of the share in use, rounded down to a 256th, in whole ppm.
    private double Rent()
    {
        long stock = _shares.Sum() * _fair;
        double z = Math.Floor(256.0 * stock / (_cash + stock)) / 256;
        double z0 = _options.RentZ0Percent / 100.0;
        return Math.Round(_options.RentAPpm * (Math.Exp(_options.RentBPercent / 100.0 * Math.Max(0, z - z0) / (1 - z0)) - 1));
    }

    private void Decay(int ticker, long nowNs)
    {
        long units = nowNs >> UnitBits;
        double keep = _atUnits[ticker] < 0 ? 1 : Math.Exp(-(units - _atUnits[ticker]) * UnitSeconds / _options.SellRateTauSeconds);
        _atUnits[ticker] = units;
        _sums[ticker] *= keep;
        _weights[ticker] = _weights[ticker] * keep + _options.SellRateTauSeconds * (1 - keep);
    }
}
