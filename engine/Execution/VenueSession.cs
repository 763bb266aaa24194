using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;

namespace MarketMaker.Execution;

/// <summary>Which session of the venue is ours, how far it was received, and when another may take its place.</summary>
internal sealed class VenueSession(ExecutionRecovery recovery, VenueCalendar calendar)
{
    private int _tradingDate = recovery.TradingDate;

    /// <summary>The session joined last; none in a new journal.</summary>
    public SessionId Id { get; private set; } = recovery.Session;

    /// <summary>The last message received of it.</summary>
    public long LastReceived { get; set; } = recovery.ReplayFrom - 1;

    /// <summary>Whether any session is asked for: none is known, or the one that was is gone with nothing open.</summary>
    public bool AsksForAny { get; private set; } = recovery.Session.IsNone;

    /// <summary>
    /// Whether a killed run may have sent orders in this session that nothing here knows of. Over with the first fence.
    /// </summary>
    public bool MayOweAnswers { get; set; } = recovery.WasKilled && !recovery.Session.IsNone;

    /// <summary>Whether the journal has yet to be told of the session.</summary>
    public bool IsNewToJournal { get; set; }

    /// <summary>The session to log in to.</summary>
    public SessionId Wanted => AsksForAny ? default : Id;

    /// <summary>The message to log in at.</summary>
    public long SequenceWanted => AsksForAny ? 1 : LastReceived + 1;

    /// <summary>Lets go of a session that cannot be joined again.</summary>
    public void Leave() => AsksForAny = true;

    /// <summary>Joins what the venue offers.</summary>
    /// <returns>Whether it is another session than the one before.</returns>
    public bool Join(SessionId offered, long wallClockNs)
    {
        LastReceived = SequenceWanted - 1;
        AsksForAny = false;
        if (offered == Id) return false;
        Id = offered;
        IsNewToJournal = true;
        _tradingDate = calendar.DateOfSessionBegun(wallClockNs);
        return true;
    }

    /// <summary>
    /// Whether a new session would be dated with a day that the settings name once and for all, which an earlier session had and which is over:
    /// every execution of it would carry a wrong date.
    /// </summary>
    public bool WouldBearAnOldDate(SessionId offered, long wallClockNs)
    {
        bool isFirst = Id.IsNone || offered == Id;
        bool hadTheDate = calendar.FixedDate != 0 && calendar.FixedDate <= _tradingDate;
        return !isFirst && hadTheDate && calendar.DateAt(wallClockNs) != calendar.FixedDate;
    }
}
