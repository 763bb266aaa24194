using System.Runtime.InteropServices;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>
/// How much of each ticker can be sold per second: buyers' offers at or above our floor, times the share of our sales that win, averaged
/// with weights that fall exponentially with age.
/// </summary>
/// <remarks>
/// Sum and weight decay alike, so their quotient is the mean over the time seen so far, the start value counting as time seen. Time comes in
/// events and is counted in units of 2^30 ns. A ticker's line decays when it is touched.
/// </remarks>
internal sealed class SellRates
{
    // 1.07 s: what happens within one unit has no age, against tau of an hour.
    private const int UnitBits = 30;
    // Weights and covers in 2^20 ns, 1.05 ms.
    private const int TickBits = 20;
    private const int TicksPerUnit = 1 << (UnitBits - TickBits);
    private const int FactorBits = 36;
    private const int PriorWeightShare = 6;
    private const int ShareBits = 16;
    private const int ShareMax = (1 << ShareBits) - 1;
    private const int NotTouched = -1;
    private const long NsPerSecond = 1_000_000_000;

    private readonly LineArray<Line> _lines;
    private readonly DecayTable _decay;
    private readonly ulong _tauTicks;
    private readonly ulong _coverCapTicks;

    /// <param name="options">Tau, prior and cover cap.</param>
    /// <param name="tickers">Size of the universe.</param>
    /// <param name="start">What yesterday or an earlier run of today knew: weighs as much as tau of watching; a prior weighs a sixth.</param>
    /// <param name="tables">Where the lines lie; null: anywhere.</param>
    public SellRates(DecisionOptions options, int tickers, StrategyState start, LineArena? tables = null)
    {
        _lines = new LineArray<Line>(tickers, tables);
        _tauTicks = (ulong)(options.SellRateTauSeconds * NsPerSecond >> TickBits);
        _coverCapTicks = (ulong)(options.CoverCapSeconds * NsPerSecond >> TickBits);
        _decay = new DecayTable((double)_tauTicks / TicksPerUnit);
        for (int i = 0; i < tickers; i++)
        {
            bool isKnown = start.SellRate(i) >= 0;
            long seconds = isKnown ? options.SellRateTauSeconds : Math.Max(1, options.SellRateTauSeconds / PriorWeightShare);
            long rate = isKnown ? start.SellRate(i) : options.SellRatePrior;
            ref Line line = ref _lines[i];
            line.AtUnits = NotTouched;
            line.Sum = (ulong)(Math.Min(rate, long.MaxValue / seconds) * seconds);
            line.WeightTicks = (ulong)(seconds * NsPerSecond >> TickBits);
        }
    }

    /// <summary>Asks for the line of a ticker that will be traded soon.</summary>
    public void Expect(int tickerIndex) => _lines.Expect(tickerIndex);

    /// <summary>A buyer's offer that pays what we ask.</summary>
    /// <param name="tickerIndex">Which ticker.</param>
    /// <param name="value">What one order of ours could have sold, in 1/10,000 dollar.</param>
    /// <param name="winShare">The share of such sales that win, in 1/65,536.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    public void OnBuyer(int tickerIndex, long value, int winShare, long nowNs)
    {
        ref Line line = ref _lines[tickerIndex];
        Decay(ref line, nowNs);
        line.Sum += Math.BigMul((ulong)value, (ulong)Math.Min(winShare, ShareMax) << (64 - ShareBits), out _);
        line.CoverFactor = 0;
    }

    /// <summary>How long it takes to sell stock of so much value, in seconds; at most the cap.</summary>
    public int CoverSeconds(int tickerIndex, long value, long nowNs) => (int)((CoverTicks(tickerIndex, value, nowNs) << TickBits) / NsPerSecond);

    /// <summary>The same in 2^20 ns.</summary>
    public long CoverTicks(int tickerIndex, long value, long nowNs)
    {
        ref Line line = ref _lines[tickerIndex];
        if (nowNs >> UnitBits != line.AtUnits) Decay(ref line, nowNs);
        if (line.CoverFactor == 0) line.CoverFactor = (line.WeightTicks << FactorBits) / Math.Max(line.Sum, 1) | 1;
        ulong high = Math.BigMul((ulong)Math.Max(value, 0), line.CoverFactor, out ulong low);
        if (high >> FactorBits - 1 != 0) return (long)_coverCapTicks;
        return (long)Math.Min(high << (64 - FactorBits) | low >> FactorBits, _coverCapTicks);
    }

    /// <summary>Sum and weight as they would be now, for the state file. Changes nothing: a look must not move a later decision.</summary>
    public (ulong Sum, ulong WeightTicks) Look(int tickerIndex, long nowNs)
    {
        Line line = _lines[tickerIndex];
        Decay(ref line, nowNs);
        return (line.Sum, line.WeightTicks);
    }

    /// <summary>What <see cref="Look"/> says as 1/10,000 dollar per second.</summary>
    public static long PerSecond(ulong sum, ulong weightTicks) =>
        (long)UInt128.Min((UInt128)sum * NsPerSecond / UInt128.Max((UInt128)weightTicks << TickBits, 1), long.MaxValue);

    private void Decay(ref Line line, long nowNs)
    {
        long units = nowNs >> UnitBits;
        long elapsed = line.AtUnits == NotTouched ? 0 : units - line.AtUnits;
        line.AtUnits = Math.Max(units, line.AtUnits);
        if (elapsed <= 0) return;
        line.Sum = _decay.Decay(line.Sum, elapsed);
        // The weight falls with the sum and grows by the time watched, toward tau.
        line.WeightTicks = _decay.Decay(line.WeightTicks, elapsed) + (_tauTicks - _decay.Decay(_tauTicks, elapsed));
        line.CoverFactor = 0;
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Line
    {
        public ulong Sum;
        public ulong WeightTicks;
        public ulong CoverFactor;
        public long AtUnits;
    }
}
