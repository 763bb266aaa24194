using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using Microsoft.Data.Sqlite;

namespace MarketMaker.Shipper.Database;

/// <summary>SQLite, the embedded default: one file, nothing to install.</summary>
internal sealed class SqliteDialect(string path) : LedgerDialect
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = Checked(path), Pooling = false }.ToString();

    public override string Description => $"sqlite:{path}";

    public override string SchemaResource => "sqlite.sql";

    public override string CountSchemaTables => "select count(*) from sqlite_master where name = 'ledger_schema'";

    protected override string InsertTransaction { get; } = TransactionRow.InsertStatement(_ => "");

    public override DbConnection Connect()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        using SqliteCommand pragmas = connection.CreateCommand();
        // A commit must be on the disk when it returns: afterwards the journal may forget the rows.
        pragmas.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    public override List<int> Insert(DbConnection connection, DbTransaction transaction, ReadOnlySpan<JournalRecord> records, Guid journal, Func<Symbol, long> assetOf)
    {
        List<int> alreadyThere = [];
        using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = InsertTransaction;
        TransactionRow.AddParameters(insert.Parameters, insert.CreateParameter);
        for (int i = 0; i < records.Length; i++)
        {
            TransactionRow.Fill(insert.Parameters, records[i], assetOf(records[i].Symbol), journal, this);
            if (insert.ExecuteNonQuery() == 0) alreadyThere.Add(i);
        }

        return alreadyThere;
    }

    public override object Dollars(int units) => Invariant(ToDecimal(units));

    public override object Time(long wallClockNs) =>
        ToDateTime(wallClockNs).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public override object Uuid(Guid uuid) => uuid.ToString("D");
}
