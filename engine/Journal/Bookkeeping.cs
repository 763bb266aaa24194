using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>What a record does to cash and stock.</summary>
public static class Bookkeeping
{
    /// <summary>Change of cash in 1/10,000 dollar: a purchase costs, a sale brings in, a Break undoes either; an Adjustment names its own amount.</summary>
    public static long CashChange(in JournalRecord record) =>
        record.Kind == JournalRecordKind.Adjustment ? record.CashAmount : -(long)record.Price * SharesChange(record);

    /// <summary>Change of the position in shares: up by a purchase, down by a sale, the reverse for a Break.</summary>
    public static long SharesChange(in JournalRecord record) =>
        record.Side == Side.Buy == (record.Kind != JournalRecordKind.Break) ? record.QuantityShares : -record.QuantityShares;
}
