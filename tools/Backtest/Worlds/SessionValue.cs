using System.Collections.Concurrent;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Market;

namespace MarketMaker.Backtest.Worlds;

/// <summary>What a session offers, found by letting it pass once without anybody: offers do not depend on who takes them.</summary>
internal static class SessionValue
{
    private static readonly ConcurrentDictionary<(MarketOptions Market, int Seconds), Lazy<long>> Known = new();

    /// <summary>Worth of all sellers' offers that pay at least 1 %, 1/10,000 dollar.</summary>
    public static long OfPayingSellers(BacktestOptions options)
    {
        // Competitors change neither prices nor offers: one market serves all cells of a seed.
        MarketOptions alone = options.Market with { Competitors = 0, CompetitorsByHour = Array.Empty<int>(), CompetitorDelayMs = 0, CompetitorCapitalDollars = 0, CompetitorLatency = null };
        return Known.GetOrAdd((alone, options.Seconds), key => new Lazy<long>(() => Measure(key.Market, key.Seconds))).Value;
    }

    private static long Measure(MarketOptions options, int seconds)
    {
        SimulatedMarket<NullMarketSink> market = new(options, default);
        long endNs = seconds * 1_000_000_000L;
        while (market.NextOfferNs < endNs) market.Advance(market.NextOfferNs);
        return market.PayingSellersNotional;
    }
}
