using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Prices;

/// <summary>The fair prices: one cache line per ticker, off the heap, in the alphabetical order of the universe. No insert ever.</summary>
/// <remarks>
/// Written and read by the thread of <see cref="PriceCacheUpdater{TClock}"/> alone: every other stage gets what it needs stamped on
/// its events. A glance from another thread (counters, the refresh schedule) may read an aligned field, and it is stale at once.
/// </remarks>
public sealed class PriceCache : IDisposable
{
    private readonly NativeArray<PriceLine> _lines;

    /// <summary>Takes the memory: 64 bytes per ticker.</summary>
    public PriceCache(Universe universe)
    {
        TickerCount = universe.Count;
        _lines = new NativeArray<PriceLine>(universe.Count, "price cache");
    }

    /// <summary>How many tickers there are.</summary>
    public int TickerCount { get; }

    /// <summary>One line.</summary>
    public ref PriceLine this[int tickerIndex] => ref _lines[tickerIndex];

    /// <summary>All lines, by ticker index.</summary>
    public Span<PriceLine> Lines => _lines.Span;

    /// <summary>Gives the memory back. Only after the agent has stopped.</summary>
    public void Dispose() => _lines.Dispose();
}
