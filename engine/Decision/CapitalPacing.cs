namespace MarketMaker.Decision;

/// <summary>
/// What a buy must earn beyond the floor: the rent of the capital it locks times the time until it is sold. Idle capital costs nothing, so
/// the required edge is the floor; when offers outrun capital it rises, and it rises less in tickers that sell fast. A sale frees what a
/// buy locks, so that its floor may fall for the same rent.
/// </summary>
/// <remarks>Source: strategy document, section 1; the relief of sales is beyond it, see the architecture document.</remarks>
internal sealed class CapitalPacing
{
    // 1,000 s in units of 2^20 ns, what SellRates counts covers in.
    private const long TicksPer1000S = 1_000_000_000_000 >> 20;
    private const int MostPpm = 1_000_000;
    private const int PercentOne = 100;

    private readonly RentTable _rents;
    private readonly SellRates _rates;
    private readonly int _reliefPercent;
    private readonly int _reliefMaxPpm;

    public CapitalPacing(DecisionOptions options, SellRates rates)
    {
        _rents = new RentTable(options);
        _rates = rates;
        (_reliefPercent, _reliefMaxPpm) = (options.RentReliefPercent, options.SellReliefMaxPpm);
    }

    /// <summary>The rent now, ppm per 1,000 s.</summary>
    public int RentPpmPer1000S { get; private set; }

    /// <summary>Takes the capital of the moment; the rent follows with the next <see cref="SetUsed"/>.</summary>
    public void SetCapital(long capital) => _rents.SetCapital(capital);

    /// <summary>Takes what is in use, reservations included.</summary>
    public void SetUsed(long used) => RentPpmPer1000S = _rents.PpmPer1000S(used);

    /// <summary>Ppm of edge a buy needs beyond the floor.</summary>
    /// <param name="tickerIndex">Which ticker.</param>
    /// <param name="held">Value of stock and open buys of the ticker.</param>
    /// <param name="offered">Value of what would be bought: on average half of it is before us when a unit's turn to be sold comes.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    public int ExtraPpm(int tickerIndex, long held, long offered, long nowNs)
    {
        if (RentPpmPer1000S == 0) return 0;
        return (int)Math.Min(RentPpm(tickerIndex, held + offered / 2, nowNs), MostPpm);
    }

    /// <summary>Ppm of edge by which a sale may miss the floor, for the capital that it frees.</summary>
    /// <param name="tickerIndex">Which ticker.</param>
    /// <param name="held">Value of the stock that may be sold.</param>
    /// <param name="offered">Value of what the buyer wants: on average half of it leaves before a unit that would be sold last.</param>
    /// <param name="nowNs">Monotonic ns.</param>
    public int ReliefPpm(int tickerIndex, long held, long offered, long nowNs)
    {
        if (RentPpmPer1000S == 0 || _reliefMaxPpm == 0) return 0;
        return (int)Math.Min(RentPpm(tickerIndex, held - offered / 2, nowNs) * _reliefPercent / PercentOne, _reliefMaxPpm);
    }

    // The rent of the last unit of so much stock, until it is sold.
    private long RentPpm(int tickerIndex, long value, long nowNs) => RentPpmPer1000S * _rates.CoverTicks(tickerIndex, value, nowNs) / TicksPer1000S;
}
