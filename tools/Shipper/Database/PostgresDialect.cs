using System.Data.Common;
using System.Net.Sockets;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Processes;
using Npgsql;

namespace MarketMaker.Shipper.Database;

/// <summary>PostgreSQL: one server, or several named in Host, of which the one that takes writes is found.</summary>
internal sealed class PostgresDialect : LedgerDialect
{
    private const int ConnectTimeoutDefaultSeconds = 5;
    private const int KeepAliveSeconds = 5;

    // A server whose client vanished must not hold the journal's lock for hours: without a word it gives it up after 15 s, and what was not
    // committed ends 2 s after a connection that was given up. Neither ends the wait of a commit for its standby, and nothing else may.
    private const string SessionSettings = """
        set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 15000;
        set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_connection_check_interval = 2000;
        select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') not in ('on', 'remote_apply');
        """;

    // The key of an advisory lock, as pg_locks shows it: two halves, and the database. What another account's session does, and since when, the server hides: null.
    private const string FindHolder = """
        select l.pid, a.usename::text, a.application_name, a.backend_start, coalesce(a.wait_event = 'SyncRep', false), coalesce((pg_blocking_pids(l.pid))[1], 0)
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database = (select oid from pg_database where datname = current_database())
          and l.classid::bigint = ($1 >> 32) & 4294967295 and l.objid::bigint = $1 & 4294967295
        """;

    private readonly NpgsqlMultiHostDataSource _source;
    private readonly TimeSpan _openMax;

    /// <param name="connectionString">As Npgsql takes it, best without a password.</param>
    /// <param name="passwordFile">A file that holds the password and nothing else; null: none.</param>
    /// <param name="session">What the sessions call themselves; null: after this process.</param>
    /// <param name="openMax">How long opening may take; null: twice the connection string's Timeout for each host, and a second.</param>
    public PostgresDialect(string connectionString, string? passwordFile, SessionName? session = null, TimeSpan? openMax = null)
    {
        // A commit that waits for its standby is never cancelled: the server would keep it on the primary alone and report success.
        // What has died is noticed by the AnswerWatch and the keep-alive of TCP instead. A connection is used until it breaks, so a pool has no part.
        NpgsqlConnectionStringBuilder address = new(Checked(connectionString))
        {
            ApplicationName = (session ?? SessionName.Mine).ToString(),
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
        _openMax = openMax ?? PatientWait.Connecting(address.Host, address.Timeout);
        Description = $"postgresql:{address.Host}:{address.Port}/{address.Database}";
        NpgsqlSlimDataSourceBuilder builder = new(address.ConnectionString);
        if (passwordFile is not null)
        {
            // Read at each connection: a password that was wrong, or has changed, is mended without a new start.
            string Password() => SecretFile.Read("[shipper] password-file", passwordFile);
            builder.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        }

        _source = builder.BuildMultiHost();
    }

    public override string Name => "postgresql";

    public override string Description { get; }

    public override bool MigratesByItself => false;

    public override string LockSchema => "select pg_advisory_xact_lock(7305808869031407984)";

    public override string CountSchemaTables =>
        "select count(*) from pg_tables where tablename = 'ledger_schema' and schemaname = any(current_schemas(false))";

    /// <summary>Opens a connection to the host that takes writes, within twice the connection string's Timeout for each host.</summary>
    /// <remarks>
    /// Npgsql's own limit alone does not hold: an attempt at a host that takes connections and says nothing was seen to wait for ever, on a machine with more to do
    /// than it could, and does not end with its token either. So it is waited for here, and left alone when it takes too long: it holds a socket and no thread.
    /// </remarks>
    /// <exception cref="TimeoutException">No host answered in time.</exception>
    public override DbConnection Open() =>
        PatientWait.For(_source.OpenConnectionAsync(TargetSessionAttributes.ReadWrite).AsTask(), _openMax, $"no host of {Description} answered");

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

    public override JournalHolder? HolderOf(DbConnection connection, Guid journal)
    {
        using NpgsqlCommand find = new(FindHolder, (NpgsqlConnection)connection);
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKey(journal) });
        using NpgsqlDataReader row = find.ExecuteReader();
        if (!row.Read()) return null;
        return new JournalHolder(row.GetInt32(0), row.IsDBNull(1) ? "?" : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? null : row.GetDateTime(3), row.GetBoolean(4), row.GetInt32(5));
    }

    public override Refusal? RefusalIn(Exception failure) => PostgresRefusals.In(failure);

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
