using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Host.Configuration;
using MarketMaker.Journal;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Rings;

namespace MarketMaker.Host.Showing;

/// <summary>
/// What the watching thread puts into the counter file: its heartbeat, the rings, and once a second threads, tickers, ages of prices and the
/// lag of the shipping. Allocates nothing after its construction.
/// </summary>
internal sealed class EngineShow(EngineConfig config, Universe universe, Pipeline pipeline, JournalStore store, CounterFile counters, IRingGauge log) : IDisposable
{
    private static readonly long Second = Stopwatch.Frequency;

    private readonly RingShow _rings = new([.. pipeline.Rings, log], pipeline.JournalLag, counters);
    private readonly ThreadShow _threads = new(pipeline.Threads, counters);
    private readonly TickerShow _tickers = new(universe, pipeline.Cache, pipeline.Positions, config.Prices, counters);
    private readonly ShippingShow _shipping = new(new ShippedMark(config.Journal.Path, store.Meta.Uuid), counters);
    private long _nextSecond;

    /// <summary>The heartbeat alone, before there is anything else to show and while the engine stops.</summary>
    public static void Beat(CounterFile counters)
    {
        SystemClock clock = new();
        counters.Set(Counter.HostHeartbeatWallNs, clock.WallClockNs);
        counters.Set(Counter.HostHeartbeatNs, clock.MonotonicNs);
    }

    /// <summary>One turn of the watching thread.</summary>
    public void DoWork()
    {
        Beat(counters);
        _rings.Show();
        _tickers.DoWork();
        long now = Stopwatch.GetTimestamp();
        if (now < _nextSecond) return;
        _nextSecond = now + Second;
        _rings.EndSecond();
        _threads.Show();
        _tickers.Ask();
        _shipping.Show(now);
    }

    public void Dispose() => _threads.Dispose();
}
