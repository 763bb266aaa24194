using MarketMaker.Measuring;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;

namespace MarketMaker.Speed.Latency;

/// <summary>Climbs the ladder: one rate after the other against the same engine, until one does not hold.</summary>
internal sealed class LatencyRun(EngineRun engine, CancellationToken interrupted)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>Measures one rate, piece by piece.</summary>
    /// <param name="rate">Offers a second.</param>
    /// <param name="warmUpSeconds">Sent and not measured before each piece.</param>
    /// <param name="seconds">Measured, all pieces together.</param>
    /// <param name="pieces">How many.</param>
    /// <param name="between">Is done before each piece, which is told by its number from 1, while the engine and its load rest; null: nothing, and they do not.</param>
    public async Task<RungResult> MeasureAsync(long rate, double warmUpSeconds, double seconds, int pieces, Func<int, Task>? between = null)
    {
        List<Piece> measured = [];
        EngineReading before = EngineReading.Of(engine.Counters);
        for (int i = 1; i <= pieces; i++)
        {
            if (between is not null) await engine.RestAsync(() => between(i));
            measured.Add(MeasurePiece(new Rung(rate, warmUpSeconds, seconds / pieces), TimeSpan.FromSeconds(warmUpSeconds + seconds / pieces) + Slack));
        }

        return new RungResult { Pieces = measured, Engine = EngineReading.Of(engine.Counters).Since(before) };
    }

    private Piece MeasurePiece(Rung rung, TimeSpan limit)
    {
        HopWindows hops = new(engine.Counters);
        engine.Market.Run(rung);
        if (!rung.WaitWarm(limit, interrupted)) throw Stuck(rung.Rate);
        hops.Open();
        if (!rung.WaitDone(limit, interrupted)) throw Stuck(rung.Rate);
        return new Piece(rung, hops.Close());
    }

    private MeasureException Stuck(long rate) =>
        new($"the load of {rate:N0} offers/s did not end{(engine.HasEnded ? ": the engine has ended, see its log" : "")}");
}
