using MarketMaker.Contracts;
using MarketMaker.Measuring;
using MarketMaker.Shipper.Database;
using Npgsql;

namespace MarketMaker.Harness.Shipping;

/// <summary>Ways of putting rows that the shipper does not use, to be compared with.</summary>
internal static class OtherWays
{
    private static readonly (string Column, string Type)[] Casts =
    [
        ("action", "::trade_action"), ("kind", "::transaction_kind"),
    ];

    internal static void PutByInserts(NpgsqlTransaction transaction, RowBatch rows, LedgerDialect dialect)
    {
        string insert = Casts.Aggregate(TransactionRow.InsertStatement, (sql, cast) => sql.Replace($"@{cast.Column},", $"@{cast.Column}{cast.Type},", StringComparison.Ordinal));
        using NpgsqlBatch batch = new(transaction.Connection, transaction);
        foreach (ref readonly JournalRecord record in rows.Records.Span)
        {
            NpgsqlBatchCommand command = new(insert);
            foreach (string column in TransactionRow.Columns) command.Parameters.Add(new NpgsqlParameter { ParameterName = column });
            TransactionRow.Fill(command.Parameters, record, rows, dialect);
            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
    }

    // The last three columns are null in every row here.
    internal static void PutByArrays(NpgsqlTransaction transaction, RowBatch rows, LedgerDialect dialect)
    {
        string[] columns = TransactionRow.Columns[..^3];
        List<object>[] values = [.. columns.Select(_ => new List<object>(rows.Records.Length))];
        using NpgsqlCommand one = new();
        TransactionRow.AddParameters(one);
        foreach (ref readonly JournalRecord record in rows.Records.Span)
        {
            TransactionRow.Fill(one.Parameters, record, rows, dialect);
            for (int i = 0; i < columns.Length; i++) values[i].Add(one.Parameters[i].Value!);
        }

        using NpgsqlCommand insert = new("", transaction.Connection, transaction);
        List<string> arrays = [];
        for (int i = 0; i < columns.Length; i++)
        {
            (Array array, string type) = ArrayOf(values[i]);
            insert.Parameters.Add(new NpgsqlParameter { Value = array });
            arrays.Add($"${i + 1}::{type}[]");
        }

        IEnumerable<string> selected = columns.Select(column => column + Casts.FirstOrDefault(cast => cast.Column == column).Type);
        insert.CommandText = $"insert into transactions ({string.Join(", ", columns)}) select {string.Join(", ", selected)} "
            + $"from unnest({string.Join(", ", arrays)}) as rows({string.Join(", ", columns)}) on conflict (id) do nothing";
        insert.ExecuteNonQuery();
    }

    private static (Array Values, string Type) ArrayOf(List<object> values) => values[0] switch
    {
        long => (values.Cast<long>().ToArray(), "bigint"),
        int => (values.Cast<int>().ToArray(), "integer"),
        decimal => (values.Cast<decimal>().ToArray(), "numeric"),
        DateTime => (values.Cast<DateTime>().ToArray(), "timestamptz"),
        Guid => (values.Cast<Guid>().ToArray(), "uuid"),
        string => (values.Cast<string>().ToArray(), "text"),
        _ => throw new MeasureException($"no array of {values[0].GetType().Name}"),
    };
}
