using MarketMaker.Contracts;

namespace MarketMaker.Clairvoyant;

/// <summary>
/// The day with a price on cash instead of a limit: each dollar locked after offer k costs lambda_k. The tickers fall apart into problems that
/// are solved exactly, and whatever the prices are, the sum is an upper bound of every possible profit (weak duality).
/// </summary>
/// <remarks>Evaluated in integers throughout: the bound is proven, not approximate. One thread; no allocation after construction.</remarks>
internal sealed class CashRelaxation
{
    /// <summary>Prices of cash are counted in 2^-20 dollars per dollar.</summary>
    public const int PriceShift = 20;

    /// <summary>The most a dollar may cost over the whole day: 32 dollars. Keeps every product within 64 bits.</summary>
    public const long PriceSumMax = 32L << PriceShift;

    private readonly TradingDay _day;
    private readonly StockMatching _matching;
    private readonly int[][] _offersOfTicker;
    private readonly bool[] _isBuy;
    private readonly int[] _prices;
    private readonly int[] _sizes;
    private readonly long[] _gains;
    private readonly long[] _leftGains;
    private readonly long[] _values;
    private readonly long _startStockGain;

    public CashRelaxation(TradingDay day, Accounting accounting)
    {
        _day = day;
        Count = day.Opportunities.Count;
        (_isBuy, _prices, _sizes, _gains, _values) = (new bool[Count], new int[Count], new int[Count], new long[Count], new long[Count]);
        (Taken, Used) = (new long[Count], new long[Count]);
        List<int>[] offersOfTicker = [.. day.EndFairPrices.Select(_ => new List<int>())];
        for (int i = 0; i < Count; i++)
        {
            Opportunity offer = day.Opportunities[i];
            if (i > 0 && offer.TimeNs < day.Opportunities[i - 1].TimeNs) throw new ArgumentException("opportunities must be in order of time", nameof(day));
            if (offer.Price <= 0 || offer.Shares < 0) throw new ArgumentException("an opportunity must have a price above 0 and shares of at least 0", nameof(day));
            offersOfTicker[offer.Ticker].Add(i);
            (_isBuy[i], _prices[i], _sizes[i]) = (offer.OfferSide == Side.Sell, offer.Price, offer.Shares);
            _gains[i] = Gains.OfOffer(accounting, offer);
        }

        _offersOfTicker = [.. offersOfTicker.Select(list => list.ToArray())];
        _leftGains = [.. Enumerable.Range(0, _offersOfTicker.Length).Select(ticker => Gains.OfLeftShare(accounting, day, ticker))];
        _matching = new StockMatching(_offersOfTicker.Max(offers => (int?)offers.Length) ?? 0);
        _startStockGain = Gains.OfStartStock(accounting, day);
    }

    /// <summary>Offers of the day.</summary>
    public int Count { get; }

    /// <summary>Shares taken of each offer by the last solution.</summary>
    public long[] Taken { get; }

    /// <summary>Net cash spent up to and including each offer by the last solution, 1/10,000 dollar.</summary>
    public long[] Used { get; }

    /// <summary>Solves for prices of cash and returns the bound.</summary>
    /// <param name="cashPrices">Price of a dollar's being locked right after each offer; at least 0; their sum at most <see cref="PriceSumMax"/>.</param>
    /// <returns>A profit in 1/10,000 dollar that cannot be exceeded.</returns>
    public long Solve(ReadOnlySpan<long> cashPrices)
    {
        long locked = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            locked += cashPrices[i];
            // A purchase costs its gain forgone and the cash until the end; a sale gives the cash back from its moment on.
            long cash = _prices[i] * locked;
            _values[i] = _isBuy[i] ? cash - (_gains[i] << PriceShift) : cash + (_gains[i] << PriceShift);
        }

        if (locked > PriceSumMax) throw new ArgumentOutOfRangeException(nameof(cashPrices), "the prices of cash add up to more than may be");
        for (int ticker = 0; ticker < _offersOfTicker.Length; ticker++)
        {
            long start = _day.StartShares?[ticker] ?? 0;
            _matching.Solve(_offersOfTicker[ticker], _isBuy, _values, _sizes, start, _leftGains[ticker] << PriceShift, Taken);
        }

        return Bound(cashPrices);
    }

    /// <summary>Gain of the solution, and what the cash that it did not use was worth.</summary>
    private long Bound(ReadOnlySpan<long> cashPrices)
    {
        Int128 priced = 0;
        long gain = -_startStockGain;
        long used = 0;
        for (int ticker = 0; ticker < _offersOfTicker.Length; ticker++) gain += (_day.StartShares?[ticker] ?? 0) * _leftGains[ticker];
        for (int i = 0; i < Count; i++)
        {
            long shares = Taken[i];
            long left = _leftGains[_day.Opportunities[i].Ticker];
            gain += shares * (_isBuy[i] ? _gains[i] + left : _gains[i] - left);
            used += _isBuy[i] ? shares * _prices[i] : -shares * _prices[i];
            Used[i] = used;
            priced += (Int128)cashPrices[i] * (_day.Cash - used);
        }

        // Rounded up: what is a fraction of 1/10,000 dollar belongs to the bound.
        return gain + (long)((priced + (1L << PriceShift) - 1) >> PriceShift);
    }
}
