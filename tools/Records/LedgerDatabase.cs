using System.Data.Common;
using System.Globalization;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MarketMaker.Records;

/// <summary>The replicated database, for reading. Each call has a connection of its own.</summary>
/// <remarks>Connecting takes twice the connection string's Timeout for each host at most, else <see cref="TimeoutException"/>.</remarks>
public sealed class LedgerDatabase : IDisposable
{
    private const string SqlitePrefix = "sqlite:";
    private const int SchemaVersionMax = 2;

    private readonly string? _sqlite;
    private readonly NpgsqlMultiHostDataSource? _postgres;

    // Npgsql's own limit was seen not to hold: engine/ARCHITECTURE.md, "A database that says nothing is given up, and not cancelled".
    private readonly TimeSpan _connectMax;

    private LedgerDatabase(string? sqlite, NpgsqlMultiHostDataSource? postgres, TimeSpan connectMax) =>
        (_sqlite, _postgres, _connectMax) = (sqlite, postgres, connectMax);

    /// <summary>Opens by address.</summary>
    /// <param name="address"><c>sqlite:PATH</c>, or a connection string of Npgsql without a password.</param>
    /// <param name="passwordFile">A file that holds the password and nothing else; null: none.</param>
    /// <exception cref="FormatException">The address cannot be understood.</exception>
    public static LedgerDatabase Open(string address, string? passwordFile)
    {
        if (address.StartsWith(SqlitePrefix, StringComparison.Ordinal))
        {
            string path = address[SqlitePrefix.Length..];
            if (!File.Exists(path)) throw new FormatException($"there is no database {path}: name it with --database or [shipper] database");
            return new LedgerDatabase(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString(), null, Timeout.InfiniteTimeSpan);
        }

        NpgsqlConnectionStringBuilder builder = new(address) { ApplicationName = "mm-ledger", CommandTimeout = 0, TcpKeepAlive = true };
        if (passwordFile is not null) builder.Password = SecretFile.Read("[shipper] password-file", passwordFile);
        return new LedgerDatabase(null, new NpgsqlSlimDataSourceBuilder(builder.ConnectionString).BuildMultiHost(), PatientWait.Connecting(builder.Host, builder.Timeout));
    }

    /// <summary>The last id of a journal that the shipper says is there; 0: it has not shipped any.</summary>
    public long ReadCursor(Guid journal)
    {
        using DbConnection connection = Connect();
        return Scalar(connection, $"select max(last_id) from shipping_cursors where journal = '{journal:D}'");
    }

    /// <summary>The transactions in the order of their ids, as one snapshot.</summary>
    public ITransactionSource Read(LedgerScope scope)
    {
        DbConnection connection = Connect();
        try
        {
            bool hasAdjustments = Version(connection) >= 2;
            return connection is NpgsqlConnection postgres
                ? new PostgresTransactions(postgres, scope, hasAdjustments)
                : new SqliteTransactions((SqliteConnection)connection, scope, hasAdjustments);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>How many transactions there are, for a bar of progress.</summary>
    public long Count(LedgerScope scope)
    {
        using DbConnection connection = Connect();
        return Scalar(connection, $"select count(*) from transactions t {scope.Where()}");
    }

    /// <summary>Opening cash of the node's first journal, in 1/10,000 dollar; null when the database does not know it.</summary>
    public long? OpeningCash(string? node)
    {
        using DbConnection connection = Connect();
        if (Version(connection) < 2) return null;
        string where = new LedgerScope(node, null).Where().Replace("t.node", "node", StringComparison.Ordinal);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = $"select cast(opening_cash as text) from journals {where} order by created_at limit 1";
        return command.ExecuteScalar() is string text ? (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * Contracts.Money.UnitsPerDollar) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _postgres?.Dispose();

    private DbConnection Connect()
    {
        // The primary first: a standby may not have yet what the cursor promises.
        if (_postgres is not null)
            return PatientWait.For(_postgres.OpenConnectionAsync(TargetSessionAttributes.PreferPrimary).AsTask(), _connectMax, "no host of the database answered");
        SqliteConnection connection = new(_sqlite);
        connection.Open();
        return connection;
    }

    private static int Version(DbConnection connection)
    {
        int version = (int)Scalar(connection, "select max(version) from ledger_schema");
        return version is >= 1 and <= SchemaVersionMax ? version
            : throw new NotSupportedException($"the database is of version {version}, and this program knows only up to {SchemaVersionMax}: use the newer program.");
    }

    private static long Scalar(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }
}
