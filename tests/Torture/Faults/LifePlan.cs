using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture.Faults;

/// <summary>How one life of the engine goes and ends.</summary>
/// <param name="Point">Where it kills itself; null: the runner kills it.</param>
/// <param name="PointCount">At which pass.</param>
/// <param name="KillAfterMs">When the runner kills it: ms after its first order, or after its start.</param>
/// <param name="IsBeforeTrading">Whether that counts from its start, while it recovers.</param>
/// <param name="Cuts">Where its connection is cut meanwhile.</param>
/// <param name="PauseMs">For how long it is stopped meanwhile; 0: it is not.</param>
/// <param name="WithShipper">Whether the shipper dies in the same moment.</param>
internal sealed record LifePlan(
    EnginePoint? Point, int PointCount, int KillAfterMs, bool IsBeforeTrading, IReadOnlyList<Cut> Cuts, int PauseMs, bool WithShipper)
{
    private const int CutsPerLifeMax = 2;

    /// <param name="random">Decides.</param>
    /// <param name="cuts">Cuts that are still to be made.</param>
    /// <param name="only">The one point to die at; null: any, or a random moment.</param>
    public static LifePlan Draw(Random random, Queue<Cut> cuts, EnginePoint? only)
    {
        int kind = random.Next(100);
        EnginePoint? point = only ?? (kind < 50 ? (EnginePoint)random.Next(Enum.GetValues<EnginePoint>().Length) : null);
        bool isBeforeTrading = point is null && kind < 60;
        List<Cut> chosen = [];
        if (!isBeforeTrading)
        {
            for (int i = random.Next(CutsPerLifeMax + 1); i > 0 && cuts.TryDequeue(out Cut cut); i--) chosen.Add(cut);
        }

        return new LifePlan(
            point,
            PointCount: LogUniform(random, 1, 120),
            KillAfterMs: isBeforeTrading ? random.Next(1, 250) : LogUniform(random, 20, 800),
            isBeforeTrading,
            chosen,
            PauseMs: !isBeforeTrading && random.Next(20) == 0 ? random.Next(20, 300) : 0,
            WithShipper: random.Next(8) == 0);
    }

    /// <summary>Small numbers as often as large ones: what goes wrong mostly does so soon after a start.</summary>
    public static int LogUniform(Random random, int least, int most) =>
        (int)Math.Round(least * Math.Pow((double)most / least, random.NextDouble()));
}

/// <summary>Named points at which the engine dies. The first ones are in its code; see engine/Platform/Faults.</summary>
internal enum EnginePoint
{
    BeforeSend,
    AfterSend,
    AfterAnswer,
    InsideCommit,
    AfterCommit,

    /// <summary>Inside LMDB's commit: the pages are synced, the page that makes them valid is not written. By a preloaded library.</summary>
    BetweenSyncs,

    /// <summary>Inside LMDB's commit: that page is written, and the lock file that other processes look at does not tell of it yet.</summary>
    AfterMetaWrite,
}

/// <summary>Named points of the shipper.</summary>
internal enum ShipperPoint
{
    ShipperMidBatch,
    ShipperAfterCommit,

    /// <summary>Stopped while it holds a snapshot of the journal; then killed, or let go on.</summary>
    ShipperInRead,
}
