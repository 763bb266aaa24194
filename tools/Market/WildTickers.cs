namespace MarketMaker.Market;

/// <summary>Tickers whose fair prices move several times as much as usual for a while. Drawn from a stream of its own: nothing else of a seed changes.</summary>
public sealed class WildTickers
{
    private const long NsPerSecond = 1_000_000_000;
    private const ulong Stream = 17;

    private readonly bool[] _isWild;
    private readonly long _fromNs;
    private readonly long _endNs;
    private readonly int _factor;

    /// <summary>Draws them.</summary>
    public WildTickers(MarketOptions options)
    {
        MarketRandom random = new(options.Seed, Stream);
        uint threshold = MarketRandom.Threshold(options.WildShare);
        _isWild = new bool[options.Tickers];
        for (int i = 0; i < _isWild.Length; i++) _isWild[i] = random.Chance(threshold);
        _factor = options.WildFactor;
        _fromNs = options.WildFromSeconds * NsPerSecond;
        _endNs = options.WildForSeconds == 0 ? long.MaxValue : _fromNs + options.WildForSeconds * NsPerSecond;
    }

    /// <summary>Whether the ticker is one of them.</summary>
    public bool Contains(int ticker) => _isWild[ticker];

    /// <summary>How many times its usual step a price takes at a time of the market.</summary>
    public int FactorAt(int ticker, long nowNs) => _isWild[ticker] && nowNs >= _fromNs && nowNs < _endNs ? _factor : 1;
}
