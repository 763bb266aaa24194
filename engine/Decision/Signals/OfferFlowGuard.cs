using System.Numerics;
using System.Runtime.CompilerServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision.Signals;

/// <summary>
/// Watches all offers of each ticker. When they are off their usual distance from the fair price together, the price has moved and ours is old:
/// the ticker stops until a price arrives that was fetched after the stop. It may only stop, so whoever pushes it gains nothing but our absence.
/// </summary>
/// <remarks>
/// Source: strategy document, section 3. One thread. Every offer passes here, refused ones too: one cache line per ticker, no division, nothing
/// allocated. An offer stamped with another price than the last one heard of is not looked at: it was on its way when the price changed.
/// </remarks>
public sealed class OfferFlowGuard
{
    private const long PpmOne = 1_000_000;
    private const long NsPerUs = 1_000;
    private const int ReciprocalBits = 20;
    private const int FlowBits = 8;

    /// <summary>An offer weighs a sixteenth: with a 32nd the guard lets more bad trades through, see the decision in ARCHITECTURE.md.</summary>
    private const int FlowShift = 4;

    private const int UsualShiftMax = 8;

    /// <summary>Prices in force by which nobody trades tell nothing.</summary>
    private const TickerFlags Blind = TickerFlags.NoPrice | TickerFlags.Halted | TickerFlags.MarketClosed;

    private readonly LineArray<OfferFlowLine> _lines;
    private readonly int _movedScaled;
    private readonly int _calmScaled;
    private readonly int _clipPpm;
    private readonly int _offersMin;
    private readonly int _usualOffersMin;
    private readonly long _usualEveryNs;
    private readonly uint _usualPriceAgeMaxUs;
    private readonly long _askAgainUs;

    /// <summary>Takes the memory; no side's usual distance is known.</summary>
    public OfferFlowGuard(OfferFlowOptions options, int tickerCount, LineArena? tables = null)
    {
        _lines = new LineArray<OfferFlowLine>(tickerCount, tables);
        _movedScaled = options.MovedPpm << FlowBits;
        _calmScaled = _movedScaled / 4;
        _clipPpm = options.ClipPpm;
        _offersMin = options.OffersMin;
        _usualOffersMin = options.UsualOffersMin;
        _usualEveryNs = options.UsualMemoryNs >> UsualShiftMax;
        _usualPriceAgeMaxUs = options.UsualPriceAgeMaxUs;
        _askAgainUs = options.AskAgainNs / NsPerUs;
    }

    /// <summary>How often a ticker was stopped.</summary>
    public long Stops { get; private set; }

    /// <summary>How often the fresh price had not moved: then the usual distance had, and it is corrected.</summary>
    public long FalseStops { get; private set; }

    /// <summary>Looks at one offer, whatever becomes of it.</summary>
    /// <returns>Whether a fresh price is to be asked for at once: at the stop, and again while none has come.</returns>
    public bool Observe(in OfferEvent offer)
    {
        ref OfferFlowLine line = ref _lines[offer.TickerIndex];
        if (offer.FairPrice != line.FairPrice || (offer.Flags & Blind) != 0) return false;
        if (line.IsStopped) return IsAskDue(ref line, offer.ReceivedNs);
        // Beyond an eighth of the price nothing is told by how far: the clip below is nearer.
        long farthest = (line.FairPrice >> 3) + 1;
        long away = Math.Clamp((long)offer.Price - line.FairPrice, -farthest, farthest);
        int awayPpm = (int)((away * line.Reciprocal) >> ReciprocalBits);
        ref UsualDistance usual = ref line.Usual[offer.OfferSide.Bit()];
        // Only while the offers are where they were: a move under way would teach itself as usual.
        bool isCalm = IsWithin(line.FlowScaled, _calmScaled);
        if (isCalm && offer.ReceivedNs >= usual.DueNs && offer.PriceAgeUs <= _usualPriceAgeMaxUs) Learn(ref usual, awayPpm, offer.ReceivedNs);
        if (usual.Offers < _usualOffersMin) return false;
        int offPpm = Math.Clamp(awayPpm - (usual.PpmScaled >> FlowBits), -_clipPpm, _clipPpm);
        line.FlowScaled += ((offPpm << FlowBits) - line.FlowScaled) >> FlowShift;
        line.Offers = (ushort)Math.Min(line.Offers + 1, _offersMin);
        if (IsWithin(line.FlowScaled, _movedScaled) || line.Offers < _offersMin) return false;
        Stop(ref line, offer.ReceivedNs);
        return true;
    }

    // One comparison: the sign of a flow is as good as random, and a branch on it would be guessed wrong half the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWithin(int value, int most) => (uint)(value + most) <= 2 * (uint)most;

    /// <summary>Asks for the line of a ticker whose offer will be looked at soon.</summary>
    public void ExpectOffer(int tickerIndex) => _lines.Expect(tickerIndex);

    /// <summary>Whether an offer may not be taken: its price was fetched before its ticker was last stopped.</summary>
    public bool IsStopped(in OfferEvent offer)
    {
        ref readonly OfferFlowLine line = ref _lines[offer.TickerIndex];
        if (line.StoppedNs == 0) return false;
        // The ticker may have been released while this offer, stamped with the price of before, was on its way.
        return line.IsStopped || offer.ReceivedNs + offer.PricedDeltaNs - (offer.PriceAgeUs * NsPerUs) <= line.StoppedNs;
    }

    /// <summary>Takes a fair price.</summary>
    /// <param name="tickerIndex">Its ticker.</param>
    /// <param name="price">1 to Money.PriceMax, 1/10,000 dollar.</param>
    /// <param name="asOfNs">The moment it counts as of, monotonic ns.</param>
    /// <returns>
    /// Whether to ask for a fresh price at once: this one was on its way before the stop, and may have kept the wish from being asked for. Said once
    /// for each wish, so that a price service whose time trails is not asked as fast as it answers.
    /// </returns>
    public bool OnPrice(int tickerIndex, int price, long asOfNs)
    {
        ref OfferFlowLine line = ref _lines[tickerIndex];
        long moved = (long)price - line.FairPrice;
        if (line.IsStopped && moved != 0 && Explains(line, moved)) line.FlowScaled = 0;
        if (moved != 0)
        {
            line.FairPrice = price;
            line.Reciprocal = (PpmOne << ReciprocalBits) / price;
        }

        if (line.IsStopped)
        {
            if (asOfNs <= line.StoppedNs)
            {
                bool isFirst = !line.IsAskedAnew;
                line.IsAskedAnew = true;
                return isFirst;
            }

            Release(ref line);
        }

        // What the offers said of the price before is over; with this one they start anew.
        (line.FlowScaled, line.Offers) = (0, 0);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Learn(ref UsualDistance usual, int awayPpm, long nowNs)
    {
        // At first the mean of what was seen, then the memory: whichever of 256 offers and the configured time is longer.
        int shift = Math.Min(UsualShiftMax, 32 - BitOperations.LeadingZeroCount((uint)usual.Offers));
        int clipped = Math.Clamp(awayPpm, -_clipPpm, _clipPpm);
        usual.PpmScaled += ((clipped << FlowBits) - usual.PpmScaled) >> shift;
        if (usual.Offers < ushort.MaxValue) usual.Offers++;
        if (shift == UsualShiftMax) usual.DueNs = nowNs + _usualEveryNs;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Stop(ref OfferFlowLine line, long nowNs)
    {
        Stops++;
        (line.IsStopped, line.IsAskedAnew, line.StoppedNs, line.AskedAfterUs) = (true, false, nowNs, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsAskDue(ref OfferFlowLine line, long nowNs)
    {
        long afterUs = (nowNs - line.StoppedNs) / NsPerUs;
        if (afterUs - line.AskedAfterUs < _askAgainUs) return false;
        line.AskedAfterUs = (uint)Math.Min(afterUs, uint.MaxValue);
        line.IsAskedAnew = false;
        return true;
    }

    /// <summary>Whether the price went where the offers said, at least half as far as their average did.</summary>
    private static bool Explains(in OfferFlowLine line, long moved)
    {
        long movedScaled = Math.Clamp(moved * PpmOne / Math.Max(1, line.FairPrice), -PpmOne, PpmOne) << FlowBits;
        return Math.Sign(movedScaled) == Math.Sign(line.FlowScaled) && 2 * Math.Abs(movedScaled) >= Math.Abs((long)line.FlowScaled);
    }

    private void Release(ref OfferFlowLine line)
    {
        line.IsStopped = false;
        if (line.FlowScaled == 0) return;
        // The price stayed, so what is usual has changed: without this the ticker would stop again and again until it is relearned.
        FalseStops++;
        int correction = line.FlowScaled / 2;
        int clip = _clipPpm << FlowBits;
        for (int side = 0; side < 2; side++)
            line.Usual[side].PpmScaled = Math.Clamp(line.Usual[side].PpmScaled + correction, -clip, clip);
    }
}
