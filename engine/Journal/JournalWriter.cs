using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Journal;

/// <summary>The stage Journal: every execution becomes one durable transaction, together with how far its session is booked.</summary>
/// <remarks>
/// Belongs to one thread, which sleeps in the disk: a commit takes milliseconds. Allocates nothing after its construction.
/// The ring <c>responses</c> holds what arrives meanwhile, and Execution stops sending before it is full.
/// </remarks>
/// <typeparam name="TClock">Where time comes from.</typeparam>
public sealed class JournalWriter<TClock> : IAgent where TClock : struct, IClock
{
    private readonly EventPoller<ResponseEvent> _responses;
    private readonly JournalStore _store;
    private readonly JournalOptions _options;
    private readonly Universe _universe;
    private readonly CounterFile _counters;
    private readonly LogWriter _log;
    private readonly TradingGate _gate;
    private readonly TClock _clock;
    private readonly SessionCursor _session;
    private readonly RecordBuilder _builder;
    private readonly JournalTotals _totals;
    private readonly QuarantineWriter _quarantine;
    private readonly IntentBook _intents;
    private readonly EventPoller<ExecuteEvent>? _executes;
    private readonly CheckpointWriter _checkpoints;
    private readonly JournalPurge _purge;
    private readonly JournalBounds _bounds;
    private readonly long[] _answeredNs;
    private LmdbTransaction _transaction;
    private volatile bool _hasDurableSession;
    private int _recordsInTransaction;
    private JournalFailedException? _failure;

    /// <summary>Takes up where the store's recovered state ends.</summary>
    /// <param name="options">The stage's settings.</param>
    /// <param name="store">Stays the caller's to dispose, after this agent's thread has ended.</param>
    /// <param name="universe">Names the tickers of the events.</param>
    /// <param name="responses">A consumer of the ring <c>responses</c> of its own.</param>
    /// <param name="counters">Where the block Journal of the counters is.</param>
    /// <param name="log">Hears of ids, map and disk running out, and of readers that make the file grow.</param>
    /// <param name="gate">Buys and sends are stopped while ids, map or disk run out; shut for good when the journal fails.</param>
    /// <param name="clock">Time; the default of <typeparamref name="TClock"/> for the host's.</param>
    /// <param name="executes">
    /// Where intents are durable: a consumer of the ring <c>executes</c> that Execution's own follows, so that nothing is sent before it is on
    /// the disk. Null: orders go out without waiting.
    /// </param>
    public JournalWriter(JournalOptions options, JournalStore store, Universe universe, EventPoller<ResponseEvent> responses,
        CounterFile counters, LogWriter log, TradingGate gate, TClock clock = default, EventPoller<ExecuteEvent>? executes = null)
    {
        (_options, _store, _universe, _responses, _executes) = (options, store, universe, responses, executes);
        (_counters, _log, _gate, _clock) = (counters, log, gate, clock);
        _session = new SessionCursor(store.Tables, options.Calendar);
        _builder = new RecordBuilder(options, store.Recovered.LastChecksum);
        _totals = new JournalTotals(store.Recovered, universe);
        _quarantine = new QuarantineWriter(options, store, universe, counters);
        _intents = new IntentBook(options, store, universe, counters);
        IntentBook.List(store.Intents, log);
        _checkpoints = new CheckpointWriter(options, store.Tables, store.Recovered, _totals, _builder, _session);
        _purge = new JournalPurge(options, store, counters, log);
        _answeredNs = new long[options.BatchEventsMax];
        _totals.Publish(counters, store);
        _bounds = new JournalBounds(options, store, counters, log, gate, _clock.MonotonicNs);
    }

    /// <inheritdoc/>
    public string Name => "Journal";

    /// <summary>
    /// Whether nothing may be sent, because only the reserve of ids, map or disk is left. Answers in flight are still booked. For any
    /// thread.
    /// </summary>
    public bool MustHalt => _bounds.MustHalt;

    /// <summary>Whether the journal durably names the session of this run's first answer: a restart would look for open orders there. For any thread.</summary>
    public bool HasDurableSession => _hasDurableSession;

    /// <summary>Cash after the last durable booking, in 1/10,000 dollar. For the journal's thread, or after it has ended.</summary>
    public long Cash => _totals.Cash;

    /// <summary>Position of a ticker after the last durable booking, in shares. For the journal's thread, or after it has ended.</summary>
    public long PositionShares(int tickerIndex) => _totals.PositionShares(tickerIndex);

    /// <summary>Books the batch at hand and waits for the disk; without executions it only notes how far the session has come.</summary>
    /// <exception cref="JournalFailedException">A put or a commit failed, or what is to be purged is damaged: the engine stops at once.</exception>
    public int DoWork()
    {
        _counters.Add(Counter.JournalDutyCycles);
        ThrowIfFailed();
        long nowNs = _clock.MonotonicNs;
        _bounds.Look(nowNs);
        long first = _responses.Next;
        long last = _responses.AvailableThrough(_options.BatchEventsMax);
        for (long sequence = first; sequence <= last; sequence++) Follow(ref _responses[sequence]);
        long lastIntent = _executes is null ? 0 : PutIntents(_executes);

        // Progress alone is not worth a flush of its own: until its time has come, a restart only replays a little more.
        bool progressIsDue = _session.IsProgressDue(_options.ProgressCommitEvents, _options.ProgressCommitMs, nowNs);
        if (_transaction.IsOpen || progressIsDue || _intents.IsRemovalDue(_options.ProgressCommitMs, nowNs)) Commit();
        // Only now: what is given back to a ring is either durable or no booking.
        if (last >= first) _responses.Advance(last);
        int handled = (int)(last - first + 1) + (_executes is null ? 0 : PassOn(_executes, lastIntent));
        if (handled > 0) _counters.Add(Counter.JournalWorkCycles);
        KeepUp(isIdle: handled == 0);
        return handled;
    }

    /// <summary>Makes the last progress durable too, and a checkpoint, so that the next start has nothing to read. For an orderly stop, when the ring is empty.</summary>
    /// <exception cref="JournalFailedException">The commit failed.</exception>
    public void Flush()
    {
        ThrowIfFailed();
        if (_session.IsChanged || _intents.HasEnded || _checkpoints.IsBehind) Commit(withCheckpoint: true);
    }

    // After the batch: what has waited for the disk does not wait for this.
    private void KeepUp(bool isIdle)
    {
        if (_checkpoints.IsDue || _purge.NeedsCheckpoint && _checkpoints.IsBehind) Commit(withCheckpoint: true);
        // Before the first event of a run, the session at hand is still the one the journal knew.
        SessionId session = _session.Session.IsNone ? _store.Recovered.Session : _session.Session;
        const string Purging = "purging what is shipped and old";
        try
        {
            Check(_purge.DoWork(isIdle, _clock.MonotonicNs, _clock.WallClockNs, _totals.LastId, _checkpoints.DurableId, session), Purging);
        }
        catch (LmdbException damage)
        {
            Fail(new JournalFailedException(damage, Purging));
        }
    }

    private void Follow(ref ResponseEvent response)
    {
        _intents.Follow(ref response);
        if (response.VenueSequence == 0) return;
        if (response.Session != _session.Session) OnSessionChange(response.Session);
        bool isBooking = response.Kind is ResponseKind.Executed or ResponseKind.Broken;
        if (response.VenueSequence <= _session.BookedThrough)
        {
            if (isBooking) _counters.Add(Counter.JournalDuplicates);
            return;
        }

        if (isBooking) Book(ref response);
        if (response.Contradiction != QuarantineReason.None) Quarantine(ref response);
        _session.MoveOn(response.VenueSequence, response.ReplayFrom, _clock);
    }

    private void Book(ref ResponseEvent response)
    {
        Begin();
        if (_session.DateByTrade(response.VenueTimeNs, _clock.WallClockNs)) LogSession();
        bool hasId = _store.Ids.TryTake(out long id);
        // The reserve ends the sends while ids are left for everything in flight, so this cannot happen.
        Invariant.Check(hasId, "an id is left for every execution");
        JournalRecord record = _builder.Build(ref response, _universe[response.TickerIndex], id, _session.MidnightNs, _clock);
        Check(
            _transaction.Put(_store.Tables.Executions, id, StructBytes.Of(ref record), LmdbPutOptions.Append), "putting a record");
        _totals.Add(record, response.TickerIndex);
        _answeredNs[_recordsInTransaction++] = response.AnsweredNs;
    }

    /// <summary>Puts what Decision wants sent, as far as there is room. Execution sees it only after the commit.</summary>
    /// <returns>The last one put.</returns>
    private long PutIntents(EventPoller<ExecuteEvent> executes)
    {
        long last = executes.AvailableThrough(_options.BatchEventsMax);
        long sequence = executes.Next;
        for (; sequence <= last && _intents.TryTake(out long number); sequence++)
        {
            Begin();
            ref ExecuteEvent execute = ref executes[sequence];
            execute.IntentNumber = number;
            Check(_intents.Put(ref execute, _session.Session, _clock.WallClockNs, _transaction), "putting an intent");
            _counters.Add(Counter.JournalIntents);
        }

        return sequence - 1;
    }

    private static int PassOn(EventPoller<ExecuteEvent> executes, long last)
    {
        int passed = (int)(last - executes.Next + 1);
        if (passed > 0) executes.Advance(last);
        return passed;
    }

    private void Quarantine(ref ResponseEvent response)
    {
        Begin();
        Check(_quarantine.Keep(ref response, _clock.WallClockNs, _transaction), "putting a contradiction into quarantine");
    }

    private void OnSessionChange(SessionId session)
    {
        Begin();
        Check(_session.SwitchTo(session, _totals.LastId, _clock.WallClockNs, _transaction), "changing the session");
        if (_session.BookedThrough == 0) LogSession();
    }

    private void LogSession()
    {
        SessionId session = _session.Session;
        _log.Write(LogMessage.SessionBegun, _session.TradingDate, 0, session);
    }

    private void Begin()
    {
        if (_transaction.IsOpen) return;
        Check(LmdbTransaction.BeginWrite(_store.Environment, out _transaction), "beginning a transaction");
    }

    private void Commit(bool withCheckpoint = false)
    {
        Begin();
        Check(_session.Store(_transaction), "putting the session");
        Check(_intents.Store(_transaction), "removing intents that are over");
        Check(_store.Ids.Store(_transaction, _store.Tables), "putting the id blocks");
        FaultPoint.Hit(FaultPointName.InsideCommit);
        if (withCheckpoint) Check(_checkpoints.Put(_transaction, _clock.WallClockNs), "putting a checkpoint");
        Check(_transaction.Commit(), "committing");
        FaultPoint.Hit(FaultPointName.AfterCommit);
        long durableNs = _clock.MonotonicNs;
        for (int i = 0; i < _recordsInTransaction; i++)
            _counters[HopHistogram.AnsweredToDurable].Record(durableNs - _answeredNs[i]);
        _counters.Add(Counter.JournalCommits);
        _checkpoints.Count(_recordsInTransaction);
        if (withCheckpoint)
        {
            _checkpoints.OnDurable();
            _counters.Add(Counter.JournalCheckpoints);
        }

        _totals.Publish(_counters, _store);
        if (!_hasDurableSession && !_session.Session.IsNone) _hasDurableSession = true;
        _recordsInTransaction = 0;
        _bounds.AfterCommit();
    }

    private void Check(LmdbStatus status, string action)
    {
        if (status != LmdbStatus.Success) Fail(new JournalFailedException(status, action));
    }

    private void Fail(JournalFailedException failure)
    {
        _gate.StopSending(StopReasons.JournalFailed, stop: true);
        _transaction.Abort();
        throw _failure = failure;
    }

    // A sync that failed may succeed when it is tried again, and the data be gone: so nothing is.
    private void ThrowIfFailed()
    {
        if (_failure is not null) throw _failure;
    }
}
