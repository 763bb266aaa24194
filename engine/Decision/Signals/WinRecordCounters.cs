using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Decision.Signals;

/// <summary>Shows the record of wins and losses in its block of counters.</summary>
public static class WinRecordCounters
{
    private const long PpmOne = 1_000_000;

    /// <summary>Sets every counter of the block; for the thread of Decision, once a second or less often.</summary>
    public static void Show(CounterFile counters, WinRecord record, in WinDiagnosis diagnosis, Markout markout)
    {
        counters.Set(Counter.WinRecordTries, record.Tries);
        counters.Set(Counter.WinRecordWins, record.Wins);
        counters.Set(Counter.WinRecordLossesInARow, record.LossesInARow);
        counters.Set(Counter.WinRecordSlowDowns, record.SlowDowns);
        counters.Set(Counter.WinRecordFinding, (long)diagnosis.Finding);
        counters.Set(Counter.WinRecordOurDelay, diagnosis.IsOurDelay ? 1 : 0);
        counters.Set(Counter.WinRecordUpperDelayNs, diagnosis.Delays.UpperNs);
        counters.Set(Counter.WinRecordMarkoutOneSecondPpm, markout.AfterOneSecond.MeanPpm);
        counters.Set(Counter.WinRecordMarkoutTenSecondsPpm, markout.AfterTenSeconds.MeanPpm);
        counters.Set(Counter.WinRecordMarkoutOneMinutePpm, markout.AfterOneMinute.MeanPpm);
        for (int bucket = 0; bucket < record.Buckets; bucket++)
        {
            Show(counters, bucket, record[Side.Buy, bucket], Counter.WinRecordBuyTries, Counter.WinRecordBuyWins, Counter.WinRecordBuyWinSharePpm);
            Show(counters, bucket, record[Side.Sell, bucket], Counter.WinRecordSellTries, Counter.WinRecordSellWins, Counter.WinRecordSellWinSharePpm);
        }
    }

    private static void Show(CounterFile counters, int index, in WinBucket bucket, Counter tries, Counter wins, Counter sharePpm)
    {
        counters.Set(tries + index, bucket.Tries);
        counters.Set(wins + index, bucket.Wins);
        counters.Set(sharePpm + index, bucket.WinShare * PpmOne / WinBucket.WinShareOne);
    }
}
