using System.Text.Json;
using System.Text.Json.Serialization;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Serving;

namespace MarketMaker.OperatorConsole.Printing;

/// <summary>The figures as JSON, by code made at compile time: Native AOT has no other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineFigures))]
[JsonSerializable(typeof(PageData))]
[JsonSerializable(typeof(IReadOnlyList<ChartPoint>))]
internal sealed partial class FiguresJson : JsonSerializerContext
{
    /// <summary>For people and scripts.</summary>
    public static string Indented(EngineFigures figures) =>
        JsonSerializer.Serialize(figures, typeof(EngineFigures), new FiguresJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true }));
}
