using System.Text.Json;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.PriceService;

/// <summary>The body of <c>GET /all</c>: <c>["AAPL","AMZN"]</c>. Read once at start; allocates.</summary>
public static class TickerListBody
{
    /// <summary>Reads the list and makes the universe of it.</summary>
    /// <param name="body">The whole body, without framing.</param>
    /// <param name="universe">The tickers in alphabetical order; null when refused.</param>
    /// <param name="error">A sentence that says why the list was refused; null when it was not.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, out Universe? universe, out string? error)
    {
        universe = null;
        List<Symbol> symbols = [];
        try
        {
            error = Read(new Utf8JsonReader(body), symbols);
        }
        catch (JsonException exception)
        {
            error = $"the list is not valid JSON at byte {exception.BytePositionInLine}";
        }

        return error is null && Universe.TryCreate(symbols.ToArray(), out universe, out error);
    }

    private static string? Read(Utf8JsonReader reader, List<Symbol> symbols)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return "the list is not a JSON array";
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) return $"entry {symbols.Count + 1} of the list is not a string";
            if (!TryReadName(ref reader, out Symbol symbol))
                return $"entry {symbols.Count + 1} of the list is not a ticker: 1 to 8 printable ASCII characters that a path can hold";
            symbols.Add(symbol);
            // One more than the limit is enough to be refused; a list without end must not fill the memory.
            if (symbols.Count > Universe.TickersMax) return $"the list names more than {Universe.TickersMax} tickers";
        }

        // Reads to the end, so that bytes behind the array are found.
        while (reader.Read())
        {
        }

        return null;
    }

    private static bool TryReadName(ref Utf8JsonReader reader, out Symbol symbol)
    {
        symbol = default;
        // Escapes take up to six bytes for one character.
        if (reader.ValueSpan.Length > Symbol.Length * 6) return false;
        Span<byte> name = stackalloc byte[Symbol.Length * 6];
        int length;
        try
        {
            length = reader.CopyString(name);
        }
        catch (InvalidOperationException)
        {
            return false; // An escape that is half of a character.
        }

        return Symbol.TryParse(name[..length], out symbol) && PriceRequests.CanName(name[..length]);
    }
}
