using MarketMaker.Measuring;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.Latency;

/// <summary>Climbs the ladder: one rate after the other against the same engine, until one does not hold.</summary>
internal sealed class LatencyRun(EngineRun engine, CancellationToken interrupted)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>Measures one rate.</summary>
    public RungResult Measure(long rate, double warmUpSeconds, double seconds)
    {
        Rung rung = new(rate, warmUpSeconds, seconds);
        TimeSpan limit = TimeSpan.FromSeconds(warmUpSeconds + seconds) + Slack;
        HopWindows hops = new(engine.Counters);
        EngineReading before = EngineReading.Of(engine.Counters);
        engine.Market.Run(rung);
        if (!rung.WaitWarm(limit, interrupted)) throw Stuck(rate);
        hops.Open();
        if (!rung.WaitDone(limit, interrupted)) throw Stuck(rate);
        return new RungResult { Rung = rung, Hops = hops.Close(), Engine = EngineReading.Of(engine.Counters).Since(before) };
    }

    private MeasureException Stuck(long rate) =>
        new($"the load of {rate:N0} offers/s did not end{(engine.HasEnded ? ": the engine has ended, see its log" : "")}");
}
