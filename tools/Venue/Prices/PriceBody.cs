using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketMaker.Contracts;

namespace MarketMaker.Venue.Prices;

/// <summary>The bodies of the price service's answers.</summary>
public static class PriceBody
{
    /// <summary>Room that a price's body needs besides the name.</summary>
    public const int BytesMax = 128;

    /// <summary>The body of <c>/all</c>: a JSON array of the names.</summary>
    public static byte[] All(IReadOnlyList<string> names)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        return body.ToArray();
    }

    /// <summary>Writes the body of one ticker's price: dollars with two to four decimals, unix time in whole seconds, the name.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> body, int price, long unixSeconds, string name)
    {
        int at = 0;
        Put(body, ref at, "{\"price\":"u8);
        PutNumber(body, ref at, price / Money.UnitsPerDollar);
        int fraction = price % Money.UnitsPerDollar;
        body[at++] = (byte)'.';
        for (int unit = Money.UnitsPerDollar / 10; unit > 0 && (fraction > 0 || unit >= 10_000 / 100); unit /= 10)
        {
            body[at++] = (byte)('0' + fraction / unit);
            fraction %= unit;
        }

        Put(body, ref at, ",\"time\":"u8);
        PutNumber(body, ref at, unixSeconds);
        Put(body, ref at, ",\"ticker\":\""u8);
        at += Encoding.UTF8.GetBytes(name, body[at..]);
        Put(body, ref at, "\"}"u8);
        return at;
    }

    private static void Put(Span<byte> body, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(body[at..]);
        at += text.Length;
    }

    private static void PutNumber(Span<byte> body, ref int at, long value)
    {
        Utf8Formatter.TryFormat(value, body[at..], out int written);
        at += written;
    }
}
