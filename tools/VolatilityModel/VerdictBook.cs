using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.VolatilityModel;

/// <summary>Judges every ticker: from the estimator, with hysteresis, from the distance to the day's open, and from the age of its price.</summary>
/// <remarks>No I/O and no clock: the service drives it in real time, a back test in virtual time. Allocates nothing; one thread.</remarks>
public sealed class VerdictBook
{
    private const long NsPerMs = 1_000_000;
    private const long Million = 1_000_000;

    private readonly VolatilityOptions _options;
    private readonly VolatilityEstimator _estimator;
    private readonly State[] _states;

    /// <summary>Every ticker begins without a price, so without trust.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public VerdictBook(int tickers, VolatilityOptions options)
    {
        _options = options;
        _estimator = new VolatilityEstimator(tickers, options);
        _states = new State[tickers];
        Array.Fill(_states, new State { Level = VerdictLevel.Volatile, Reasons = VerdictReasons.NoData });
    }

    /// <summary>How many tickers there are.</summary>
    public int TickerCount => _states.Length;

    /// <summary>The verdict as it was last judged.</summary>
    public VerdictLine this[int ticker]
    {
        get
        {
            ref State state = ref _states[ticker];
            int sigma = _estimator.Sigma(ticker);
            if (state.Inside != VerdictReasons.None) sigma = Math.Max(sigma, _estimator.FastSigma(ticker));
            return new VerdictLine(state.Level, state.Reasons, sigma, _estimator.Baseline(ticker), state.OpenPrice, state.LastPrice);
        }
    }

    /// <summary>Takes in a price and judges its ticker.</summary>
    /// <param name="ticker">Index of the ticker.</param>
    /// <param name="price">In 1/10,000 dollar, above 0.</param>
    /// <param name="asOfNs">The moment it counts as of.</param>
    /// <param name="nowNs">Now, on the same clock.</param>
    /// <returns>Whether level or reasons changed: publish at once.</returns>
    public bool OnPrice(int ticker, int price, long asOfNs, long nowNs)
    {
        ref State state = ref _states[ticker];
        if (state.OpenPrice == 0) state.OpenPrice = price;
        if (_estimator.OnPrice(ticker, price, asOfNs)) Enter(ref state, VerdictReasons.Jump, nowNs);
        if (state.LastPrice == 0 || asOfNs >= state.AsOfNs) (state.LastPrice, state.AsOfNs) = (price, asOfNs);
        JudgeDayMove(ref state);
        return Review(ticker, nowNs);
    }

    /// <summary>Judges a ticker without a new price: time alone ends a volatile state, and makes a price stale.</summary>
    /// <returns>Whether level or reasons changed: publish at once.</returns>
    public bool Review(int ticker, long nowNs)
    {
        ref State state = ref _states[ticker];
        if (_estimator.HasRisen(ticker))
        {
            if ((state.Inside & VerdictReasons.Rise) == 0) Enter(ref state, VerdictReasons.Rise, nowNs);
        }
        else if (state.Inside != VerdictReasons.None && nowNs >= state.StayUntilNs && _estimator.IsCalm(ticker))
        {
            state.Inside = VerdictReasons.None;
        }

        VerdictReasons reasons = state.Inside;
        if (state.IsDenied || state.IsFarFromOpen) reasons |= VerdictReasons.DayMove;
        if (state.LastPrice == 0 || nowNs - state.AsOfNs > _options.StaleMs * NsPerMs) reasons |= VerdictReasons.NoData;
        VerdictLevel level = state.IsDenied ? VerdictLevel.Denied : reasons == VerdictReasons.None ? VerdictLevel.Calm : VerdictLevel.Volatile;
        bool changed = level != state.Level || reasons != state.Reasons;
        (state.Level, state.Reasons) = (level, reasons);
        return changed;
    }

    /// <summary>A new trading day: the next price of each ticker is its open, and nothing is denied any more. Volatile tickers stay so.</summary>
    public void BeginDay()
    {
        _estimator.BeginDay();
        foreach (ref State state in _states.AsSpan())
        {
            (state.OpenPrice, state.LastPrice) = (0, 0);
            (state.IsDenied, state.IsFarFromOpen) = (false, false);
        }
    }

    /// <summary>What to keep of a ticker until the next start.</summary>
    public KeptTicker Export(int ticker)
    {
        (long baseline, int moves) = _estimator.Export(ticker);
        return new KeptTicker(_states[ticker].OpenPrice, _states[ticker].IsDenied, baseline, moves);
    }

    /// <summary>Takes back what was kept.</summary>
    /// <param name="ticker">Index of the ticker.</param>
    /// <param name="kept">What <see cref="Export"/> gave.</param>
    /// <param name="isSameDay">Whether it was kept on this trading date: only then do open and denial hold.</param>
    public void Restore(int ticker, in KeptTicker kept, bool isSameDay)
    {
        _estimator.Restore(ticker, kept.Baseline, kept.BaselineMoves);
        if (isSameDay) (_states[ticker].OpenPrice, _states[ticker].IsDenied) = (kept.OpenPrice, kept.IsDenied);
    }

    private void Enter(ref State state, VerdictReasons reason, long nowNs)
    {
        state.Inside |= reason;
        state.StayUntilNs = nowNs + _options.StayMs * NsPerMs;
    }

    private void JudgeDayMove(ref State state)
    {
        long moved = Math.Abs((long)state.LastPrice - state.OpenPrice) * Million / state.OpenPrice;
        if (moved >= _options.DayMoveDenyPpm) state.IsDenied = true;
        int limit = state.IsFarFromOpen ? _options.DayMoveSellOnlyPpm - _options.DayMoveReturnPpm : _options.DayMoveSellOnlyPpm;
        state.IsFarFromOpen = moved >= limit;
    }

    private struct State
    {
        public long AsOfNs;
        public long StayUntilNs;
        public int OpenPrice;
        public int LastPrice;
        public VerdictLevel Level;
        public VerdictReasons Reasons;
        public VerdictReasons Inside;
        public bool IsDenied;
        public bool IsFarFromOpen;
    }
}
