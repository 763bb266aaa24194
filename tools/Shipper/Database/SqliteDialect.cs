using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using Microsoft.Data.Sqlite;

namespace MarketMaker.Shipper.Database;

/// <summary>SQLite, the embedded default: one file, nothing to install.</summary>
internal sealed class SqliteDialect(string path) : LedgerDialect
{
    // https://sqlite.org/rescode.html
    private const int Permission = 3, ReadOnly = 8, Corrupt = 11, TooBig = 18, Constraint = 19, Mismatch = 20, NotADatabase = 26;

    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = Checked(path), Pooling = false }.ToString();

    public override string Name => "sqlite";

    public override string Description => $"sqlite:{path}";

    // Whoever may write the file may do anything with it.
    public override bool MigratesByItself => true;

    // A transaction that may write holds every other one off.
    public override string LockSchema => "select 1";

    public override string CountSchemaTables => "select count(*) from sqlite_master where name = 'ledger_schema'";

    public override DbConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        using SqliteCommand pragmas = connection.CreateCommand();
        // A commit must be on the disk when it returns: afterwards the journal may forget the rows.
        pragmas.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    public override Refusal? RefusalIn(Exception failure) => failure is not SqliteException { SqliteErrorCode: var code } answer ? null : code switch
    {
        ReadOnly or Permission => new Refusal(answer.Message, $"Let the account that runs the shipper write {path} and its folder"),
        Corrupt or NotADatabase => new Refusal(answer.Message, $"Put {path} back from a backup, or move it away: what the journal has is shipped again"),
        Constraint or Mismatch or TooBig => new Refusal(answer.Message, $"A row of the journal does not fit the tables in {path}; nothing is shipped past that row"),
        _ => null,
    };

    public override IReadOnlyList<(int Index, bool IsSame)> Insert(DbConnection connection, DbTransaction transaction, RowBatch rows)
    {
        List<(int, bool)> alreadyThere = [];
        using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = TransactionRow.InsertStatement;
        TransactionRow.AddParameters(insert);
        ReadOnlySpan<JournalRecord> records = rows.Records.Span;
        for (int i = 0; i < records.Length; i++)
        {
            TransactionRow.Fill(insert.Parameters, records[i], rows, this);
            if (insert.ExecuteNonQuery() == 0) alreadyThere.Add((i, IsSame(connection, transaction, records[i])));
        }

        return alreadyThere;
    }

    // Always four decimals, so that without its point the text is the number of units.
    public override string Units(string column) => $"cast(replace({column}, '.', '') as integer)";

    public override object Dollars(long units) => Invariant(ToDecimal(units));

    public override object Time(long wallClockNs) =>
        ToDateTime(wallClockNs).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public override object Uuid(Guid uuid) => uuid.ToString("D");

    private static bool IsSame(DbConnection connection, DbTransaction transaction, in JournalRecord record)
    {
        using DbCommand select = connection.CreateCommand();
        (select.Transaction, select.CommandText) = (transaction, string.Create(CultureInfo.InvariantCulture, $"select checksum from transactions where id = {record.Id}"));
        return select.ExecuteScalar() as string == TransactionRow.ChecksumText(record);
    }
}
