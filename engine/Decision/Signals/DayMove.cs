using System.Runtime.InteropServices;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision.Signals;

/// <summary>What a ticker's move since the open leaves of it, until the next day.</summary>
public enum DayMoveState : byte
{
    /// <summary>It may be traded.</summary>
    Free = 0,

    /// <summary>It may only be sold.</summary>
    SellOnly = 1,

    /// <summary>It may not be traded.</summary>
    Denied = 2,
}

/// <summary>
/// Each ticker's farthest move since the open. What counts is the day's extreme, so both states last until the next day: a ticker that comes
/// back over the border is the same ticker that has just leapt, and one that flits to and fro at the border is not bought half of the time.
/// </summary>
/// <remarks>Source: strategy document, section 5. One thread. An open that is learned late judges the day's extremes anew.</remarks>
public sealed class DayMove
{
    private const long PpmOne = 1_000_000;

    private readonly DayRange[] _ranges;
    private readonly DayMoveState[] _states;
    private readonly long _sellOnlyPpm;
    private readonly long _deniedPpm;

    /// <summary>Takes the memory; no ticker has an open yet.</summary>
    public DayMove(DayMoveOptions options, int tickerCount)
    {
        (_sellOnlyPpm, _deniedPpm) = (options.SellOnlyPpm, options.DeniedPpm);
        _ranges = new DayRange[tickerCount];
        _states = new DayMoveState[tickerCount];
    }

    /// <summary>What a ticker's move leaves of it: one byte per ticker, for the path of every offer.</summary>
    public DayMoveState this[int tickerIndex] => _states[tickerIndex];

    /// <summary>Asks for the line of a ticker that will be traded soon.</summary>
    public void Expect(int tickerIndex) => Prefetch.Item(in _states[tickerIndex]);

    /// <summary>What is known of a ticker's day, to be kept over a restart.</summary>
    public DayRange RangeOf(int tickerIndex) => _ranges[tickerIndex];

    /// <summary>Takes a fair price; the day's first one stands for the open until <see cref="OnOpen"/> tells it.</summary>
    /// <returns>Whether the ticker's state changed.</returns>
    public bool OnPrice(int tickerIndex, int price)
    {
        ref DayRange range = ref _ranges[tickerIndex];
        if (range.Open == 0) range.Open = price;
        if (range.Low == 0) (range.Low, range.High) = (price, price);
        else if (price < range.Low) range.Low = price;
        else if (price > range.High) range.High = price;
        else return false;
        return Judge(tickerIndex, range);
    }

    /// <summary>Takes the price the day opened with, as the volatility service tells it; 0 tells nothing.</summary>
    /// <returns>Whether the ticker's state changed.</returns>
    public bool OnOpen(int tickerIndex, int openPrice)
    {
        ref DayRange range = ref _ranges[tickerIndex];
        if (openPrice == 0 || openPrice == range.Open) return false;
        range.Open = openPrice;
        return Judge(tickerIndex, range);
    }

    /// <summary>Takes what an earlier run of the same day kept.</summary>
    public void Restore(int tickerIndex, in DayRange range)
    {
        _ranges[tickerIndex] = range;
        Judge(tickerIndex, range);
    }

    /// <summary>Forgets everything: a new day.</summary>
    public void StartDay()
    {
        _ranges.AsSpan().Clear();
        _states.AsSpan().Clear();
    }

    private bool Judge(int tickerIndex, in DayRange range)
    {
        long farthest = Math.Max((long)range.High - range.Open, (long)range.Open - range.Low) * PpmOne;
        // An open alone is no move, and neither are prices without one.
        DayMoveState state = range.Open == 0 || range.Low == 0 ? DayMoveState.Free
            : farthest >= _deniedPpm * range.Open ? DayMoveState.Denied
            : farthest >= _sellOnlyPpm * range.Open ? DayMoveState.SellOnly
            : DayMoveState.Free;
        if (state == _states[tickerIndex]) return false;
        _states[tickerIndex] = state;
        return true;
    }
}

/// <summary>One ticker's day in prices of 1/10,000 dollar; 0: not known yet.</summary>
[StructLayout(LayoutKind.Auto)]
public record struct DayRange(int Open, int Low, int High);
