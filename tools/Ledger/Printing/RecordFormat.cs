using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>Values of a record as people and other programs read them.</summary>
internal static class RecordFormat
{
    private const long NsPerTick = 100;

    /// <summary>EXECUTION, BREAK or ADJUSTMENT, as in the database.</summary>
    public static string Kind(JournalRecordKind kind) => kind switch
    {
        JournalRecordKind.Execution => "EXECUTION",
        JournalRecordKind.Break => "BREAK",
        JournalRecordKind.Adjustment => "ADJUSTMENT",
        _ => $"UNKNOWN-{(int)kind}",
    };

    /// <summary>BUY, SELL, or nothing where an adjustment moves no shares.</summary>
    public static string Action(Side side) => side switch { Side.Buy => "BUY", Side.Sell => "SELL", _ => "" };

    /// <summary>An amount in 1/10,000 dollar, as dollars with four decimals.</summary>
    public static string Dollars(long units) => new decimal(units).ToDollars().ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A wall clock time in ns since 1970 as ISO 8601 in UTC, down to 100 ns.</summary>
    public static string Time(long wallClockNs) =>
        DateTime.UnixEpoch.AddTicks(wallClockNs / NsPerTick).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The symbol, or nothing in an adjustment of cash alone.</summary>
    public static string Ticker(Symbol symbol) => symbol.Packed == 0 ? "" : symbol.ToString();

    /// <summary>The letter of an adjustment's reason as a word; other letters as they are.</summary>
    public static string Reason(JournalRecordKind kind, byte letter) => (kind, letter) switch
    {
        (_, 0) => "",
        (JournalRecordKind.Adjustment, AdjustmentReason.Opening) => "opening",
        (JournalRecordKind.Adjustment, AdjustmentReason.Deposit) => "deposit",
        (JournalRecordKind.Adjustment, AdjustmentReason.Withdrawal) => "withdrawal",
        (JournalRecordKind.Adjustment, AdjustmentReason.Correction) => "correction",
        _ => ((char)letter).ToString(),
    };

    // A scale of four makes the division exact by itself.
    private static decimal ToDollars(this decimal units) => units / Money.UnitsPerDollar;
}
