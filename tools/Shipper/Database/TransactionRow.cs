using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Shipper.Database;

/// <summary>A journal record as the columns of <c>transactions</c>, in one order for statements, parameters and copies.</summary>
internal static class TransactionRow
{
    internal static readonly string[] Columns =
    [
        "id", "asset_id", "price", "action", "quantity", "kind", "executed_at", "booked_at", "node", "journal", "order_reference",
        "user_ref_num", "venue_session", "venue_sequence", "match_number", "venue_time_ns", "limit_price", "fair_price",
        "decoded_ns", "priced_ns", "decided_ns", "sent_ns", "answered_ns", "journaled_ns", "checksum", "cash_amount", "note", "reason",
    ];

    internal static string ColumnList { get; } = string.Join(", ", Columns);

    /// <summary>Puts a row unless its id is there.</summary>
    internal static string InsertStatement { get; } =
        $"insert into transactions ({ColumnList}) values ({string.Join(", ", Columns.Select(column => $"@{column}"))}) on conflict (id) do nothing";

    /// <summary>Makes the parameters, without values.</summary>
    internal static void AddParameters(DbCommand command)
    {
        foreach (string column in Columns)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = column;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Fills the parameters made by <see cref="AddParameters"/>.</summary>
    internal static void Fill(DbParameterCollection parameters, in JournalRecord record, RowBatch batch, LedgerDialect dialect)
    {
        bool hasHops = record.ReceivedNs != 0;
        int i = 0;
        parameters[i++].Value = record.Id;
        parameters[i++].Value = (object?)batch.AssetOf(record) ?? DBNull.Value;
        parameters[i++].Value = dialect.Dollars(record.Price);
        parameters[i++].Value = (object?)ActionText(record) ?? DBNull.Value;
        parameters[i++].Value = record.QuantityShares;
        parameters[i++].Value = KindText(record);
        parameters[i++].Value = dialect.Time(record.ExecutedAtNs);
        parameters[i++].Value = dialect.Time(record.BookedAtNs);
        parameters[i++].Value = batch.NodeText(record);
        parameters[i++].Value = dialect.Uuid(batch.Journal);
        parameters[i++].Value = unchecked((long)record.OfferReference);
        parameters[i++].Value = (long)record.UserRefNum;
        parameters[i++].Value = batch.SessionText(record);
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
        parameters[i++].Value = ChecksumText(record);
        parameters[i++].Value = IsAdjustment(record) ? dialect.Dollars(record.CashAmount) : DBNull.Value;
        parameters[i++].Value = (object?)NoteText(record) ?? DBNull.Value;
        parameters[i].Value = (object?)ReasonText(record) ?? DBNull.Value;
    }

    /// <summary>The record's checksum covers all of it, so two records are equal when their checksums are.</summary>
    internal static string ChecksumText(in JournalRecord record) => record.Checksum.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Null when no asset moves.</summary>
    internal static string? ActionText(in JournalRecord record) => !RowBatch.HasAsset(record) ? null : record.Side == Side.Buy ? "BUY" : "SELL";

    /// <summary>The kind's name; null for a kind this program does not know, which must not be shipped as another.</summary>
    internal static string? KindTextOrNull(JournalRecordKind kind) => kind switch
    {
        JournalRecordKind.Execution => "EXECUTION",
        JournalRecordKind.Break => "BREAK",
        JournalRecordKind.Adjustment => "ADJUSTMENT",
        _ => null,
    };

    internal static string KindText(in JournalRecord record) =>
        KindTextOrNull(record.Kind) ?? throw new NotSupportedException($"the record {record.Id} is of the unknown kind {(byte)record.Kind}: use the newer mm-shipper.");

    internal static bool IsAdjustment(in JournalRecord record) => record.Kind == JournalRecordKind.Adjustment;

    internal static string? NoteText(in JournalRecord record) => IsAdjustment(record) ? record.Note.ToString() : null;

    internal static string? ReasonText(in JournalRecord record) => record.ReasonCode == 0 ? null : ((char)record.ReasonCode).ToString();

    private static object Hop(bool isKnown, long ns) => isKnown ? ns : DBNull.Value;
}
