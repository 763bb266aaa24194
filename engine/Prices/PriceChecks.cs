namespace MarketMaker.Prices;

/// <summary>What an answer came to when it was held against what is known of its ticker.</summary>
internal enum PriceFinding
{
    Good,

    /// <summary>Older than the last good price by the service's own time.</summary>
    TimeWentBack,

    /// <summary>From a future of more than two seconds.</summary>
    TimeAhead,

    /// <summary>More than 10 % from the last good price, and no second answer agrees yet.</summary>
    Jump,
}

/// <summary>
/// Plausibility of a price over time: its service time never goes back, is never more than two seconds ahead, and a jump counts
/// only when a second answer says the same.
/// </summary>
/// <remarks>One thread. 32 bytes per ticker, taken at construction.</remarks>
internal sealed class PriceChecks(int tickers)
{
    private const long AheadSecondsMax = 2;
    private const int SecondAnswersMax = 3;

    private readonly Known[] _known = new Known[tickers];

    /// <summary>Judges one answer and remembers it.</summary>
    /// <param name="tickerIndex">Whose price it is.</param>
    /// <param name="price">In 1/10,000 dollar, above 0.</param>
    /// <param name="serviceTimeSeconds">The service's time of the price, seconds since 1970.</param>
    /// <param name="wallSeconds">Our wall clock, seconds since 1970.</param>
    public PriceFinding Check(ushort tickerIndex, int price, long serviceTimeSeconds, long wallSeconds)
    {
        ref Known known = ref _known[tickerIndex];
        if (serviceTimeSeconds > wallSeconds + AheadSecondsMax) return PriceFinding.TimeAhead;
        if (serviceTimeSeconds < known.ServiceTimeSeconds) return PriceFinding.TimeWentBack;
        if (known.Price != 0 && !IsWithin(price, known.Price, 10) && !(known.Candidate != 0 && IsWithin(price, known.Candidate, 100)))
        {
            known.Candidate = price;
            if (known.JumpsInRow < int.MaxValue) known.JumpsInRow++;
            return PriceFinding.Jump;
        }

        known.Price = price;
        known.ServiceTimeSeconds = serviceTimeSeconds;
        known.Candidate = 0;
        known.JumpsInRow = 0;
        return PriceFinding.Good;
    }

    /// <summary>
    /// Whether a jump is worth a second answer at once: a service that jumps at every answer must not take the whole budget.
    /// </summary>
    public bool IsWorthSecondAnswer(ushort tickerIndex) => _known[tickerIndex].JumpsInRow <= SecondAnswersMax;

    /// <summary>Whether a price differs from another by at most one part in <paramref name="parts"/> of it.</summary>
    private static bool IsWithin(int price, int of, int parts) => Math.Abs((long)price - of) * parts <= of;

    private struct Known
    {
        public long ServiceTimeSeconds;
        public int Price;
        public int Candidate;
        public int JumpsInRow;
    }
}
