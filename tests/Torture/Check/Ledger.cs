using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MarketMaker.Tests.Torture.Check;

/// <summary>Reads rows of the ledger with SQL that SQLite and PostgreSQL understand alike. Connects again after each failure.</summary>
internal sealed class Ledger(Func<DbConnection> connect) : IDisposable
{
    private const int RowsMax = 20_000;
    private const string Columns = """
        select t.id, t.venue_session, t.venue_sequence, t.match_number, cast(t.kind as text), a.ticker, cast(t.action as text), cast(t.price as text), t.quantity
        from transactions t join assets a on a.id = t.asset_id
        """;

    private DbConnection? _connection;

    public static Ledger Sqlite(string file) => new(() => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"));

    public static Ledger Postgres(string connectionString, string? password)
    {
        NpgsqlConnectionStringBuilder address = new(connectionString) { ApplicationName = "mm-torture", Pooling = false, CommandTimeout = 30 };
        if (password is not null) address.Password = password;
        NpgsqlMultiHostDataSource source = new NpgsqlDataSourceBuilder(address.ConnectionString).BuildMultiHost();
        return new Ledger(() => source.CreateConnection(TargetSessionAttributes.ReadWrite));
    }

    /// <summary>Rows of a session behind an id, by id, at most some thousands.</summary>
    /// <exception cref="DbException">The database is away; the next call tries again.</exception>
    public List<LedgerRow> ReadAfter(string session, long id) =>
        Read($"{Columns} where t.id > @id and t.venue_session = @session order by t.id limit {RowsMax}", ("id", id), ("session", session));

    /// <summary>All rows of a session.</summary>
    /// <exception cref="DbException">As above.</exception>
    public List<LedgerRow> ReadSession(string session)
    {
        List<LedgerRow> rows = [], page;
        do rows.AddRange(page = ReadAfter(session, rows.Count == 0 ? 0 : rows[^1].Id));
        while (page.Count == RowsMax);
        return rows;
    }

    /// <summary>A single number.</summary>
    /// <exception cref="DbException">As above.</exception>
    public long Count(string sql) => With(sql, [], command => Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture));

    public void Dispose() => _connection?.Dispose();

    private List<LedgerRow> Read(string sql, params (string Name, object Value)[] parameters) => With(sql, parameters, command =>
    {
        using DbDataReader reader = command.ExecuteReader();
        List<LedgerRow> rows = [];
        while (reader.Read())
        {
            Trade trade = new(reader.GetString(1), reader.GetInt64(2), unchecked((ulong)reader.GetInt64(3)), reader.GetString(4) == "BREAK", reader.GetString(5),
                reader.GetString(6) == "BUY", (long)(decimal.Parse(reader.GetString(7), CultureInfo.InvariantCulture) * 10_000), reader.GetInt64(8));
            rows.Add(new LedgerRow(reader.GetInt64(0), trade));
        }

        return rows;
    });

    private T With<T>(string sql, (string Name, object Value)[] parameters, Func<DbCommand, T> run)
    {
        try
        {
            if (_connection is null)
            {
                _connection = connect();
                _connection.Open();
            }

            using DbCommand command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach ((string name, object value) in parameters)
            {
                DbParameter parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return run(command);
        }
        catch (DbException)
        {
            _connection?.Dispose();
            _connection = null;
            throw;
        }
    }
}
