namespace MarketMaker.Speed.Load;

/// <summary>When each offer is meant to leave: arrivals at random (exponential gaps) at a steady mean rate, fixed before the first one leaves.</summary>
/// <remarks>Open loop: no answer, and no lateness of the sender, ever moves an intended time. The same seed gives the same times.</remarks>
internal sealed class Schedule
{
    private const int Gaps = 1 << 16;

    private static readonly double[] UnitGaps = DrawGaps();

    private readonly long _startNs;
    private readonly double _meanGapNs;
    private double _sinceStartNs;
    private int _index;

    /// <summary>Begins a schedule.</summary>
    /// <param name="startNs">Monotonic ns before the first offer.</param>
    /// <param name="ratePerSecond">Offers a second.</param>
    public Schedule(long startNs, long ratePerSecond)
    {
        _startNs = startNs;
        _meanGapNs = 1e9 / ratePerSecond;
        Advance();
    }

    /// <summary>When the next offer is meant to leave, monotonic ns.</summary>
    public long NextNs { get; private set; }

    /// <summary>Goes on to the offer after it.</summary>
    public void Advance()
    {
        _sinceStartNs += UnitGaps[_index++ & (Gaps - 1)] * _meanGapNs;
        NextNs = _startNs + (long)_sinceStartNs;
    }

    private static double[] DrawGaps()
    {
        Random random = new(1);
        double[] gaps = new double[Gaps];
        for (int i = 0; i < Gaps; i++) gaps[i] = -Math.Log(1 - random.NextDouble());
        // Exactly one on average, so that the rate is the one asked for.
        double mean = gaps.Average();
        for (int i = 0; i < Gaps; i++) gaps[i] /= mean;
        return gaps;
    }
}
