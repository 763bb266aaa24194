using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Network;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Execution;

/// <summary>Which session the venue lets us join: the one the journal knows, or the next one when nothing can be open in it.</summary>
internal sealed partial class OrderSession<TStream, TClock>
    where TStream : IByteStream
    where TClock : struct, IClock
{
    private void OnLoginAccepted(long nowNs)
    {
        long asked = _session.SequenceWanted;
        bool isOtherSession = Client.Session != _session.Id;
        if (Client.NextSequence != asked || (isOtherSession && !_session.AsksForAny))
        {
            Refuse(LogMessage.ReplayRefused, asked, Client.NextSequence);
            return;
        }

        long wallClockNs = _clock.WallClockNs;
        if (_session.WouldBearAnOldDate(Client.Session, wallClockNs))
        {
            SessionId refused = Client.Session;
            Refuse(LogMessage.TradingDateIsOver, _options.Calendar.FixedDate, _options.Calendar.DateAt(wallClockNs), refused);
            return;
        }

        bool hadSession = !_session.Id.IsNone;
        if (_session.Join(Client.Session, wallClockNs)) BeginSession(hadSession);
        SessionId session = _session.Id;
        _responses.Session = session;
        _counters.Add(Counter.ExecutionLogins);
        _log.Write(LogMessage.LoggedIn, Client.NextSequence, 0, session);
        _fence.Raise(_answers.HasFenced ? _answers.HighestUserRefNum : null, nowNs);
        Enter(_fence.Number == 0 ? ExecutionState.Replaying : ExecutionState.Fencing);
    }

    /// <summary>A new session counts its messages and our numbers from 1, and knows nothing of the old one's executions.</summary>
    private void BeginSession(bool hadSession)
    {
        _answers.BookedThrough = 0;
        _answers.HighestUserRefNum = 0;
        _answers.HasFenced = false;
        if (hadSession) _executions.Clear();
    }

    private void OnLoginRejected(long nowNs)
    {
        byte reason = Client.RejectReason;
        if (reason != SoupBinLoginAnswer.SessionNotAvailable) Refuse(LogMessage.LoginRefused, 0, 0, [reason]);
        else OnSessionGone(nowNs);
    }

    private void OnEndOfSession(long nowNs)
    {
        _log.Write(LogMessage.VenueEndedSession);
        OnSessionGone(nowNs);
    }

    /// <summary>The session cannot be joined again: with orders open a person must look, without any the next one is asked for.</summary>
    private void OnSessionGone(long nowNs)
    {
        if (HasUnfinishedOrders)
        {
            SessionId gone = _session.Id;
            Refuse(LogMessage.SessionGone, Math.Max(1, _orders.Count), 0, gone);
            return;
        }

        _session.Leave();
        Lose(nowNs);
    }

    /// <summary>Whether an order's outcome may be untold: one is open, the replay is not through, or a killed run's session is not fenced.</summary>
    public bool HasUnfinishedOrders => _orders.Count > 0 || _session.MayOweAnswers || _session.LastReceived < _answers.BookedThrough;
}
