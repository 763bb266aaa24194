using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Shipper;

/// <summary>What the shipper says of itself: a line every ten seconds, an alarm when it begins and ends, and a JSON file every second.</summary>
/// <remarks>On a thread of its own, so that it tells the truth also while a commit hangs or the database is away.</remarks>
internal sealed class ShippingStatus : IDisposable
{
    private const int LineEveryMs = 10_000;
    private const int FileEveryMs = 1_000;

    private readonly ShipperOptions _options;
    private readonly JournalReader _reader;
    private readonly ShippingProgress _progress;
    private readonly TextWriter _log;
    private readonly JournalRecord[] _oldest = new JournalRecord[1];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _lineDueMs = Environment.TickCount64 + LineEveryMs;
    private (long AtMs, long Rows) _before = (Environment.TickCount64, 0);
    private List<string> _alarms = [];

    public ShippingStatus(ShipperOptions options, JournalReader reader, ShippingProgress progress, TextWriter log)
    {
        (_options, _reader, _progress, _log) = (options, reader.OpenAnother(), progress, log);
        _thread = new Thread(Run) { Name = "Status", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends, and leaves the last figures in the file.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        Report();
        _reader.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        do Report();
        while (!_stop.Wait(FileEveryMs));
    }

    private void Report()
    {
        try
        {
            ProgressFigures figures = _progress.Read();
            (long lagRows, long ageMs) = Lag(figures.LastId);
            long nowMs = Environment.TickCount64;
            double rowsPerSecond = (figures.ShippedRows - _before.Rows) * 1000.0 / Math.Max(1, nowMs - _before.AtMs);
            _before = (nowMs, figures.ShippedRows);
            Compare(AlarmsOf(figures, lagRows, ageMs, nowMs));
            if (_options.StatusFile is not null) Write(_options.StatusFile, figures, lagRows, ageMs, rowsPerSecond);
            if (nowMs < _lineDueMs) return;
            _lineDueMs = nowMs + LineEveryMs;
            _log.WriteLine($"mm-shipper: {StateText(figures.State)}, last id {figures.LastId}, {lagRows} rows behind, the oldest {ageMs} ms old, "
                + $"{rowsPerSecond:0} rows/s, {figures.QuarantinedInLedger} quarantined{(figures.Cause is { } cause ? $"; {cause}" : "")}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JournalException)
        {
            // The status must not end the shipping: it says what it can, and tries again.
            string id = Alarm.ShipperStatus.Describe().Id;
            Compare([.. _alarms.Where(alarm => !alarm.StartsWith($"{id}:", StringComparison.Ordinal)), $"{id}: {failure.Message}"]);
        }
    }

    // By the names of the one list of alarms, which the runbook goes by.
    private List<string> AlarmsOf(in ProgressFigures figures, long lagRows, long ageMs, long nowMs)
    {
        List<string> alarms = [];
        if (ageMs > _options.AgeAlarmMs) alarms.Add($"{Alarm.ShippingLate.Describe().Id}: a transaction is not in the ledger for more than {_options.AgeAlarmMs} ms");
        if (figures.Refused is { } refused) alarms.Add($"{Alarm.LedgerRefused.Describe().Id}: {refused}");
        // Before the age is one: it says that something is wrong, this says what.
        else if (figures.SetBack is null && lagRows > 0 && ageMs > _options.StallAlarmMs && nowMs - figures.ProgressAtMs > _options.StallAlarmMs)
            alarms.Add($"{Alarm.ShippingStalled.Describe().Id}: nothing was shipped for more than {_options.StallAlarmMs} ms: {figures.Cause ?? "the database has not answered yet"}");
        if (figures.SetBack is { } setBack) alarms.Add($"{Alarm.JournalSetBack.Describe().Id}: {setBack}; see the log for the remedy");
        if (figures.QuarantinedInLedger > 0) alarms.Add($"{Alarm.LedgerQuarantine.Describe().Id}: the ledger holds {figures.QuarantinedInLedger} rows of this journal in quarantine");
        return alarms;
    }

    private void Compare(List<string> alarms)
    {
        foreach (string raised in alarms.Except(_alarms)) _log.WriteLine($"mm-shipper: ALARM: {raised}");
        // One that only tells more is not over.
        foreach (string cleared in _alarms.Except(alarms).Where(was => !alarms.Exists(now => NameOf(now) == NameOf(was)))) _log.WriteLine($"mm-shipper: over: {cleared}");
        _alarms = alarms;

        static string NameOf(string alarm) => alarm[..alarm.IndexOf(':')];
    }

    private (long Rows, long OldestAgeMs) Lag(long cursor)
    {
        long rows = _reader.LagAfter(cursor);
        if (rows == 0 || _reader.ReadAfter(cursor, _oldest).Count == 0) return (rows, 0);
        DateTime bookedAt = DateTime.UnixEpoch.AddTicks(_oldest[0].BookedAtNs / TimeSpan.NanosecondsPerTick);
        return (rows, Math.Max(0, (long)(DateTime.UtcNow - bookedAt).TotalMilliseconds));
    }

    private void Write(string file, in ProgressFigures figures, long lagRows, long ageMs, double rowsPerSecond)
    {
        string temporary = $"{file}.tmp";
        using (FileStream stream = File.Create(temporary))
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("journal", _reader.Meta.Uuid);
            json.WriteString("node", _reader.Meta.Node);
            json.WriteString("color", _alarms.Count == 0 ? "green" : "red");
            json.WriteStartArray("alarms");
            foreach (string alarm in _alarms) json.WriteStringValue(alarm);
            json.WriteEndArray();
            json.WriteString("state", StateText(figures.State));
            if (figures.Cause is { } cause) json.WriteString("cause", cause);
            else json.WriteNull("cause");
            json.WriteBoolean("connected", figures.State == ShippingState.Following);
            json.WriteNumber("lastId", figures.LastId);
            json.WriteNumber("lagRows", lagRows);
            json.WriteNumber("oldestUnshippedAgeMs", ageMs);
            json.WriteNumber("rowsPerSecond", Math.Round(rowsPerSecond));
            json.WriteNumber("shippedRows", figures.ShippedRows);
            json.WriteNumber("resentRows", figures.ResentRows);
            json.WriteNumber("quarantined", figures.QuarantinedInLedger);
            json.WriteString("updatedAt", DateTimeOffset.UtcNow);
            json.WriteEndObject();
        }

        File.Move(temporary, file, overwrite: true);
    }

    private static string StateText(ShippingState state) => state switch
    {
        ShippingState.Connecting => "connecting",
        ShippingState.Waiting => "waiting for another shipper",
        ShippingState.WaitingForFormer => "waiting for a former session",
        ShippingState.Following => "following",
        ShippingState.Refused => "refused",
        ShippingState.SetBack => "set back",
        _ => "database away",
    };
}
