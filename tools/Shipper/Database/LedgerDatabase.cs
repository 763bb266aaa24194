using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Faults;

namespace MarketMaker.Shipper.Database;

/// <summary>The ledger in a database of either dialect, over one connection.</summary>
/// <param name="dialect">Of which kind.</param>
/// <param name="answerTimeoutMs">How long a call may take before its connection is given up; 0: as long as it likes.</param>
internal sealed class LedgerDatabase(LedgerDialect dialect, int answerTimeoutMs = 0) : ILedgerDatabase
{
    private readonly AnswerWatch _watch = new(answerTimeoutMs);
    private readonly AssetIds _assets = new(dialect);
    private DbConnection? _connection;

    public string Description => dialect.Description;

    private DbConnection Connection => _connection ?? throw new InvalidOperationException("not connected");

    /// <summary>Opens by address: <c>sqlite:PATH</c>, or a connection string of Npgsql.</summary>
    public static LedgerDatabase Open(string address, string? passwordFile, int answerTimeoutMs = 0) => new(OpenDialect(address, passwordFile), answerTimeoutMs);

    public static LedgerDialect OpenDialect(string address, string? passwordFile)
    {
        const string sqlite = "sqlite:";
        return address.StartsWith(sqlite, StringComparison.Ordinal)
            ? new SqliteDialect(address[sqlite.Length..])
            : new PostgresDialect(address, passwordFile);
    }

    public ShipmentOutcome Ship(Shipment shipment) => Ask(() => ShipNow(shipment));

    public void Connect()
    {
        Reconnect();
        Ask(CheckSchema);
    }

    /// <summary>Connects and brings the tables up to this program's version.</summary>
    /// <returns>The names of the steps taken.</returns>
    public List<string> Migrate()
    {
        Reconnect();
        return Ask(() => new LedgerSchema(dialect, Connection).Migrate());
    }

    public bool TryTakeJournal(Guid journal) => Ask(() => dialect.TryTakeJournal(Connection, journal));

    public JournalElsewhere LookAt(Guid journal) => Ask(() =>
    {
        using DbCommand select = LedgerCommand.Make(Connection, null, "select last_id from shipping_cursors where journal = @journal", ("journal", dialect.Uuid(journal)));
        return new JournalElsewhere(dialect.HolderOf(Connection, journal), select.ExecuteScalar() as long?);
    });

    public LedgerPosition Enter(JournalMeta journal, long quarantineSeenThrough) => Ask(() => EnterNow(journal, quarantineSeenThrough));

    public string? ChecksumOf(Guid journal, long id) => Ask(() =>
    {
        using DbCommand select = LedgerCommand.Make(Connection, null,
            "select checksum from transactions where id = @id and not exists (select 1 from quarantine where journal = @journal and source = 'SHIPPER' and id = @id)",
            ("id", id), ("journal", dialect.Uuid(journal)));
        return select.ExecuteScalar() as string;
    });

    public long LeaseBlock(string node, Guid journal) => Ask(() => LeaseBlockNow(node, journal));

    public void Dispose()
    {
        _connection?.Dispose();
        _watch.Dispose();
        dialect.Dispose();
    }

    private ShipmentOutcome ShipNow(Shipment shipment)
    {
        ReadOnlySpan<JournalRecord> records = shipment.Records.Span;
        _assets.Learn(Connection, records);
        using DbTransaction transaction = Connection.BeginTransaction();
        MoveCursor(transaction, shipment);
        RowBatch rows = new(shipment.Records, shipment.Journal, _assets.Known);
        IReadOnlyList<(int Index, bool IsSame)> alreadyThere = dialect.Insert(Connection, transaction, rows);
        LedgerQuarantine quarantine = new(dialect, transaction);
        List<(long, string)> quarantined = [];
        foreach ((int index, bool isSame) in alreadyThere)
        {
            if (!isSame) quarantined.Add(quarantine.Put(shipment, records[index].Id, records[index], "the id is there already with other content"));
        }

        if (shipment.DamagedId != 0) quarantined.Add(quarantine.Put(shipment, shipment.DamagedId, shipment.Damaged, "the record is damaged"));
        foreach (ref readonly QuarantineRecord kept in shipment.Kept.Span) quarantined.Add(quarantine.Put(shipment, kept));
        FaultPoint.Hit(FaultPointName.ShipperMidBatch);
        dialect.Commit(transaction);
        return new ShipmentOutcome(records.Length - alreadyThere.Count, alreadyThere.Count, quarantined);
    }

    private bool CheckSchema()
    {
        LedgerSchema schema = new(dialect, Connection);
        if (dialect.MigratesByItself) schema.Migrate();
        schema.Check();
        return true;
    }

    private LedgerPosition EnterNow(JournalMeta journal, long quarantineSeenThrough)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand known = Command(transaction,
            "insert into journals (journal, node, opening_cash, created_at) values (@journal, @node, @cash, @created) on conflict (journal) do nothing",
            ("journal", dialect.Uuid(journal.Uuid)), ("node", journal.Node), ("cash", dialect.Dollars(journal.OpeningCash)),
            ("created", dialect.Time((journal.CreatedAt - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)));
        known.ExecuteNonQuery();
        using DbCommand quarantine = Command(transaction, "select count(*) from quarantine where journal = @journal and not (source = 'JOURNAL' and id <= @seen)",
            ("journal", dialect.Uuid(journal.Uuid)), ("seen", quarantineSeenThrough));
        long quarantined = Convert.ToInt64(quarantine.ExecuteScalar(), CultureInfo.InvariantCulture);
        // Always a write, so that this commit waits for the standbys, and with it every one before it.
        using DbCommand cursor = Command(transaction,
            "insert into shipping_cursors (journal, node, last_id) values (@journal, @node, 0) "
            + "on conflict (journal) do update set updated_at = current_timestamp returning last_id, last_quarantine_id",
            ("journal", dialect.Uuid(journal.Uuid)), ("node", journal.Node));
        LedgerPosition position;
        using (DbDataReader row = cursor.ExecuteReader())
        {
            row.Read();
            position = new LedgerPosition(row.GetInt64(0), row.GetInt64(1), quarantined);
        }

        dialect.Commit(transaction);
        return position;
    }

    private long LeaseBlockNow(string node, Guid journal)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand insert = Command(transaction, "insert into id_blocks (node, journal) values (@node, @journal) returning block",
            ("node", node), ("journal", dialect.Uuid(journal)));
        long block = Convert.ToInt64(insert.ExecuteScalar(), CultureInfo.InvariantCulture);
        // A block whose lease vanished with a primary would be leased again.
        dialect.Commit(transaction);
        return block;
    }

    private void Reconnect()
    {
        _connection?.Dispose();
        _connection = null;
        _assets.Forget();
        _watch.Follow(null);
        // Bounded in time by itself.
        _connection = Translate(dialect.Open);
        _watch.Follow(dialect.SocketOf(_connection));
        Ask(() =>
        {
            dialect.Prepare(Connection);
            return true;
        });
    }

    private T Ask<T>(Func<T> call) => Translate(() => _watch.Await(call));

    private T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (DbException failure) when (dialect.RefusalIn(failure) is { } refusal)
        {
            throw new RefusedException(Description, refusal, failure);
        }
    }

    // First of all: it locks the cursor's row, so that a second shipper waits here and then finds it moved.
    private void MoveCursor(DbTransaction transaction, Shipment shipment)
    {
        using DbCommand update = Command(transaction,
            "update shipping_cursors set last_id = @new, last_quarantine_id = @kept, updated_at = current_timestamp "
            + "where journal = @journal and last_id = @old and last_quarantine_id = @keptBefore",
            ("new", shipment.CursorAfter), ("old", shipment.CursorBefore), ("journal", dialect.Uuid(shipment.Journal)),
            ("kept", shipment.Kept.IsEmpty ? shipment.QuarantineBefore : shipment.Kept.Span[^1].Number), ("keptBefore", shipment.QuarantineBefore));
        if (update.ExecuteNonQuery() != 1) throw new AnotherShipperException(shipment.Journal, shipment.CursorBefore);
    }

    private DbCommand Command(DbTransaction transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        LedgerCommand.Make(Connection, transaction, text, parameters);
}
