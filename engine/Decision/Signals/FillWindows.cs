using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision.Signals;

/// <summary>The last fills of each ticker: what each gained, and their sum.</summary>
internal sealed class FillWindows(int tickerCount, int fillsJudged)
{
    // Most tickers fill seldom: what is never touched takes no memory.
    private readonly NativeArray<long> _gains = new(tickerCount * fillsJudged, "gains of fills", prefault: false);
    private readonly FillWindow[] _windows = new FillWindow[tickerCount];

    /// <summary>Adds a fill.</summary>
    /// <returns>The sum of the last fills in 1/10,000 dollar; 0 while there are too few.</returns>
    public long Add(int tickerIndex, long gain)
    {
        ref FillWindow window = ref _windows[tickerIndex];
        ref long slot = ref _gains[(tickerIndex * fillsJudged) + window.Next];
        window.Sum += gain - slot;
        slot = gain;
        window.Next = window.Next + 1 == fillsJudged ? 0 : window.Next + 1;
        window.Count = Math.Min(window.Count + 1, fillsJudged);
        return window.Count == fillsJudged ? window.Sum : 0;
    }

    /// <summary>Forgets a ticker's fills.</summary>
    public void Clear(int tickerIndex)
    {
        _gains.Span.Slice(tickerIndex * fillsJudged, fillsJudged).Clear();
        _windows[tickerIndex] = default;
    }

    private struct FillWindow
    {
        public long Sum;
        public int Next;
        public int Count;
    }
}
