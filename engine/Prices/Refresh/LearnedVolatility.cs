namespace MarketMaker.Prices;

/// <summary>How much each ticker moves, learned from the prices the client receives itself: squared returns over the time they took.</summary>
/// <remarks>Begins with an ordinary share's volatility and forgets over some minutes. One thread.</remarks>
internal sealed class LearnedVolatility
{
    /// <summary>What is believed before anything was seen: 1.3 bp per square root of a second, 2 % a day.</summary>
    private const double PriorVariance = 1.3 * 1.3;

    /// <summary>Seconds of observation the first belief is worth.</summary>
    private const double PriorSeconds = 60;

    /// <summary>Seconds over which it is forgotten.</summary>
    private const double MemorySeconds = 300;

    /// <summary>Least volatility in bp per square root of a second: a price that stands still may start to move.</summary>
    private const double SigmaMin = 0.2;

    private const double BpOne = 10_000;
    private const double CentiBpPerBp = 100;
    private const double NsPerSecond = 1e9;

    private readonly Seen[] _seen;

    public LearnedVolatility(int tickers)
    {
        _seen = new Seen[tickers];
        Array.Fill(_seen, new Seen { SquaresBp = PriorVariance * PriorSeconds, Seconds = PriorSeconds });
    }

    /// <summary>Volatility in bp per square root of a second.</summary>
    /// <param name="ticker">Whose.</param>
    /// <param name="verdictCentiBp">What the volatility service says, which sees every price; 0: nothing.</param>
    public double Sigma(int ticker, int verdictCentiBp) =>
        Math.Max(SigmaMin, verdictCentiBp > 0 ? verdictCentiBp / CentiBpPerBp : Math.Sqrt(_seen[ticker].SquaresBp / _seen[ticker].Seconds));

    /// <summary>Takes one price.</summary>
    public void OnPrice(int ticker, int price, long asOfNs)
    {
        ref Seen seen = ref _seen[ticker];
        double seconds = (asOfNs - seen.AsOfNs) / NsPerSecond;
        if (seconds <= 0) return;
        if (seen.Price != 0)
        {
            double returnBp = (price - seen.Price) * BpOne / seen.Price;
            double kept = MemorySeconds / (MemorySeconds + seconds);
            seen.SquaresBp = seen.SquaresBp * kept + returnBp * returnBp;
            seen.Seconds = seen.Seconds * kept + seconds;
        }

        (seen.Price, seen.AsOfNs) = (price, asOfNs);
    }

    private struct Seen
    {
        public double SquaresBp;
        public double Seconds;
        public long AsOfNs;
        public int Price;
    }
}
