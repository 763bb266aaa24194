namespace MarketMaker.Decision.Signals;

/// <summary>Why orders are lost.</summary>
public enum WinFinding : byte
{
    /// <summary>Too few tries to tell.</summary>
    TooFewTries = 0,

    /// <summary>Enough orders win.</summary>
    Healthy = 1,

    /// <summary>
    /// The share of wins falls as the edge grows: others fight for the rich offers, the poorer ones are left to us. The rule goes there by itself.
    /// </summary>
    TooWide = 2,

    /// <summary>Few orders win, at every edge alike: we are late, and no threshold helps.</summary>
    TooSlow = 3,
}

/// <summary>What the tries of late tell, with the figures behind it.</summary>
/// <param name="Finding">Why orders are lost.</param>
/// <param name="IsOurDelay">Losses concentrate where we ourselves were slow from the decision to the send: it is us, not the wire.</param>
/// <param name="Tries">Tries of late, both sides.</param>
/// <param name="Wins">How many of them won.</param>
/// <param name="Delays">Our own time from the decision to the send.</param>
public readonly record struct WinDiagnosis(WinFinding Finding, bool IsOurDelay, int Tries, int Wins, DelayQuartiles Delays)
{
    /// <summary>Squared standard errors beyond which a trend is no chance: two of them, since it only changes a word in the log.</summary>
    private const int TrendErrorsSquared = 4;

    /// <summary>Three of them, since it wakes a person.</summary>
    private const int DelayErrorsSquared = 9;

    /// <summary>Slow tries that are needed to speak of them.</summary>
    private const int SlowTriesMin = 20;

    internal static WinDiagnosis Of(WinRecordOptions options, ReadOnlySpan<WinBucket> buckets, SendDelays delays)
    {
        int tries = 0;
        int wins = 0;
        foreach (ref readonly WinBucket bucket in buckets)
        {
            tries += bucket.RecentTries;
            wins += bucket.RecentWins;
        }

        DelayQuartiles quartiles = delays.Quartiles();
        if (tries < options.DiagnosisTriesMin) return new(WinFinding.TooFewTries, false, tries, wins, quartiles);
        WinFinding finding = FallsWithEdge(options.Buckets, buckets) ? WinFinding.TooWide
            : ((long)wins << 16) < (long)options.LowWinShare * tries ? WinFinding.TooSlow
            : WinFinding.Healthy;
        return new(finding, IsSlowQuartileWorse(quartiles), tries, wins, quartiles);
    }

    /// <summary>
    /// The test of Cochran and Armitage for a trend in shares, each side against its own mean: a side that wins more and asks for less is no trend.
    /// </summary>
    private static bool FallsWithEdge(int bucketsPerSide, ReadOnlySpan<WinBucket> buckets)
    {
        // Both sides' statistics are brought to one denominator of 2^20 tries.
        Int128 slope = 0;
        Int128 variance = 0;
        for (int side = 0; side < 2; side++)
        {
            ReadOnlySpan<WinBucket> row = buckets.Slice(side * bucketsPerSide, bucketsPerSide);
            long tries = 0, wins = 0, weighted = 0, weightedWins = 0, squares = 0;
            for (int i = 0; i < row.Length; i++)
            {
                tries += row[i].RecentTries;
                wins += row[i].RecentWins;
                weighted += (long)i * row[i].RecentTries;
                weightedWins += (long)i * row[i].RecentWins;
                squares += (long)i * i * row[i].RecentTries;
            }

            if (tries == 0) continue;
            slope += ((Int128)(weightedWins * tries - weighted * wins) << 20) / tries;
            variance += ((Int128)(wins * (tries - wins)) * (squares * tries - weighted * weighted) << 40) / ((Int128)tries * tries * tries);
        }

        return slope < 0 && slope * slope > TrendErrorsSquared * variance;
    }

    private static bool IsSlowQuartileWorse(in DelayQuartiles delays)
    {
        if (delays.SlowTries < SlowTriesMin || delays.OtherTries < SlowTriesMin) return false;
        long tries = delays.SlowTries + delays.OtherTries;
        long wins = delays.SlowWins + delays.OtherWins;
        long worse = (long)delays.OtherWins * delays.SlowTries - (long)delays.SlowWins * delays.OtherTries;
        return worse > 0 && worse * worse * tries > DelayErrorsSquared * wins * (tries - wins) * delays.SlowTries * delays.OtherTries;
    }
}
