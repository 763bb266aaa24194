using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Execution;

/// <summary>Answers that contradict what was sent: each is counted and said, and several within a minute halt trading.</summary>
internal sealed class ContradictionBreaker(int perMinuteMax, TradingGate gate, CounterFile counters, LogWriter log)
{
    private const long MinuteNs = 60_000_000_000;

    // The times of the last ones, oldest overwritten: when even that one is younger than a minute, there are too many.
    private readonly long[] _timesNs = [.. Enumerable.Repeat(long.MinValue / 2, perMinuteMax)];
    private int _oldest;

    /// <summary>The venue tells of a trade that cannot be booked: nothing more is sent until a person has looked.</summary>
    public void HaltAtOnce(uint userRefNum, long sequence, long nowNs)
    {
        Count(userRefNum, sequence, nowNs);
        gate.StopSending(StopReasons.TradeNotBooked, stop: true);
        log.Write(LogMessage.TradeNotBooked, userRefNum, sequence);
    }

    public void Count(uint userRefNum, long sequence, long nowNs)
    {
        counters.Add(Counter.ExecutionContradictions);
        log.Write(LogMessage.Contradiction, userRefNum, sequence);
        _timesNs[_oldest] = nowNs;
        _oldest = _oldest + 1 == _timesNs.Length ? 0 : _oldest + 1;
        if (nowNs - _timesNs[_oldest] < MinuteNs) gate.StopSending(StopReasons.Contradictions, stop: true);
    }
}
