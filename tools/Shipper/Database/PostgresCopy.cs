using MarketMaker.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace MarketMaker.Shipper.Database;

/// <summary>Rows into PostgreSQL by its binary COPY, which costs a fraction of an insert with parameters.</summary>
/// <remarks>
/// Rows and cursor are one commit, so rows are there already only after a person moved the cursor back or a database lost its
/// cursor: the copy goes straight into the table, and only when an id is taken through a staging table that leaves out those.
/// </remarks>
internal static class PostgresCopy
{
    private const string Savepoint = "rows";

    private static readonly string MakeStaging =
        $"create temporary table if not exists staging on commit delete rows as select {TransactionRow.ColumnList} from transactions with no data";

    // The bounds let the primary key find them: nothing is known of a temporary table's contents when the query is planned.
    private const string FindTaken =
        "select s.id, s.checksum = t.checksum from staging s join transactions t on t.id = s.id where t.id between $1 and $2 order by s.id";

    private static readonly string InsertRest =
        $"insert into transactions ({TransactionRow.ColumnList}) select {TransactionRow.ColumnList} from staging on conflict (id) do nothing";

    /// <returns>Index of each row that was there already, and whether its content was the same.</returns>
    public static IReadOnlyList<(int Index, bool IsSame)> Put(NpgsqlTransaction transaction, RowBatch rows)
    {
        transaction.Save(Savepoint);
        try
        {
            Copy(transaction.Connection!, "transactions", rows);
            return [];
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            transaction.Rollback(Savepoint);
            return PutByStaging(transaction, rows);
        }
    }

    internal static List<(int Index, bool IsSame)> PutByStaging(NpgsqlTransaction transaction, RowBatch rows)
    {
        NpgsqlConnection connection = transaction.Connection!;
        using (NpgsqlCommand staging = new(MakeStaging, connection, transaction)) staging.ExecuteNonQuery();
        Copy(connection, "staging", rows);
        List<(int, bool)> taken = ReadTaken(transaction, rows.Records.Span);
        using NpgsqlCommand insert = new(InsertRest, connection, transaction);
        // Whoever took an id since the look above is found by the next attempt.
        if (insert.ExecuteNonQuery() != rows.Records.Length - taken.Count) throw new UncertainCommitException("an id was taken meanwhile");
        return taken;
    }

    private static List<(int, bool)> ReadTaken(NpgsqlTransaction transaction, ReadOnlySpan<JournalRecord> records)
    {
        using NpgsqlCommand find = new(FindTaken, transaction.Connection, transaction);
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = records[0].Id });
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = records[^1].Id });
        using NpgsqlDataReader reader = find.ExecuteReader();
        List<(int, bool)> taken = [];
        int i = 0;
        while (reader.Read())
        {
            long id = reader.GetInt64(0);
            while (records[i].Id != id) i++;
            taken.Add((i, reader.GetBoolean(1)));
        }

        return taken;
    }

    private static void Copy(NpgsqlConnection connection, string table, RowBatch rows)
    {
        using NpgsqlBinaryImporter importer = connection.BeginBinaryImport($"copy {table} ({TransactionRow.ColumnList}) from stdin (format binary)");
        foreach (ref readonly JournalRecord record in rows.Records.Span) Write(importer, record, rows);
        importer.Complete();
    }

    // In the order of TransactionRow.Columns.
    private static void Write(NpgsqlBinaryImporter row, in JournalRecord record, RowBatch rows)
    {
        row.StartRow();
        row.Write(record.Id, NpgsqlDbType.Bigint);
        WriteOrNull(row, rows.AssetOf(record));
        WriteDollars(row, record.Price);
        WriteText(row, TransactionRow.ActionText(record));
        row.Write(record.QuantityShares, NpgsqlDbType.Integer);
        WriteText(row, TransactionRow.KindText(record));
        row.Write(LedgerDialect.ToDateTime(record.ExecutedAtNs), NpgsqlDbType.TimestampTz);
        row.Write(LedgerDialect.ToDateTime(record.BookedAtNs), NpgsqlDbType.TimestampTz);
        WriteText(row, rows.NodeText(record));
        row.Write(rows.Journal, NpgsqlDbType.Uuid);
        row.Write(unchecked((long)record.OfferReference), NpgsqlDbType.Bigint);
        row.Write((long)record.UserRefNum, NpgsqlDbType.Bigint);
        WriteText(row, rows.SessionText(record));
        row.Write(record.VenueSequence, NpgsqlDbType.Bigint);
        row.Write(unchecked((long)record.MatchNumber), NpgsqlDbType.Bigint);
        row.Write(record.VenueTimeNs, NpgsqlDbType.Bigint);
        WriteDollars(row, record.LimitPrice);
        WriteDollars(row, record.FairPrice);
        bool hasHops = record.ReceivedNs != 0;
        WriteOrNull(row, hasHops ? record.DecodedDeltaNs : null);
        WriteOrNull(row, hasHops ? record.PricedDeltaNs : null);
        WriteOrNull(row, hasHops ? record.DecidedDeltaNs : null);
        WriteOrNull(row, hasHops ? record.SentDeltaNs : null);
        WriteOrNull(row, hasHops ? record.AnsweredNs - record.ReceivedNs : null);
        WriteOrNull(row, hasHops ? record.JournaledNs - record.ReceivedNs : null);
        WriteText(row, TransactionRow.ChecksumText(record));
        if (TransactionRow.IsAdjustment(record)) WriteDollars(row, record.CashAmount);
        else row.WriteNull();
        WriteText(row, TransactionRow.NoteText(record));
        WriteText(row, TransactionRow.ReasonText(record));
    }

    private static void WriteDollars(NpgsqlBinaryImporter row, long units) => row.Write(LedgerDialect.ToDecimal(units), NpgsqlDbType.Numeric);

    // Also for the enumerations: on the wire a label is a text.
    private static void WriteText(NpgsqlBinaryImporter row, string? text)
    {
        if (text is null) row.WriteNull();
        else row.Write(text, NpgsqlDbType.Text);
    }

    private static void WriteOrNull(NpgsqlBinaryImporter row, long? value)
    {
        if (value is { } known) row.Write(known, NpgsqlDbType.Bigint);
        else row.WriteNull();
    }
}
