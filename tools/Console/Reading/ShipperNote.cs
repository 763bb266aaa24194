using System.Text.Json;

namespace MarketMaker.OperatorConsole.Reading;

/// <summary>What the shipper says of itself in its status file.</summary>
/// <param name="State">In its words.</param>
/// <param name="LagRows">Transactions that are not in the database.</param>
/// <param name="OldestAgeMs">Age of the oldest of them.</param>
/// <param name="Alarms">Its alarms.</param>
/// <param name="AgeSeconds">How old the file is: it is renewed every second.</param>
internal sealed record ShipperNote(string State, long LagRows, long OldestAgeMs, IReadOnlyList<string> Alarms, double AgeSeconds)
{
    /// <summary>Reads the file.</summary>
    /// <returns>Null when there is none or it is not the shipper's.</returns>
    public static ShipperNote? TryRead(string? path, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(path)) return null;
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = file.RootElement;
            return new ShipperNote(
                root.GetProperty("state").GetString() ?? "",
                root.GetProperty("lagRows").GetInt64(),
                root.GetProperty("oldestUnshippedAgeMs").GetInt64(),
                [.. root.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetString() ?? "")],
                Math.Max(0, (now - root.GetProperty("updatedAt").GetDateTimeOffset()).TotalSeconds));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
