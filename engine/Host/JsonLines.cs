using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketMaker.Contracts;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>A log as JSON, one object a line: time, level, event, text, and for what a pinned thread said its two numbers and its own time.</summary>
internal sealed class JsonLines : IZLoggerFormatter, IDisposable
{
    private readonly ArrayBufferWriter<byte> _none = new();
    private Utf8JsonWriter? _json;

    public bool WithLineBreak => true;

    public void FormatLogEntry(IBufferWriter<byte> writer, IZLoggerEntry entry)
    {
        LogInfo info = entry.LogInfo;
        // Read by people too, and never by a browser: an apostrophe stays one.
        Utf8JsonWriter json = _json ??= new Utf8JsonWriter(_none, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.Reset(writer);
        json.WriteStartObject();
        json.WriteString("time", info.Timestamp.Utc.UtcDateTime);
        json.WriteString("level", Name(info.LogLevel));
        json.WriteString("event", info.EventId.Name ?? "Host");
        json.WriteString("text", entry.ToString());
        if (info.Context is LogEvent line)
        {
            json.WriteNumber("a", line.A);
            json.WriteNumber("b", line.B);
            json.WriteString("said", DateTime.UnixEpoch.AddTicks(line.WallClockNs / TimeSpan.NanosecondsPerTick));
            if (line.Message is LogMessage.AlarmRaised or LogMessage.AlarmCleared) json.WriteString("alarm", Alarms.All[(int)line.A].Id);
        }

        if (info.Exception is { } exception) json.WriteString("exception", exception.ToString());
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose() => _json?.Dispose();

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
