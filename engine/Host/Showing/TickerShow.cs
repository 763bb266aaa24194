using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Decision;
using MarketMaker.Platform.Counters;
using MarketMaker.Prices;

namespace MarketMaker.Host.Showing;

/// <summary>Shows a row for each ticker and how old the prices are: Decision fills in its half of the rows, then this the other by a glance at the cache.</summary>
internal sealed class TickerShow
{
    private const long NsPerMs = 1_000_000;

    private readonly PriceCache _cache;
    private readonly PositionBoard _positions;
    private readonly CounterFile _counters;
    private readonly long _staleMs;
    private readonly long[] _agesMs;

    /// <summary>Names the tickers in the file.</summary>
    public TickerShow(Universe universe, PriceCache cache, PositionBoard positions, PricesOptions options, CounterFile counters)
    {
        (_cache, _positions, _counters, _staleMs) = (cache, positions, counters, options.StalePriceAgeMs);
        _agesMs = new long[universe.Count];
        counters.SetTickers(universe);
        counters.Set(Counter.PriceAgesTickers, universe.Count);
    }

    /// <summary>Asks for a round.</summary>
    public void Ask() => _positions.Ask();

    /// <summary>Ends the round that Decision has filled in its part of, if there is one.</summary>
    public void DoWork()
    {
        if (!_positions.IsReady) return;
        ShowPrices();
        _counters.Add(Counter.HostTickerRounds);
        _positions.Release();
    }

    // A price that is being replaced may be told with the age of the one before it, or the other way round; the next round is right.
    private void ShowPrices()
    {
        long nowNs = Stopwatch.GetTimestamp();
        Span<TickerRow> rows = _counters.Tickers;
        Span<PriceLine> lines = _cache.Lines;
        int priced = 0, stale = 0, held = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly PriceLine line = ref lines[i];
            ref TickerRow row = ref rows[i];
            (row.FairPrice, row.PriceAsOfNs) = (line.Price, line.Price == 0 ? 0 : line.AsOfNs);
            row.Flags = line.VenueFlags | line.VerdictFlags | line.ListFlags | (line.Price == 0 ? TickerFlags.NoPrice : TickerFlags.None);
            if (row.PositionShares != 0) held++;
            if (row.FairPrice == 0) continue;
            long ageMs = Math.Max(0, nowNs - row.PriceAsOfNs) / NsPerMs;
            if (ageMs > _staleMs) stale++;
            _agesMs[priced++] = ageMs;
        }

        Array.Sort(_agesMs, 0, priced);
        _counters.Set(Counter.PriceAgesOldestMs, priced == 0 ? 0 : _agesMs[priced - 1]);
        _counters.Set(Counter.PriceAgesMedianMs, priced == 0 ? 0 : _agesMs[(priced - 1) / 2]);
        _counters.Set(Counter.PriceAgesP99Ms, priced == 0 ? 0 : _agesMs[(priced * 99 - 1) / 100]);
        _counters.Set(Counter.PriceAgesStaleTickers, stale);
        _counters.Set(Counter.PriceAgesTickersHeld, held);
    }
}
