namespace MarketMaker.VolatilityModel.Estimation;

/// <summary>
/// Sums that forget: squared returns, their bipower counterpart, and the time they took. Variance is one sum over the other, so unequal times between
/// polls and the first minutes need no correction.
/// </summary>
/// <remarks>Returns are in millionths, which is 0.01 bp. Values carry eight fraction bits.</remarks>
internal struct DecayedVariance
{
    private const int FractionBits = 8;
    private const long MsPerSecond = 1_000;

    private long _squares;
    private long _capped;
    private long _bipower;
    private long _timeMs;
    private long _weight;

    /// <summary>Samples that still count: tau over the time between polls, once it has run for a while.</summary>
    public readonly long Samples => _weight >> FractionBits;

    /// <summary>Variance with single returns capped, millionths squared per second; 0 before the first sample.</summary>
    public readonly long CappedPerSecond => PerSecond(_capped);

    /// <summary>Realised variance as it is.</summary>
    public readonly long RealisedPerSecond => PerSecond(_squares);

    /// <summary>Bipower variance, which a single jump hardly moves.</summary>
    public readonly long BipowerPerSecond => PerSecond(_bipower);

    /// <summary>Adds one return.</summary>
    /// <param name="decay">Its time constant.</param>
    /// <param name="ms">Time since the sample before.</param>
    /// <param name="square">The return squared.</param>
    /// <param name="capped">The same, at most what one sample may count for.</param>
    /// <param name="bipower">Its product with the return before, brought to this sample's time.</param>
    public void Add(DecayTable decay, long ms, long square, long capped, long bipower)
    {
        _squares = decay.Decay(_squares, ms) + (square << FractionBits);
        _capped = decay.Decay(_capped, ms) + (capped << FractionBits);
        _bipower = decay.Decay(_bipower, ms) + (bipower << FractionBits);
        _timeMs = decay.Decay(_timeMs, ms) + (ms << FractionBits);
        _weight = decay.Decay(_weight, ms) + (1 << FractionBits);
    }

    private readonly long PerSecond(long sum) => _timeMs == 0 ? 0 : (long)((Int128)sum * MsPerSecond / _timeMs);
}
