using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Feed;

/// <summary>Makes the receiver's state visible: counters at the end of a duty cycle, and a log line for each change that matters.</summary>
internal sealed class FeedWatch(MoldReceiver receiver, CounterFile counters, LogWriter log)
{
    private MoldStatistics _seen;
    private long _recoveredAtOpening;
    private bool _isGapOpen;
    private bool _isRefusing;
    private bool _isEnded;

    /// <summary>Whether there is an open gap that was made visible as such.</summary>
    public bool IsGapOpen => _isGapOpen;

    /// <summary>Brings the counters up to the receiver's statistics and says what changed.</summary>
    public void Update(bool isRefusing)
    {
        ref readonly MoldStatistics now = ref receiver.Statistics;
        counters.Set(Counter.FeedMessages, now.Delivered);
        counters.Set(Counter.FeedDuplicateMessages, now.Duplicates);
        if (now.GapsOpened != _seen.GapsOpened || _isGapOpen) OnGaps(now, isRefusing);
        if (now.Malformed != _seen.Malformed) counters.Set(Counter.FeedMalformedPackets, now.Malformed);
        if (now.WrongSession != _seen.WrongSession) OnWrongSession(now.WrongSession);
        if (now.FarFuture != _seen.FarFuture) OnFarFuture(now.FarFuture);
        if (now.Lost != _seen.Lost) OnLost(now.Lost);
        if (receiver.IsEnded && !_isEnded) OnEnded();
        _seen = now;
    }

    private void OnGaps(in MoldStatistics now, bool isRefusing)
    {
        counters.Set(Counter.FeedGaps, now.GapsOpened);
        counters.Set(Counter.FeedGapsClosed, now.GapsClosed);
        counters.Set(Counter.FeedMessagesRecovered, now.Recovered);
        counters.Set(Counter.FeedRequestsSent, now.Requests);
        bool isOpen = receiver.GapsOpen > 0;
        counters.Set(Counter.FeedGapOpen, isOpen ? 1 : 0);
        // One line when the first of several gaps opens and one when the last has closed: on a bad line there are thousands.
        if (isOpen && !_isGapOpen)
        {
            _recoveredAtOpening = now.Recovered;
            log.Write(LogMessage.FeedGapOpened, (long)receiver.FirstMissing, (long)receiver.FirstMissingEnd);
        }
        else if (!isOpen && _isGapOpen)
        {
            log.Write(LogMessage.FeedGapClosed, now.Recovered - _recoveredAtOpening);
        }

        if (isRefusing && !_isRefusing) log.Write(LogMessage.FeedRefusing);
        _isRefusing = isRefusing;
        _isGapOpen = isOpen;
    }

    private void OnLost(long lost)
    {
        counters.Set(Counter.FeedMessagesLost, lost);
        log.Write(LogMessage.FeedGapGivenUp, lost - _seen.Lost);
    }

    private void OnWrongSession(long packets)
    {
        counters.Set(Counter.FeedWrongSessionPackets, packets);
        if (IsPowerCrossed(_seen.WrongSession, packets)) log.Write(LogMessage.FeedWrongSession);
    }

    private void OnFarFuture(long packets)
    {
        counters.Set(Counter.FeedFarFuturePackets, packets);
        if (IsPowerCrossed(_seen.FarFuture, packets)) log.Write(LogMessage.FeedFarFuture, packets, (long)receiver.NextExpected);
    }

    private void OnEnded()
    {
        _isEnded = true;
        log.Write(LogMessage.FeedSessionEnded, (long)receiver.NextExpected - 1);
    }

    // A line at 1, 2, 4, 8 ... packets: the sender of bad packets does not decide how much is logged.
    private static bool IsPowerCrossed(long before, long now) => before == 0 || long.Log2(before) != long.Log2(now);
}
