using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>How far the SoupBinTCP session at hand is booked, and where a restart would log in.</summary>
internal sealed class SessionCursor(JournalTables tables, VenueCalendar calendar)
{
    private const long NsPerMs = 1_000_000;

    private SessionId _session;
    private SessionRow _row;
    private long _changedSinceNs;
    private int _changes;

    /// <summary>The session of <see cref="BookedThrough"/>; none before the first event.</summary>
    internal SessionId Session => _session;

    /// <summary>Last sequence number booked or passed over, durable or in the batch at hand.</summary>
    internal long BookedThrough => _row.BookedThrough;

    /// <summary>Midnight of the session's trading date, ns since 1970, UTC: the venue's times count from it.</summary>
    internal long MidnightNs { get; private set; }

    /// <summary>The session's date as year * 10,000 + month * 100 + day.</summary>
    internal int TradingDate => _row.TradingDate;

    /// <summary>Where a restart would log in.</summary>
    internal long ReplayFrom => _row.ReplayFrom;

    /// <summary>Whether something is not durable yet.</summary>
    internal bool IsChanged => _changes > 0;

    /// <summary>Passes over one message of the session.</summary>
    internal void MoveOn<TClock>(long venueSequence, long replayFrom, TClock clock) where TClock : struct, IClock
    {
        Invariant.Check(replayFrom >= 1 && replayFrom <= venueSequence + 1, "a restart logs in at a message seen or at the next");
        _row.BookedThrough = venueSequence;
        _row.ReplayFrom = replayFrom;
        if (_changes++ == 0) _changedSinceNs = clock.MonotonicNs;
    }

    /// <summary>Whether changes have waited long enough, or are many enough, for a commit of their own.</summary>
    internal bool IsProgressDue(int events, int afterMs, long nowNs) =>
        _changes > 0 && (_changes >= events || nowNs - _changedSinceNs >= afterMs * NsPerMs);

    /// <summary>
    /// Leaves the session at hand and takes up another where the journal knows it to be, with the date it has there; a new one begins at 1, and
    /// its date is that of today until a trade says better.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="lastId">The last record before it, for a session that is new.</param>
    /// <param name="wallClockNs">Ns since 1970, UTC.</param>
    /// <param name="transaction">What it becomes durable with.</param>
    internal LmdbStatus SwitchTo(SessionId session, long lastId, long wallClockNs, LmdbTransaction transaction)
    {
        LmdbStatus status = Store(transaction);
        if (status != LmdbStatus.Success) return status;
        status = transaction.Get(tables.Sessions, session, out ReadOnlySpan<byte> bytes);
        bool isKnown = status == LmdbStatus.Success && StructBytes.TryRead(bytes, out _row);
        if (!isKnown)
        {
            if (status != LmdbStatus.NotFound) return LmdbStatus.Corrupted;
            _row = new SessionRow { ReplayFrom = 1, AfterId = lastId };
        }

        if (_row.TradingDate == 0) Date(calendar.DateOfSessionBegun(wallClockNs), SessionDating.Provisional);
        else if (_row.Dating == SessionDating.WithoutOffset) Date(_row.TradingDate, SessionDating.Dated);
        MidnightNs = VenueCalendar.MidnightNs(_row.TradingDate, _row.UtcOffsetMinutes);
        _session = session;
        status = Put(transaction);
        return status == LmdbStatus.Success ? transaction.Put(tables.Meta, JournalMeta.LastSessionKey, session) : status;
    }

    /// <summary>The first trade of a session dates it for good: a venue may begin its session in the evening before.</summary>
    /// <returns>Whether the date became another one.</returns>
    internal bool DateByTrade(long venueTimeNs, long wallClockNs)
    {
        if (_row.Dating != SessionDating.Provisional) return false;
        int before = _row.TradingDate;
        Date(calendar.DateOfTrade(venueTimeNs, wallClockNs), SessionDating.Dated);
        return _row.TradingDate != before;
    }

    /// <summary>Puts the session's row, if it changed.</summary>
    internal LmdbStatus Store(LmdbTransaction transaction)
    {
        if (_changes == 0) return LmdbStatus.Success;
        _changes = 0;
        return Put(transaction);
    }

    private void Date(int date, SessionDating dating)
    {
        (_row.TradingDate, _row.UtcOffsetMinutes, _row.Dating) = (date, calendar.UtcOffsetMinutes(date), dating);
        MidnightNs = VenueCalendar.MidnightNs(date, _row.UtcOffsetMinutes);
    }

    private LmdbStatus Put(LmdbTransaction transaction) => transaction.Put(tables.Sessions, _session, StructBytes.Of(ref _row));
}
