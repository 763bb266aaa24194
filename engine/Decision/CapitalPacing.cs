namespace MarketMaker.Decision;

/// <summary>
/// What a buy must earn beyond the floor: the rent of the capital it locks times the time until it is sold. Idle capital costs nothing, so
/// the required edge is the floor; when offers outrun capital it rises, and it rises less in tickers that sell fast.
/// </summary>
/// <remarks>Source: strategy document, section 1.</remarks>
internal sealed class CapitalPacing
{
    // 1,000 s in units of 2^20 ns, what SellRates counts covers in.
    private const long TicksPer1000S = 1_000_000_000_000 >> 20;
    private const int MostPpm = 1_000_000;

    private readonly RentTable _rents;
    private readonly SellRates _rates;

    public CapitalPacing(DecisionOptions options, SellRates rates)
    {
        _rents = new RentTable(options);
        _rates = rates;
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
        long coverTicks = _rates.CoverTicks(tickerIndex, held + offered / 2, nowNs);
        return (int)Math.Min(RentPpmPer1000S * coverTicks / TicksPer1000S, MostPpm);
    }
}
