using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>Every field of a record in quarantine by the name of its column.</summary>
internal static class QuarantineFields
{
    private const ulong UnitsPerDollar = Money.UnitsPerDollar;

    /// <summary>The columns in order. Numbers are written bare in JSON, all else as text.</summary>
    public static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("number", true), ("state", false), ("reason", false), ("kept_at", false), ("venue_session", false), ("venue_sequence", true), ("user_ref_num", true),
        ("match_number", true), ("ticker", false), ("action", false), ("quantity", true), ("price", true), ("node", false),
    ];

    /// <summary>The values, in the order of <see cref="Columns"/>; what the message did not name is empty.</summary>
    /// <param name="record">The record.</param>
    /// <param name="seenThrough">Number of the last record that a person has seen to.</param>
    public static string[] Of(in QuarantineRecord record, long seenThrough) =>
    [
        Text(record.Number), State(record, seenThrough), record.Reason.ToString(), RecordFormat.Time(record.KeptAtNs), record.Session.ToString(), Text(record.VenueSequence),
        Named(record.UserRefNum), Named(record.MatchNumber), RecordFormat.Ticker(record.Symbol), RecordFormat.Action(record.Side), Named(record.QuantityShares),
        record.Price == 0 ? "" : Dollars(record.Price), record.Node.ToString(),
    ];

    // In the order of what a person has to know first: money that is not in the books.
    private static string State(in QuarantineRecord record, long seenThrough) =>
        record.Number <= seenThrough ? "seen"
        : record.Reason.IsTradeNotBooked() ? "not booked"
        : record.IsBooked != 0 ? "booked" : "no trade";

    private static string Named(ulong number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    // As the venue gave it, which may be beyond what a price of ours can be.
    private static string Dollars(ulong price) => string.Create(CultureInfo.InvariantCulture, $"{price / UnitsPerDollar}.{price % UnitsPerDollar:0000}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
