using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Shipper;

/// <summary>What the shipper says of itself: a line every ten seconds, and a JSON file every second.</summary>
internal sealed class ShippingStatus(ShipperOptions options, JournalReader reader, ILedgerDatabase database, TextWriter log)
{
    private const int LineEveryMs = 10_000;
    private const int FileEveryMs = 1_000;
    private const int LagCountMax = 100_000;

    private readonly JournalRecord[] _oldest = new JournalRecord[1];
    private long _shippedRows;
    private long _resentRows;
    private long _quarantined;
    private long _lineDueMs = Environment.TickCount64 + LineEveryMs;
    private long _fileDueMs;
    private long _cursor;
    private bool _isDown;

    public void OnConnected(long cursor)
    {
        _cursor = cursor;
        _isDown = false;
        log.WriteLine($"mm-shipper: connected to {database.Description}; the journal {reader.Meta.Uuid:D} of node {reader.Meta.Node} is shipped through {cursor}");
    }

    public void OnDatabaseDown(Exception failure)
    {
        if (!_isDown) log.WriteLine($"mm-shipper: the database {database.Description} is away: {failure.Message}. Trying again; nothing is lost.");
        _isDown = true;
        Tick(_cursor, isConnected: false);
    }

    public void OnShipped(ShipmentOutcome outcome)
    {
        _shippedRows += outcome.Inserted;
        _resentRows += outcome.AlreadyThere;
        _quarantined += outcome.Quarantined.Count;
    }

    public void OnEnd(long cursor)
    {
        _cursor = cursor;
        Write(isConnected: true);
        log.WriteLine($"mm-shipper: done; shipped through {cursor}: {_shippedRows} rows new, {_resentRows} there already, {_quarantined} quarantined");
    }

    public void Tick(long cursor, bool isConnected)
    {
        _cursor = cursor;
        long nowMs = Environment.TickCount64;
        if (nowMs >= _fileDueMs)
        {
            _fileDueMs = nowMs + FileEveryMs;
            Write(isConnected);
        }

        if (nowMs < _lineDueMs) return;
        _lineDueMs = nowMs + LineEveryMs;
        (long lagRows, long ageMs) = Lag();
        log.WriteLine($"mm-shipper: last id {cursor}, {lagRows} rows behind, the oldest {ageMs} ms old, {_quarantined} quarantined");
    }

    private (long Rows, long OldestAgeMs) Lag()
    {
        long rows = reader.CountAfter(_cursor, LagCountMax);
        if (rows == 0) return (0, 0);
        reader.ReadAfter(_cursor, _oldest);
        DateTime bookedAt = DateTime.UnixEpoch.AddTicks(_oldest[0].BookedAtNs / 100);
        return (rows, Math.Max(0, (long)(DateTime.UtcNow - bookedAt).TotalMilliseconds));
    }

    private void Write(bool isConnected)
    {
        if (options.StatusFile is null) return;
        (long lagRows, long ageMs) = Lag();
        string temporary = $"{options.StatusFile}.tmp";
        using (FileStream stream = File.Create(temporary))
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("journal", reader.Meta.Uuid);
            json.WriteString("node", reader.Meta.Node);
            json.WriteBoolean("connected", isConnected);
            json.WriteNumber("lastId", _cursor);
            json.WriteNumber("lagRows", lagRows);
            json.WriteNumber("oldestUnshippedAgeMs", ageMs);
            json.WriteNumber("shippedRows", _shippedRows);
            json.WriteNumber("resentRows", _resentRows);
            json.WriteNumber("quarantined", _quarantined);
            json.WriteString("updatedAt", DateTimeOffset.UtcNow);
            json.WriteEndObject();
        }

        File.Move(temporary, options.StatusFile, overwrite: true);
    }
}
