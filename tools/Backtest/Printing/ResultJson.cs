using System.Text.Json;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;

namespace MarketMaker.Backtest.Printing;

/// <summary>A run as JSON: amounts in 1/10,000 dollar.</summary>
internal static class ResultJson
{
    public static void Write(string file, Job job, RunResult result)
    {
        using FileStream stream = File.Create(file);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("policy", job.Policy.Name);
        json.WriteNumber("seed", job.Seed);
        json.WriteStartObject("settings");
        foreach ((string key, string value) in job.World.Settings) json.WriteString(key, value);
        foreach ((string key, string value) in job.Policy.Settings) json.WriteString($"decision.{key}", value);
        json.WriteEndObject();
        foreach ((string name, long value) in result.Figures) json.WriteNumber(name, value);
        json.WriteStartObject("refused");
        for (int i = 1; i < result.Verdicts.Count; i++)
        {
            if (result.Verdicts[i] > 0) json.WriteNumber($"{(RefusalReason)i}", result.Verdicts[i]);
        }

        json.WriteEndObject();
        WriteNumbers(json, "sent_by_edge", result.SentByEdge);
        WriteNumbers(json, "won_by_edge", result.WonByEdge);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
