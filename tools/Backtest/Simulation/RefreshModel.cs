using MarketMaker.Contracts;
using MarketMaker.Prices;

namespace MarketMaker.Backtest.Simulation;

/// <summary>
/// A day's refreshes in virtual time: tickers whose offers follow Zipf's law and whose volatility is lognormal, prices that walk at random, a
/// service that answers at once, and the engine's own schedule inside a budget. What staleness costs is added up exactly, request by request.
/// </summary>
/// <remarks>Loss of a ticker: weight x volatility^2 x the mean age of its price, the expected squared error an offer is judged with.</remarks>
internal sealed class RefreshModel
{
    private const double SecondNs = 1e9;

    /// <summary>Ordinary volatility, bp per square root of a second: 2 % a day.</summary>
    private const double SigmaMedian = 1.3;

    /// <summary>Standard deviation of the volatility's logarithm.</summary>
    private const double SigmaSpread = 0.7;

    /// <summary>How often the offers that were stamped meanwhile are counted into the cache.</summary>
    private const double OffersEverySeconds = 1;

    private readonly Random _random;
    private readonly double[] _weights;
    private readonly double[] _sigmas;
    private readonly double[] _offers;
    private readonly double[] _logPrices;
    private readonly double[] _askedAt;

    /// <summary>Draws the market.</summary>
    /// <param name="tickers">How many.</param>
    /// <param name="offersPerSecond">Offers near the threshold, all tickers together.</param>
    /// <param name="seed">Equal seeds give equal days.</param>
    public RefreshModel(int tickers, double offersPerSecond, int seed)
    {
        _random = new Random(seed);
        _weights = [.. Enumerable.Range(1, tickers).Select(rank => 1.0 / rank)];
        double all = _weights.Sum();
        for (int i = 0; i < tickers; i++) _weights[i] *= offersPerSecond / all;
        _random.Shuffle(_weights);
        _sigmas = [.. Enumerable.Range(0, tickers).Select(_ => SigmaMedian * Math.Exp(SigmaSpread * Gauss()))];
        _offers = new double[tickers];
        _logPrices = new double[tickers];
        _askedAt = new double[tickers];
    }

    /// <summary>Longest time between two requests of one ticker after the warm-up, seconds.</summary>
    public double LongestGapSeconds { get; private set; }

    /// <summary>Loss of the best rates there are: in proportion to volatility x square root of weight.</summary>
    public double FormulaLoss(int requestsPerSecond)
    {
        double scores = 0;
        for (int i = 0; i < _weights.Length; i++) scores += _sigmas[i] * Math.Sqrt(_weights[i]);
        return scores * scores / (2 * requestsPerSecond);
    }

    /// <summary>Loss of the same rate for all.</summary>
    public double UniformLoss(int requestsPerSecond)
    {
        double loss = 0;
        for (int i = 0; i < _weights.Length; i++) loss += _weights[i] * _sigmas[i] * _sigmas[i];
        return loss * _weights.Length / (2 * requestsPerSecond);
    }

    /// <summary>Loss of the engine's schedule.</summary>
    /// <param name="requestsPerSecond">The budget.</param>
    /// <param name="isKnown">Whether verdicts tell the volatility and offers come evenly, or both have to be learned.</param>
    /// <param name="warmUpSeconds">Not counted.</param>
    /// <param name="seconds">Counted.</param>
    public double ScheduleLoss(int requestsPerSecond, bool isKnown, double warmUpSeconds, double seconds)
    {
        int tickers = _weights.Length;
        Universe.TryCreate([.. Enumerable.Range(0, tickers).Select(i => Symbol.Parse($"T{i:00000}"))], out Universe? universe, out _);
        PriceCache cache = new(universe!);
        if (isKnown)
        {
            for (int i = 0; i < tickers; i++) cache.Lines[i].SigmaCentiBp = (int)Math.Round(_sigmas[i] * 100);
        }

        RefreshSchedule schedule = new(new PriceClientOptions { RequestsPerSecond = requestsPerSecond }, cache);
        double loss = 0;
        double offersAt = OffersEverySeconds;
        for (long request = 0; ; request++)
        {
            double at = (double)request / requestsPerSecond;
            if (at >= warmUpSeconds + seconds) break;
            for (; offersAt <= at; offersAt += OffersEverySeconds) CountOffers(cache, isKnown);
            long nowNs = (long)(at * SecondNs);
            while (schedule.Work(nowNs))
            {
            }

            ushort ticker = schedule.Next(nowNs);
            if (!isKnown) schedule.OnPrice(ticker, PriceOf(ticker, at - _askedAt[ticker]), nowNs);
            loss += LossSince(ticker, at, warmUpSeconds);
            _askedAt[ticker] = at;
        }

        for (int i = 0; i < tickers; i++) loss += LossSince(i, warmUpSeconds + seconds, warmUpSeconds);
        return loss / seconds;
    }

    /// <summary>Weight x volatility^2 x the age added up between the last request and now, without the warm-up.</summary>
    private double LossSince(int ticker, double at, double from)
    {
        if (at <= from) return 0;
        double ageBefore = Math.Max(0, from - _askedAt[ticker]);
        double age = at - _askedAt[ticker];
        LongestGapSeconds = Math.Max(LongestGapSeconds, age);
        return _weights[ticker] * _sigmas[ticker] * _sigmas[ticker] * (age * age - ageBefore * ageBefore) / 2;
    }

    private void CountOffers(PriceCache cache, bool isEven)
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            _offers[i] += isEven ? _weights[i] : Poisson(_weights[i]);
            cache.Lines[i].OffersNearThreshold = (uint)_offers[i];
        }
    }

    // The price service writes cents: what is learned has that much noise.
    private int PriceOf(int ticker, double seconds)
    {
        _logPrices[ticker] += _sigmas[ticker] * 1e-4 * Math.Sqrt(seconds) * Gauss();
        return (int)Math.Round(100 * Math.Exp(_logPrices[ticker]) * 100) * (Money.UnitsPerDollar / 100);
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private int Poisson(double mean)
    {
        if (mean > 50) return Math.Max(0, (int)Math.Round(mean + Math.Sqrt(mean) * Gauss()));
        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = _random.NextDouble(); product > limit; product *= _random.NextDouble()) count++;
        return count;
    }
}
