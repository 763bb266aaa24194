using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketMaker.Charts;

/// <summary>A report's contents as a JSON file, which a run writes and <c>report</c> reads.</summary>
public static class ReportFile
{
    /// <summary>Writes a file, replacing what was there.</summary>
    public static void Save(string path, StrategyReport report)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, report, ReportJson.Default.StrategyReport);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not one of these.</exception>
    public static StrategyReport Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(file, ReportJson.Default.StrategyReport) ?? throw new InvalidDataException($"{path} is empty");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is not the series file of a run: {problem.Message}; write it anew with report --out", problem);
        }
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StrategyReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
