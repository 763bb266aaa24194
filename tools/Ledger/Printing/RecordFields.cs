using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>Every field of a record by the name of its column, for CSV and JSON.</summary>
internal static class RecordFields
{
    /// <summary>The columns in order. Numbers are written bare in JSON, all else as text.</summary>
    public static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("id", true), ("kind", false), ("executed_at", false), ("booked_at", false), ("ticker", false), ("action", false), ("quantity", true),
        ("price", true), ("cash_amount", true), ("reason", false), ("note", false), ("node", false), ("venue_session", false),
        ("venue_sequence", true), ("match_number", true), ("order_reference", true), ("user_ref_num", true), ("limit_price", true),
        ("fair_price", true), ("received_to_decoded_ns", true), ("received_to_priced_ns", true), ("received_to_decided_ns", true),
        ("received_to_sent_ns", true), ("received_to_answered_ns", true), ("received_to_journaled_ns", true), ("checksum", false),
    ];

    /// <summary>The values, in the order of <see cref="Columns"/>; an unknown hop is empty.</summary>
    public static string[] Of(in JournalRecord record)
    {
        bool hasHops = record.ReceivedNs != 0;
        return
        [
            Text(record.Id), RecordFormat.Kind(record.Kind), RecordFormat.Time(record.ExecutedAtNs), RecordFormat.Time(record.BookedAtNs),
            RecordFormat.Ticker(record.Symbol), RecordFormat.Action(record.Side), Text(record.QuantityShares), RecordFormat.Dollars(record.Price),
            RecordFormat.Dollars(record.CashAmount), RecordFormat.Reason(record.Kind, record.ReasonCode), record.Note.ToString(), record.Node.ToString(),
            record.Session.ToString(), Text(record.VenueSequence), record.MatchNumber.ToString(CultureInfo.InvariantCulture),
            record.OfferReference.ToString(CultureInfo.InvariantCulture), Text(record.UserRefNum), RecordFormat.Dollars(record.LimitPrice),
            RecordFormat.Dollars(record.FairPrice), Hop(record.DecodedDeltaNs), Hop(record.PricedDeltaNs), Hop(record.DecidedDeltaNs),
            Hop(record.SentDeltaNs), Hop(record.AnsweredNs - record.ReceivedNs), Hop(record.JournaledNs - record.ReceivedNs),
            record.Checksum.ToString("x16", CultureInfo.InvariantCulture),
        ];

        string Hop(long ns) => hasHops ? Text(ns) : "";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
