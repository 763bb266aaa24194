using MarketMaker.Contracts;

namespace MarketMaker.Protocols.PriceService;

/// <summary>
/// The body of <c>GET /{ticker}</c>: <c>{"price":100.00,"time":1646358424,"ticker":"AAPL"}</c>, keys in any order. Anything
/// that leaves a doubt is refused: a wrong fair price costs more than none.
/// </summary>
public static class PriceBody
{
    /// <summary>The earliest time taken for seconds since 1970: 2000-01-01.</summary>
    public const long TimeSecondsMin = 946_684_800;

    /// <summary>The latest time taken for seconds since 1970: 2100-01-01. Milliseconds are beyond it.</summary>
    public const long TimeSecondsMax = 4_102_444_800;

    /// <summary>Reads one price.</summary>
    /// <param name="body">The whole body, without framing.</param>
    /// <param name="expectedTicker">The ticker that was asked for.</param>
    /// <param name="price">Price in 1/10,000 dollar, 1 to <see cref="Money.PriceMax"/>; 0 when refused.</param>
    /// <param name="timeSeconds">The service's time of the price, seconds since 1970; 0 when refused.</param>
    /// <param name="error">Why it was refused; the first reason from the left.</param>
    /// <returns>False when it was refused. Allocates nothing, throws nothing.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> body, Symbol expectedTicker, out int price, out long timeSeconds, out PriceBodyError error)
    {
        JsonCursor cursor = new(body);
        error = ReadObject(ref cursor, expectedTicker, out price, out timeSeconds);
        if (error == PriceBodyError.None && !cursor.IsAtEnd()) error = PriceBodyError.Malformed;
        if (error == PriceBodyError.None) return true;
        price = 0;
        timeSeconds = 0;
        return false;
    }

    private static PriceBodyError ReadObject(ref JsonCursor cursor, Symbol expectedTicker, out int price, out long timeSeconds)
    {
        price = 0;
        timeSeconds = 0;
        Keys seen = Keys.None;
        if (!cursor.TryTake((byte)'{')) return PriceBodyError.Malformed;
        do
        {
            if (!cursor.TryTakePlainString(out ReadOnlySpan<byte> name)) return PriceBodyError.Malformed;
            if (!cursor.TryTake((byte)':')) return PriceBodyError.Malformed;
            Keys key = KeyOf(name);
            if (key == Keys.None) return PriceBodyError.UnknownKey;
            if ((seen & key) != 0) return PriceBodyError.DuplicateKey;
            seen |= key;
            PriceBodyError error = key switch
            {
                Keys.Price => PriceNumber.Read(ref cursor, out price),
                Keys.Time => ReadTime(ref cursor, out timeSeconds),
                _ => ReadTicker(ref cursor, expectedTicker),
            };
            if (error != PriceBodyError.None) return error;
        }
        while (cursor.TryTake((byte)','));

        if (!cursor.TryTake((byte)'}')) return PriceBodyError.Malformed;
        return seen == Keys.All ? PriceBodyError.None : PriceBodyError.MissingKey;
    }

    private static PriceBodyError ReadTime(ref JsonCursor cursor, out long timeSeconds)
    {
        timeSeconds = 0;
        if (!cursor.TryTakeNumber(out JsonNumber number)) return PriceBodyError.TimeNotAnInteger;
        if (number.HasExponent || number.HasFraction) return PriceBodyError.TimeNotAnInteger;
        // Eleven digits are beyond the year 2100 already, so the sum cannot overflow.
        if (number.IsNegative || number.Integer.Length > 10) return PriceBodyError.TimeOutOfRange;
        foreach (byte digit in number.Integer) timeSeconds = timeSeconds * 10 + (digit - '0');
        return timeSeconds is >= TimeSecondsMin and <= TimeSecondsMax ? PriceBodyError.None : PriceBodyError.TimeOutOfRange;
    }

    private static PriceBodyError ReadTicker(ref JsonCursor cursor, Symbol expectedTicker) =>
        cursor.TryTakePlainString(out ReadOnlySpan<byte> name) && Symbol.TryParse(name, out Symbol ticker) && ticker == expectedTicker
            ? PriceBodyError.None
            : PriceBodyError.WrongTicker;

    private static Keys KeyOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("price"u8) ? Keys.Price
        : name.SequenceEqual("time"u8) ? Keys.Time
        : name.SequenceEqual("ticker"u8) ? Keys.Ticker
        : Keys.None;

    [Flags]
    private enum Keys
    {
        None = 0,
        Price = 1,
        Time = 2,
        Ticker = 4,
        All = Price | Time | Ticker,
    }
}
