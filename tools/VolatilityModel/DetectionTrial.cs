using MarketMaker.Contracts;
using MarketMaker.Protocols.Verdicts;

namespace MarketMaker.VolatilityModel;

/// <summary>One ticker on one seeded day in virtual time: a random walk whose volatility may rise, polled at intervals that vary.</summary>
/// <remarks>The walk steps each 100 ms, as the simulated market's does. Equal arguments give an equal day. Measures; decides nothing.</remarks>
public sealed class DetectionTrial(VolatilityOptions options, int dailyVolatilityPpm, int pollMs, int seed)
{
    private const long NsPerMs = 1_000_000;
    private const int StepMs = 100;
    private const int DaySeconds = 23_400;
    private const double StepsPerDay = DaySeconds * 1_000.0 / StepMs;

    private readonly Random _random = new(seed);

    /// <summary>Seconds from a rise by a factor to the verdict; null: not found within an hour.</summary>
    /// <param name="factor">How many times the usual volatility.</param>
    /// <param name="usualSeconds">How long the ticker is as usual before.</param>
    public double? SecondsToFind(double factor, int usualSeconds)
    {
        VerdictBook book = new(1, options);
        long risesMs = usualSeconds * 1_000L;
        long? foundMs = null;
        Walk(book, risesMs + 3_600_000, ms => ms >= risesMs ? factor : 1, (ms, reasons) =>
        {
            if (ms < risesMs || (reasons & (VerdictReasons.Rise | VerdictReasons.Jump)) == 0) return true;
            foundMs = ms;
            return false;
        });
        return (foundMs - risesMs) / 1_000.0;
    }

    /// <summary>How often a ticker that is as usual all day is called volatile or denied, the day's move left aside.</summary>
    public int FalseVerdictsInDay()
    {
        VerdictBook book = new(1, options);
        int found = 0;
        bool was = false;
        Walk(book, DaySeconds * 1_000L, _ => 1, (_, reasons) =>
        {
            bool isVolatile = (reasons & (VerdictReasons.Rise | VerdictReasons.Jump)) != 0;
            if (isVolatile && !was) found++;
            was = isVolatile;
            return true;
        });
        return found;
    }

    private void Walk(VerdictBook book, long endMs, Func<long, double> factorAt, Func<long, VerdictReasons, bool> goesOn)
    {
        double logPrice = Math.Log(60.0 * Money.UnitsPerDollar);
        double sigma = dailyVolatilityPpm / 1e6 / Math.Sqrt(StepsPerDay);
        long pollAtMs = 0;
        for (long ms = 0; ms < endMs; ms += StepMs)
        {
            logPrice += sigma * factorAt(ms) * Normal();
            if (ms < pollAtMs) continue;
            // The schedule's turn comes a little sooner or later each time.
            pollAtMs += pollMs * (75 + _random.Next(51)) / 100;
            book.OnPrice(0, (int)Math.Exp(logPrice), ms * NsPerMs, ms * NsPerMs);
            if (!goesOn(ms, book[0].Reasons)) return;
        }
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
