using System.Globalization;
using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>Columns of the database as values of a transaction. What cannot be becomes a value that agrees with nothing.</summary>
internal static class RowText
{
    public static JournalRecordKind Kind(string text) => text switch
    {
        "EXECUTION" => JournalRecordKind.Execution,
        "BREAK" => JournalRecordKind.Break,
        "ADJUSTMENT" => JournalRecordKind.Adjustment,
        _ => default,
    };

    public static Side Side(string? text) => text switch { "BUY" => Contracts.Side.Buy, "SELL" => Contracts.Side.Sell, _ => default };

    public static SessionId Session(string text)
    {
        SessionId.TryCreate(Encoding.ASCII.GetBytes(text), out SessionId session);
        return session;
    }

    public static Symbol Ticker(string text)
    {
        Symbol.TryParse(Encoding.ASCII.GetBytes(text), out Symbol symbol);
        return symbol;
    }

    public static ulong Checksum(string text) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong checksum) ? checksum : 0;

    /// <summary>Dollars as 1/10,000 dollar; what is finer than that, or too large, cannot agree with any record.</summary>
    public static long Units(decimal dollars)
    {
        decimal units = dollars * Money.UnitsPerDollar;
        return units == decimal.Truncate(units) && Math.Abs(units) < long.MaxValue ? (long)units : long.MinValue;
    }

    public static int Price(decimal dollars) => Units(dollars) is >= 0 and <= int.MaxValue and var units ? (int)units : -1;

    public static long WallClockNs(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
