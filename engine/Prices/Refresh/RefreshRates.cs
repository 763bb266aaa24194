namespace MarketMaker.Prices;

/// <summary>
/// How often each ticker is refreshed: at a rate in proportion to its volatility and to the square root of its offers near the threshold,
/// never below once in the age cap, all together as much as the budget.
/// </summary>
/// <remarks>
/// A stale price costs about weight x volatility^2 x age, and that law is what makes the sum least under a budget. Computed anew every few
/// seconds in slices of <see cref="SliceTickers"/>, since the client's thread may be shared. Floating point: no decision depends on it.
/// </remarks>
internal sealed class RefreshRates
{
    /// <summary>Tickers of one slice: well below a microsecond.</summary>
    public const int SliceTickers = 64;

    private const long NsPerSecond = 1_000_000_000;
    private const long RecomputeNs = 5 * NsPerSecond;

    /// <summary>Fixed-point passes at most; each finds more tickers below the least rate, and after a few nearly all are found.</summary>
    private const int PassesMax = 12;

    /// <summary>Weight of the newest count at least: 32 counts of 5 s are the memory, a plain mean until then.</summary>
    private const double NewestShareMin = 1.0 / 32;

    /// <summary>Part of the mean weight that every ticker has: one without offers yet is not worth nothing.</summary>
    private const double WeightFloor = 0.01;

    private readonly PriceCache _cache;
    private readonly LearnedVolatility _volatility;
    private readonly double _budget;
    private readonly double _rateMin;
    private readonly uint[] _offersCounted;
    private readonly double[] _weights;
    private readonly double[] _scores;
    private readonly long[] _periodsNs;
    private Phase _phase;
    private int _next;
    private int _passes;
    private long _countedNs = long.MinValue;
    private double _countedSeconds;
    private double _newestShare = 1;
    private double _meanWeight;
    private double _weightSum;
    private double _factor;
    private double _freeScores;
    private int _atFloor;
    private int _atFloorBefore;

    public RefreshRates(PriceClientOptions options, PriceCache cache)
    {
        int tickers = cache.TickerCount;
        _cache = cache;
        _budget = options.RequestsPerSecond;
        _volatility = new LearnedVolatility(tickers);
        AgeCapNs = Math.Max(options.PriceAgeCapSeconds, LeastCapSeconds(options, tickers)) * NsPerSecond;
        _rateMin = (double)NsPerSecond / AgeCapNs;
        _offersCounted = new uint[tickers];
        _weights = new double[tickers];
        _scores = new double[tickers];
        _periodsNs = new long[tickers];
        Array.Fill(_periodsNs, Math.Min(AgeCapNs, tickers * NsPerSecond / options.RequestsPerSecond));
    }

    private enum Phase
    {
        Idle,
        Count,
        Fill,
        Set,
    }

    /// <summary>The age cap that holds.</summary>
    public long AgeCapNs { get; }

    /// <summary>
    /// The age cap a budget can hold, in seconds: 0 where it is enough for the configured one; else twice the time all tickers take in
    /// turn, so that half of the budget still goes where it is worth most.
    /// </summary>
    public static long LeastCapSeconds(PriceClientOptions options, int tickers) =>
        tickers <= (long)options.PriceAgeCapSeconds * options.RequestsPerSecond
            ? 0
            : (2L * tickers + options.RequestsPerSecond - 1) / options.RequestsPerSecond;

    /// <summary>Time between two turns of a ticker.</summary>
    public long PeriodNs(int ticker) => _periodsNs[ticker];

    /// <summary>A good price.</summary>
    public void OnPrice(int ticker, int price, long asOfNs) => _volatility.OnPrice(ticker, price, asOfNs);

    /// <summary>Does one slice.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    /// <param name="first">First ticker whose period was set.</param>
    /// <param name="end">One behind the last; <paramref name="first"/> when none was.</param>
    /// <returns>Whether there was one to do.</returns>
    public bool Work(long nowNs, out int first, out int end)
    {
        first = end = _next;
        if (_phase == Phase.Idle && !BeginCount(nowNs)) return false;
        first = _next;
        int through = Math.Min(first + SliceTickers, _periodsNs.Length);
        if (_phase == Phase.Count) Count(first, through);
        else if (_phase == Phase.Fill) Fill(first, through);
        else Set(first, through);
        end = _phase == Phase.Set ? through : first;
        _next = through;
        if (through == _periodsNs.Length) EndPass();
        return true;
    }

    private bool BeginCount(long nowNs)
    {
        if (_countedNs == long.MinValue) _countedNs = nowNs;
        if (nowNs - _countedNs < RecomputeNs) return false;
        _countedSeconds = (nowNs - _countedNs) / (double)NsPerSecond;
        _countedNs = nowNs;
        (_phase, _next, _weightSum, _freeScores) = (Phase.Count, 0, 0, 0);
        return true;
    }

    private void Count(int first, int through)
    {
        Span<PriceLine> lines = _cache.Lines;
        for (int i = first; i < through; i++)
        {
            uint offers = lines[i].OffersNearThreshold;
            double perSecond = (offers - _offersCounted[i]) / _countedSeconds;
            _offersCounted[i] = offers;
            _weights[i] += (perSecond - _weights[i]) * _newestShare;
            _weightSum += _weights[i];
            double weight = _weights[i] + _meanWeight * WeightFloor;
            _scores[i] = _volatility.Sigma(i, lines[i].SigmaCentiBp) * Math.Sqrt(Math.Max(weight, double.Epsilon));
            _freeScores += _scores[i];
        }
    }

    private void Fill(int first, int through)
    {
        for (int i = first; i < through; i++)
        {
            if (_scores[i] * _factor <= _rateMin) _atFloor++;
            else _freeScores += _scores[i];
        }
    }

    private void Set(int first, int through)
    {
        for (int i = first; i < through; i++) _periodsNs[i] = (long)(NsPerSecond / Math.Max(_rateMin, _scores[i] * _factor));
    }

    private void EndPass()
    {
        _next = 0;
        switch (_phase)
        {
            case Phase.Count:
                _meanWeight = _weightSum / _weights.Length;
                _newestShare = Math.Max(NewestShareMin, _newestShare / (1 + _newestShare));
                (_factor, _passes, _atFloor) = (_budget / _freeScores, 0, -1);
                BeginFill();
                break;
            case Phase.Fill:
                double free = _budget - _atFloor * _rateMin;
                _factor = _freeScores > 0 && free > 0 ? free / _freeScores : 0;
                if (_atFloor == _atFloorBefore || ++_passes == PassesMax) _phase = Phase.Set;
                else BeginFill();
                break;
            default:
                _phase = Phase.Idle;
                break;
        }
    }

    private void BeginFill()
    {
        _phase = Phase.Fill;
        _atFloorBefore = _atFloor;
        (_atFloor, _freeScores) = (0, 0);
    }
}
