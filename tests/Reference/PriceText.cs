using System.Globalization;
using System.Text.Json;

namespace MarketMaker.Tests.Reference;

/// <summary>Slow and obvious: what the body of a price says, by the framework's JSON reader and decimal arithmetic.</summary>
public static class PriceText
{
    /// <summary>Price in 1/10,000 dollar and time in seconds, or null when the body is not one good price of the ticker.</summary>
    public static (int Price, long TimeSeconds)? Read(byte[] body, string ticker)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            Dictionary<string, JsonElement> values = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!values.TryAdd(property.Name, property.Value)) return null;
            }

            if (values.Count != 3 || values["ticker"].GetString() != ticker) return null;
            string priceText = values["price"].GetRawText();
            if (priceText.Contains('e', StringComparison.OrdinalIgnoreCase)) return null;
            decimal units = decimal.Parse(priceText, NumberStyles.Float, CultureInfo.InvariantCulture) * 10_000m;
            if (units != decimal.Truncate(units) || units is < 1m or > 2_000_000_000m) return null;
            long time = long.Parse(values["time"].GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            DateTimeOffset moment = DateTimeOffset.FromUnixTimeSeconds(time);
            bool isSane = moment >= new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) && moment <= new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
            return isSane ? ((int)units, time) : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or KeyNotFoundException
            or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
