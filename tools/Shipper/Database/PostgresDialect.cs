using System.Data.Common;
using MarketMaker.Contracts;
using Npgsql;

namespace MarketMaker.Shipper.Database;

/// <summary>PostgreSQL: one server, or several named in Host, of which the one that takes writes is found.</summary>
internal sealed class PostgresDialect : LedgerDialect
{
    private readonly NpgsqlDataSource _source;

    /// <param name="connectionString">As Npgsql takes it, best without a password.</param>
    /// <param name="passwordFile">A file that holds the password and nothing else; null: none.</param>
    public PostgresDialect(string connectionString, string? passwordFile)
    {
        // A commit that waits for its standby is never cancelled: the server would keep it on the primary alone and report success.
        // What has died is noticed by the keep-alive of TCP instead.
        NpgsqlConnectionStringBuilder address = new(Checked(connectionString)) { ApplicationName = "mm-shipper", CommandTimeout = 0, TcpKeepAlive = true };
        if (passwordFile is not null) address.Password = File.ReadAllText(passwordFile).Trim();
        Description = $"postgresql:{address.Host}:{address.Port}/{address.Database}";
        _source = new NpgsqlSlimDataSourceBuilder(address.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite);
    }

    public override string Description { get; }

    public override string SchemaResource => "postgresql.sql";

    public override string CountSchemaTables =>
        "select count(*) from pg_tables where tablename = 'ledger_schema' and schemaname = any(current_schemas(false))";

    protected override string InsertTransaction { get; } = TransactionRow.InsertStatement(column => column switch
    {
        "action" => "::trade_action",
        "kind" => "::transaction_kind",
        _ => "",
    });

    public override DbConnection Connect() => _source.OpenConnection();

    // One batch is one round trip, however many rows.
    public override List<int> Insert(DbConnection connection, DbTransaction transaction, ReadOnlySpan<JournalRecord> records, Guid journal, Func<Symbol, long> assetOf)
    {
        List<int> alreadyThere = [];
        if (records.IsEmpty) return alreadyThere;
        using DbBatch batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (ref readonly JournalRecord record in records)
        {
            DbBatchCommand insert = batch.CreateBatchCommand();
            insert.CommandText = InsertTransaction;
            TransactionRow.AddParameters(insert.Parameters, insert.CreateParameter);
            TransactionRow.Fill(insert.Parameters, record, assetOf(record.Symbol), journal, this);
            batch.BatchCommands.Add(insert);
        }

        batch.ExecuteNonQuery();
        for (int i = 0; i < records.Length; i++)
        {
            if (batch.BatchCommands[i].RecordsAffected == 0) alreadyThere.Add(i);
        }

        return alreadyThere;
    }

    public override object Dollars(int units) => ToDecimal(units);

    public override object Time(long wallClockNs) => ToDateTime(wallClockNs);

    public override object Uuid(Guid uuid) => uuid;

    public override void Dispose() => _source.Dispose();
}
