using System.Data.Common;

namespace MarketMaker.Tests.Torture.Check;

/// <summary>
/// While everything is being broken: follows the venue's record and the ledger and holds them against each other, so that what a
/// round did wrong is known within seconds. A thread of its own.
/// </summary>
internal sealed class LiveCheck : IDisposable
{
    private const int PeriodMs = 150;

    // The venue writes its record every 50 ms; a machine that is busy makes it later.
    private const int VenueLateMs = 10_000;

    private readonly VenueRecord _venue;
    private readonly Ledger _ledger;
    private readonly string _session;
    private readonly long _lagMaxMs;
    private readonly ExactlyOnce _records = new();
    private readonly Queue<long> _roundEnds = [];
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private long _lastId;
    private long _ledgerRows;
    private long _databaseFailures;

    /// <param name="venue">Closed with it.</param>
    /// <param name="ledger">Closed with it.</param>
    /// <param name="session">The venue's session of the day.</param>
    /// <param name="lagMaxMs">An execution that is not in the ledger after this time is taken for lost.</param>
    public LiveCheck(VenueRecord venue, Ledger ledger, string session, long lagMaxMs)
    {
        (_venue, _ledger, _session, _lagMaxMs) = (venue, ledger, session, lagMaxMs);
        _thread = new Thread(Run) { IsBackground = true, Name = "check" };
        _thread.Start();
    }

    /// <summary>The first thing that is wrong; null: nothing yet.</summary>
    public string? Problem { get; private set; }

    public long VenueTrades
    {
        get
        {
            lock (_lock) return _records.VenueTrades;
        }
    }

    /// <summary>Rows of the ledger seen so far. Any thread.</summary>
    public long LedgerRows => Interlocked.Read(ref _ledgerRows);

    /// <summary>Rounds all of whose executions were found in the ledger.</summary>
    public int RoundsComplete { get; private set; }

    public long LagMaxMs { get; private set; }

    /// <summary>A round is over: what the venue has recorded by now must get into the ledger.</summary>
    public void EndRound()
    {
        lock (_lock) _roundEnds.Enqueue(_records.VenueTrades);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _venue.Dispose();
        _ledger.Dispose();
    }

    private void Run()
    {
        while (!_stop.Wait(PeriodMs) && Problem is null)
        {
            try
            {
                lock (_lock) Look();
                _databaseFailures = 0;
            }
            catch (DbException failure)
            {
                // A primary that was killed is replaced within the time an execution may take.
                if (++_databaseFailures * PeriodMs > _lagMaxMs) Problem = $"the checker cannot read the ledger: {failure.Message}";
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or FormatException or InvalidCastException)
            {
                Problem = failure.Message;
            }
        }
    }

    private void Look()
    {
        // The ledger first: what is in it was in the venue's hands before.
        foreach (LedgerRow row in _ledger.ReadAfter(_session, _lastId))
        {
            _records.AddLedger(row);
            _lastId = row.Id;
            Interlocked.Increment(ref _ledgerRows);
        }

        _venue.Read(trade => _records.AddVenue(trade));
        _records.FindInvented(VenueLateMs);
        long complete = _records.CompleteThrough;
        while (_roundEnds.TryPeek(out long end) && end <= complete)
        {
            _roundEnds.Dequeue();
            RoundsComplete++;
        }

        long lagMs = _records.OldestAwaitedMs;
        LagMaxMs = Math.Max(LagMaxMs, lagMs);
        if (_records.Differences.Count > 0) Problem = $"{_records.Differences[0].Kind}: {_records.Differences[0].Text}";
        else if (lagMs > _lagMaxMs) Problem = $"Lost: an execution is not in the ledger {lagMs / 1000} s after the venue recorded it";
    }
}
