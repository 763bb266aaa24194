using MarketMaker.VolatilityModel.Estimation;

namespace MarketMaker.VolatilityModel;

/// <summary>
/// Volatility of every ticker from polled prices: realised variance over two time constants beside bipower variance, a baseline of its own
/// for each ticker, a sequential test for rises, and the jumps.
/// </summary>
/// <remarks>
/// Source: strategy document, section 5. Time comes with the prices. Integers alone, no allocation after construction; one thread. A single
/// return counts for at most five sigma in the variance that is held against the baseline: a jump is told apart and does not look like
/// a rise for half an hour.
/// </remarks>
public sealed class VolatilityEstimator
{
    private const long NsPerMs = 1_000_000;
    private const long Million = 1_000_000;
    private const long MsPerSecond = 1_000;

    /// <summary>A poll so soon after another says nothing about volatility: what its price moves by is mostly rounding.</summary>
    private const long ShortestMs = 200;

    /// <summary>Over more time a return says nothing about volatility within the day, such as that of a night.</summary>
    private const long LongestMs = 300_000;

    /// <summary>A larger return, millionths, is held for an error or a split in the sums; as a jump it counts anyway.</summary>
    private const long ReturnMax = 250_000;

    /// <summary>Five sigma, squared.</summary>
    private const long CapVariances = 25;

    /// <summary>Samples before bipower variance is believed.</summary>
    private const long JumpSamplesMin = 12;

    /// <summary>Of the root of a normalised square.</summary>
    private const int RootBits = 20;

    private const int BaselineBits = 8;

    /// <summary>The first baseline moves by a quarter, the next by an eighth, a twelfth: a ticker unlike the default is known within half an hour.</summary>
    private const int FirstParts = 4;

    private readonly VolatilityOptions _options;
    private readonly DecayTable _slowDecay;
    private readonly DecayTable _fastDecay;
    private readonly State[] _states;

    /// <summary>Takes the memory: some 150 bytes a ticker.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public VolatilityEstimator(int tickers, VolatilityOptions options)
    {
        if (options.Validate() is { } wrong) throw new ArgumentException(wrong, nameof(options));
        _options = options;
        _slowDecay = new DecayTable(options.TauMs);
        _fastDecay = new DecayTable(options.FastTauMs);
        _states = new State[tickers];
        foreach (ref State state in _states.AsSpan()) state.Baseline = (long)options.BaselineDefault << BaselineBits;
    }

    /// <summary>Takes in one price.</summary>
    /// <param name="ticker">Index of the ticker.</param>
    /// <param name="price">In 1/10,000 dollar, above 0.</param>
    /// <param name="asOfNs">Any clock that goes forward; a price older than the last one is passed over.</param>
    /// <returns>Whether the price jumped.</returns>
    public bool OnPrice(int ticker, int price, long asOfNs)
    {
        ref State state = ref _states[ticker];
        if (state.Price == 0)
        {
            (state.Price, state.AsOfNs, state.BaselineDueNs) = (price, asOfNs, asOfNs + _options.BaselinePeriodMs * NsPerMs);
            return false;
        }

        long ms = (asOfNs - state.AsOfNs) / NsPerMs;
        if (ms <= 0) return false;
        long change = ((long)price - state.Price) * Million / state.Price;
        bool isLarge = Math.Abs(change) >= _options.JumpReturnPpm;
        if (ms < ShortestMs && !isLarge) return false;
        bool jumped = ms <= LongestMs && AddReturn(ref state, Math.Min(Math.Abs(change), ReturnMax), Math.Max(ms, ShortestMs));
        if (ms > LongestMs) state.RootBefore = 0;
        (state.Price, state.AsOfNs) = (price, asOfNs);
        if (asOfNs >= state.BaselineDueNs) MoveBaseline(ref state, asOfNs);
        return jumped || isLarge;
    }

    /// <summary>Volatility now, 0.01 bp per square root of a second; 0 before the second price.</summary>
    public int Sigma(int ticker) => (int)IntegerRoot.Of(_states[ticker].Slow.CappedPerSecond);

    /// <summary>The same over the short time constant, which sees a rise sooner and is rougher.</summary>
    public int FastSigma(int ticker) => (int)IntegerRoot.Of(_states[ticker].Fast.CappedPerSecond);

    /// <summary>What is usual for the ticker, 0.01 bp per square root of a second.</summary>
    public int Baseline(int ticker) => (int)Math.Max(_states[ticker].Baseline >> BaselineBits, _options.BaselineFloor);

    /// <summary>Whether volatility is above the ticker's own limit or the limit for all, by more than chance.</summary>
    public bool HasRisen(int ticker)
    {
        ref State state = ref _states[ticker];
        long usual = Square(Baseline(ticker));
        long slow = state.Slow.CappedPerSecond;
        long limit = usual * _options.EnterPercent / 100 * _options.EnterPercent / 100;
        if (state.Test.HasRisen || (slow > limit && Evidence.IsEnough(slow, usual, state.Slow.Samples))) return true;
        // The limit for all needs as many samples as double the usual does: it may be near what is usual for this ticker.
        return slow > Square(_options.EnterSigma) && Evidence.IsEnough(4, 1, state.Slow.Samples);
    }

    /// <summary>Whether volatility is back below what ends a rise, over both time constants.</summary>
    public bool IsCalm(int ticker)
    {
        ref State state = ref _states[ticker];
        long variance = Math.Max(state.Slow.CappedPerSecond, state.Fast.CappedPerSecond);
        return variance < Square(_options.LeaveSigma) && variance < CalmLimit(ref state);
    }

    /// <summary>A new day: the night's return is none.</summary>
    public void BeginDay()
    {
        foreach (ref State state in _states.AsSpan()) (state.Price, state.RootBefore) = (0, 0);
    }

    /// <summary>What to keep of a ticker until the next start.</summary>
    public (long Baseline, int Moves) Export(int ticker) => (_states[ticker].Baseline, _states[ticker].BaselineMoves);

    /// <summary>Takes back what <see cref="Export"/> gave.</summary>
    public void Restore(int ticker, long baseline, int moves) => (_states[ticker].Baseline, _states[ticker].BaselineMoves) = (baseline, moves);

    private bool AddReturn(ref State state, long change, long ms)
    {
        long square = change * change;
        long usual = Math.Max(Square(Math.Max(state.Baseline >> BaselineBits, _options.BaselineFloor)), state.Fast.CappedPerSecond);
        long cap = Math.Max(CapVariances * usual * ms / MsPerSecond, 1);
        long root = IntegerRoot.Of((square << RootBits) / ms);
        // Half of pi as 355/226.
        long bipower = (long)((Int128)root * state.RootBefore * ms * 355 / 226 >> RootBits);
        state.RootBefore = root;
        long capped = Math.Min(square, cap);
        state.Slow.Add(_slowDecay, ms, square, capped, bipower);
        state.Fast.Add(_fastDecay, ms, square, capped, bipower);
        state.Test.Add(square, CalmLimit(ref state) * ms / MsPerSecond);
        return square > cap
            && state.Fast.Samples >= JumpSamplesMin
            && state.Fast.RealisedPerSecond > _options.JumpRatio * state.Fast.BipowerPerSecond;
    }

    // A step towards the sigma of now, of a size that does not depend on how far off it is: what is so followed is the median.
    private void MoveBaseline(ref State state, long asOfNs)
    {
        state.BaselineDueNs = asOfNs + _options.BaselinePeriodMs * NsPerMs;
        long sigma = IntegerRoot.Of(state.Slow.CappedPerSecond) << BaselineBits;
        long step = Math.Max(state.Baseline / Math.Min(FirstParts * (1 + state.BaselineMoves), _options.BaselineParts), 1);
        state.Baseline = sigma > state.Baseline ? Math.Min(state.Baseline + step, sigma) : Math.Max(state.Baseline - step, Math.Max(sigma, 1));
        if (state.BaselineMoves < _options.BaselineParts) state.BaselineMoves++;
    }

    /// <summary>The variance below which a ticker is calm: some way above its usual one.</summary>
    private long CalmLimit(ref State state) =>
        Square(Math.Max(state.Baseline >> BaselineBits, _options.BaselineFloor)) * _options.LeavePercent / 100 * _options.LeavePercent / 100;

    private static long Square(long value) => value * value;

    private struct State
    {
        public DecayedVariance Slow;
        public DecayedVariance Fast;
        public RiseTest Test;
        public long AsOfNs;
        public long RootBefore;
        public long Baseline;
        public long BaselineDueNs;
        public int BaselineMoves;
        public int Price;
    }
}
