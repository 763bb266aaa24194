using System.Data.Common;
using System.Net.Sockets;
using MarketMaker.Platform.Files;
using Npgsql;

namespace MarketMaker.Shipper.Database;

/// <summary>PostgreSQL: one server, or several named in Host, of which the one that takes writes is found.</summary>
internal sealed class PostgresDialect : LedgerDialect
{
    private const int ConnectTimeoutDefaultSeconds = 5;
    private const int KeepAliveSeconds = 5;

    // A server whose client vanished without a word must not hold the journal's lock for hours; nothing else may end a commit.
    private const string SessionSettings = """
        set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 15000;
        set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_connection_check_interval = 0;
        select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') not in ('on', 'remote_apply');
        """;

    private readonly NpgsqlMultiHostDataSource _source;

    /// <param name="connectionString">As Npgsql takes it, best without a password.</param>
    /// <param name="passwordFile">A file that holds the password and nothing else; null: none.</param>
    public PostgresDialect(string connectionString, string? passwordFile)
    {
        // A commit that waits for its standby is never cancelled: the server would keep it on the primary alone and report success.
        // What has died is noticed by the AnswerWatch and the keep-alive of TCP instead. A connection is used until it breaks, so a pool has no part.
        NpgsqlConnectionStringBuilder address = new(Checked(connectionString))
        {
            ApplicationName = "mm-shipper",
            CommandTimeout = 0,
            TcpKeepAlive = true,
            TcpKeepAliveTime = KeepAliveSeconds,
            TcpKeepAliveInterval = KeepAliveSeconds / 2,
            Pooling = false,
            // Who is the primary changes with a failover, and what was seen before it is worth nothing.
            HostRecheckSeconds = 0,
            // Each attempt begins at another host: one that says it takes writes, and keeps nobody's, must not be the choice for ever.
            LoadBalanceHosts = true,
        };
        // A host that swallows packets costs so long at each attempt, before the next host is tried.
        if (!address.ShouldSerialize("Timeout")) address.Timeout = ConnectTimeoutDefaultSeconds;
        if (passwordFile is not null) address.Password = SecretFile.Read("[shipper] password-file", passwordFile);
        Description = $"postgresql:{address.Host}:{address.Port}/{address.Database}";
        _source = new NpgsqlSlimDataSourceBuilder(address.ConnectionString).BuildMultiHost();
    }

    public override string Name => "postgresql";

    public override string Description { get; }

    public override bool MigratesByItself => false;

    public override string LockSchema => "select pg_advisory_xact_lock(7305808869031407984)";

    public override string CountSchemaTables =>
        "select count(*) from pg_tables where tablename = 'ledger_schema' and schemaname = any(current_schemas(false))";

    public override DbConnection Open() => _source.OpenConnection(TargetSessionAttributes.ReadWrite);

    public override void Prepare(DbConnection connection)
    {
        using NpgsqlCommand settings = new(SessionSettings, (NpgsqlConnection)connection);
        settings.ExecuteNonQuery();
    }

    public override Socket? SocketOf(DbConnection connection) => NpgsqlSocket.Of((NpgsqlConnection)connection);

    public override void Grant(DbConnection connection)
    {
        using DbCommand grants = connection.CreateCommand();
        grants.CommandText = LedgerMigration.ReadResource("grants.sql");
        grants.ExecuteNonQuery();
    }

    public override bool TryTakeJournal(DbConnection connection, Guid journal)
    {
        using NpgsqlCommand take = new("select pg_try_advisory_lock($1)", (NpgsqlConnection)connection);
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKey(journal) });
        return (bool)take.ExecuteScalar()!;
    }

    /// <summary>The server reports a commit as done also when its wait for the standbys was cut short; only a warning tells.</summary>
    public override void Commit(DbTransaction transaction)
    {
        NpgsqlConnection connection = (NpgsqlConnection)transaction.Connection!;
        string? warning = null;
        connection.Notice += OnNotice;
        try
        {
            transaction.Commit();
        }
        finally
        {
            connection.Notice -= OnNotice;
        }

        if (warning is not null) throw new UncertainCommitException(warning);

        // Known by its severity: its text depends on the server's language.
        void OnNotice(object sender, NpgsqlNoticeEventArgs notice)
        {
            if (notice.Notice.InvariantSeverity == "WARNING") warning = notice.Notice.MessageText;
        }
    }

    public override IReadOnlyList<(int Index, bool IsSame)> Insert(DbConnection connection, DbTransaction transaction, RowBatch rows) =>
        rows.Records.IsEmpty ? [] : PostgresCopy.Put((NpgsqlTransaction)transaction, rows);

    public override string Units(string column) => $"cast({column} * 10000 as bigint)";

    public override object Dollars(long units) => ToDecimal(units);

    public override object Time(long wallClockNs) => ToDateTime(wallClockNs);

    public override object Uuid(Guid uuid) => uuid;

    public override void Dispose() => _source.Dispose();

    private static long LockKey(Guid journal)
    {
        Span<byte> bytes = stackalloc byte[16];
        journal.TryWriteBytes(bytes);
        return BitConverter.ToInt64(bytes) ^ BitConverter.ToInt64(bytes[8..]);
    }
}

/// <summary>A commit took effect here and perhaps nowhere else; the message is the server's.</summary>
internal sealed class UncertainCommitException(string message) : DbException($"the commit is uncertain: {message}");
