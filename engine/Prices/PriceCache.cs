using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Prices;

/// <summary>The fair prices: one cache line per ticker, in the alphabetical order of the universe. No insert ever.</summary>
/// <remarks>
/// Written and read by the thread of <see cref="PriceCacheUpdater{TClock}"/> alone: every other stage gets what it needs stamped on
/// its events. A glance from another thread (counters, the refresh schedule) may read an aligned field, and it is stale at once.
/// </remarks>
public sealed class PriceCache
{
    private readonly LineArray<PriceLine> _lines;

    /// <summary>Takes the memory.</summary>
    /// <param name="universe">The tickers.</param>
    /// <param name="tables">Where the lines lie, <see cref="TableBytes"/>; null: anywhere.</param>
    public PriceCache(Universe universe, LineArena? tables = null)
    {
        TickerCount = universe.Count;
        _lines = new LineArray<PriceLine>(universe.Count, tables);
    }

    /// <summary>Bytes of the lines of so many tickers.</summary>
    public static long TableBytes(int tickers) => tickers * 64L;

    /// <summary>How many tickers there are.</summary>
    public int TickerCount { get; }

    /// <summary>One line.</summary>
    public ref PriceLine this[int tickerIndex] => ref _lines[tickerIndex];

    /// <summary>Asks for a line that will be used soon.</summary>
    public void Expect(int tickerIndex) => _lines.Expect(tickerIndex);

    /// <summary>All lines, by ticker index.</summary>
    public Span<PriceLine> Lines => _lines.Span;
}
