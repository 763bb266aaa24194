using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>A journal record as the columns of <c>transactions</c>, in one order for the statement and its parameters.</summary>
internal static class TransactionRow
{
    private static readonly string[] Columns =
    [
        "id", "asset_id", "price", "action", "quantity", "kind", "executed_at", "booked_at", "node", "journal", "order_reference",
        "user_ref_num", "venue_session", "venue_sequence", "match_number", "venue_time_ns", "limit_price", "fair_price",
        "decoded_ns", "priced_ns", "decided_ns", "sent_ns", "answered_ns", "journaled_ns", "checksum",
    ];

    /// <summary>The statement that puts a row unless its id is there.</summary>
    /// <param name="castOf">What follows a column's parameter, such as a cast to an enum.</param>
    internal static string InsertStatement(Func<string, string> castOf) =>
        $"insert into transactions ({string.Join(", ", Columns)}) values ({string.Join(", ", Columns.Select(column => $"@{column}{castOf(column)}"))}) "
        + "on conflict (id) do nothing";

    /// <summary>Makes the parameters, without values.</summary>
    internal static void AddParameters(DbParameterCollection parameters, Func<DbParameter> create)
    {
        foreach (string column in Columns)
        {
            DbParameter parameter = create();
            parameter.ParameterName = column;
            parameters.Add(parameter);
        }
    }

    /// <summary>Fills the parameters made by <see cref="AddParameters"/>.</summary>
    internal static void Fill(DbParameterCollection parameters, in JournalRecord record, long assetId, Guid journal, LedgerDialect dialect)
    {
        bool hasHops = record.ReceivedNs != 0;
        int i = 0;
        parameters[i++].Value = record.Id;
        parameters[i++].Value = assetId;
        parameters[i++].Value = dialect.Dollars(record.Price);
        parameters[i++].Value = record.Side == Side.Buy ? "BUY" : "SELL";
        parameters[i++].Value = record.QuantityShares;
        parameters[i++].Value = record.Kind == JournalRecordKind.Break ? "BREAK" : "EXECUTION";
        parameters[i++].Value = dialect.Time(record.ExecutedAtNs);
        parameters[i++].Value = dialect.Time(record.BookedAtNs);
        parameters[i++].Value = record.Node.ToString();
        parameters[i++].Value = dialect.Uuid(journal);
        parameters[i++].Value = unchecked((long)record.OfferReference);
        parameters[i++].Value = (long)record.UserRefNum;
        parameters[i++].Value = record.Session.ToString();
        parameters[i++].Value = record.VenueSequence;
        parameters[i++].Value = unchecked((long)record.MatchNumber);
        parameters[i++].Value = record.VenueTimeNs;
        parameters[i++].Value = dialect.Dollars(record.LimitPrice);
        parameters[i++].Value = dialect.Dollars(record.FairPrice);
        parameters[i++].Value = Hop(hasHops, record.DecodedDeltaNs);
        parameters[i++].Value = Hop(hasHops, record.PricedDeltaNs);
        parameters[i++].Value = Hop(hasHops, record.DecidedDeltaNs);
        parameters[i++].Value = Hop(hasHops, record.SentDeltaNs);
        parameters[i++].Value = Hop(hasHops, record.AnsweredNs - record.ReceivedNs);
        parameters[i++].Value = Hop(hasHops, record.JournaledNs - record.ReceivedNs);
        parameters[i].Value = ChecksumText(record);
    }

    /// <summary>The record's checksum covers all of it, so two records are equal when their checksums are.</summary>
    internal static string ChecksumText(in JournalRecord record) => record.Checksum.ToString("x16", CultureInfo.InvariantCulture);

    private static object Hop(bool isKnown, long ns) => isKnown ? ns : DBNull.Value;
}
