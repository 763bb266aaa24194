using System.Numerics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision.Signals;

/// <summary>
/// What our fills are worth against the fair price 1, 10 and 60 s later. Whose last fills lost money after 10 s is traded against by those who
/// know more: its ticker is denied for a while.
/// </summary>
/// <remarks>
/// Source: strategy document, section 3. One thread; time comes with events; nothing allocated after construction. Fills weigh by what they are
/// worth. A price counts only if it was fetched after the fill: an older one would show the edge we bought with, not what became of it.
/// Sales below the fair price, which a sell-off makes on purpose, are not judged, nor are orders of an earlier run.
/// </remarks>
public sealed class Markout
{
    private const long NsPerSecond = 1_000_000_000;
    private const int Horizons = 3;
    private const int JudgedHorizon = 1;
    private static readonly long[] HorizonNs = [1 * NsPerSecond, 10 * NsPerSecond, 60 * NsPerSecond];

    private readonly MarkoutOptions _options;
    private readonly NativeArray<PendingFill> _pending;
    private readonly long[] _next = new long[Horizons];
    private readonly MarkoutTotal[] _totals = new MarkoutTotal[Horizons];
    private readonly LastPrice[] _prices;
    private readonly LineArray<long> _deniedUntilNs;
    private readonly FillWindows _windows;
    private long _end;

    /// <summary>Takes the memory.</summary>
    /// <exception cref="ArgumentException">The bound of waiting fills is no power of two.</exception>
    public Markout(MarkoutOptions options, int tickerCount, LineArena? tables = null)
    {
        if (!BitOperations.IsPow2(options.PendingMax))
            throw new ArgumentException($"{options.PendingMax} fills that wait for their markout are no power of two.", nameof(options));
        _options = options;
        _pending = new NativeArray<PendingFill>(options.PendingMax, "fills that wait for their markout", prefault: false);
        _prices = new LastPrice[tickerCount];
        _deniedUntilNs = new LineArray<long>(tickerCount, tables);
        _windows = new FillWindows(tickerCount, options.FillsJudged);
    }

    /// <summary>Fills dropped because too many waited: the oldest go first.</summary>
    public long Dropped { get; private set; }

    /// <summary>Fills without a markout after 10 s because no price was fetched since.</summary>
    public long Unpriced { get; private set; }

    /// <summary>How often a ticker was denied.</summary>
    public long Denials { get; private set; }

    /// <summary>The markout of all fills after 1 s.</summary>
    public MarkoutTotal AfterOneSecond => _totals[0];

    /// <summary>The markout of all fills after 10 s.</summary>
    public MarkoutTotal AfterTenSeconds => _totals[1];

    /// <summary>The markout of all fills after 60 s.</summary>
    public MarkoutTotal AfterOneMinute => _totals[2];

    /// <summary>Asks for the line of a ticker that will be traded soon.</summary>
    public void Expect(int tickerIndex) => _deniedUntilNs.Expect(tickerIndex);

    /// <summary>Whether a ticker may not be traded.</summary>
    public bool IsDenied(int tickerIndex, long nowNs) => nowNs < _deniedUntilNs[tickerIndex];

    /// <summary>Takes an execution; every other answer is passed over.</summary>
    public void OnResponse(in ResponseEvent response)
    {
        if (response.Kind != ResponseKind.Executed || response.FairPrice == 0) return;
        bool isBuy = response.OrderSide == Side.Buy;
        if (isBuy ? response.LimitPrice > response.FairPrice : response.LimitPrice < response.FairPrice) return;
        // What is due by now is valued before this fill may take an older one's place.
        OnTime(response.AnsweredNs);
        long shares = isBuy ? response.QuantityShares : -(long)response.QuantityShares;
        long cost = shares * response.ExecutionPrice;
        if (_end > 0 && IsOfNewest(response))
        {
            ref PendingFill newest = ref Pending(_end - 1);
            newest.Shares += shares;
            newest.Cost += cost;
            return;
        }

        if (_end - _next[^1] == _pending.Length) DropOldest();
        Pending(_end) = new()
        {
            FilledNs = response.AnsweredNs,
            Shares = shares,
            Cost = cost,
            UserRefNum = response.UserRefNum,
            TickerIndex = response.TickerIndex,
        };
        _end++;
    }

    /// <summary>Takes a fair price.</summary>
    /// <param name="tickerIndex">Its ticker.</param>
    /// <param name="price">1/10,000 dollar.</param>
    /// <param name="asOfNs">The moment it counts as of, monotonic ns.</param>
    /// <param name="nowNs">When it arrived: what was due before is valued without it.</param>
    public void OnPrice(int tickerIndex, int price, long asOfNs, long nowNs)
    {
        OnTime(nowNs);
        _prices[tickerIndex] = new(price, asOfNs);
    }

    /// <summary>Values what is due.</summary>
    public void OnTime(long nowNs)
    {
        for (int horizon = 0; horizon < Horizons; horizon++)
        {
            ref long next = ref _next[horizon];
            while (next < _end && Pending(next).FilledNs + HorizonNs[horizon] <= nowNs)
            {
                Value(Pending(next), horizon, nowNs);
                next++;
            }
        }
    }

    private void Value(in PendingFill fill, int horizon, long nowNs)
    {
        LastPrice price = _prices[fill.TickerIndex];
        if (price.AsOfNs <= fill.FilledNs)
        {
            if (horizon == JudgedHorizon) Unpriced++;
            return;
        }

        // The same for a purchase and a sale: what the shares are worth less what they cost, both negative for a sale.
        long gain = fill.Shares * price.Price - fill.Cost;
        _totals[horizon] = new(_totals[horizon].Gain + gain, _totals[horizon].Value + Math.Abs(fill.Cost));
        if (horizon != JudgedHorizon || _windows.Add(fill.TickerIndex, gain) >= 0) return;
        Denials++;
        _deniedUntilNs[fill.TickerIndex] = nowNs + _options.DenyNs;
        // After the denial the ticker is judged by new fills.
        _windows.Clear(fill.TickerIndex);
    }

    private ref PendingFill Pending(long number) => ref _pending[(int)(number & (_pending.Length - 1))];

    private bool IsOfNewest(in ResponseEvent response)
    {
        ref readonly PendingFill newest = ref Pending(_end - 1);
        // One that has been valued is closed.
        return newest.UserRefNum == response.UserRefNum && newest.TickerIndex == response.TickerIndex && _next[0] < _end
            && response.AnsweredNs - newest.FilledNs <= _options.SameFillNs;
    }

    private void DropOldest()
    {
        Dropped++;
        long oldest = _next[^1] + 1;
        for (int horizon = 0; horizon < Horizons; horizon++) _next[horizon] = Math.Max(_next[horizon], oldest);
    }

    private readonly record struct LastPrice(int Price, long AsOfNs);

    private struct PendingFill
    {
        public long FilledNs;
        public long Shares;
        public long Cost;
        public uint UserRefNum;
        public ushort TickerIndex;
    }
}

/// <summary>What fills gained, and what they cost, in 1/10,000 dollar.</summary>
/// <param name="Gain">Value at the later fair price less what was paid; of a sale the other way round.</param>
/// <param name="Value">What was paid or received, without sign.</param>
public readonly record struct MarkoutTotal(long Gain, long Value)
{
    /// <summary>Gain in ppm of the value; 0 when nothing was traded.</summary>
    public long MeanPpm => Value == 0 ? 0 : (long)((Int128)Gain * 1_000_000 / Value);
}
