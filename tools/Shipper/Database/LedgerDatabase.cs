using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Shipper.Database;

/// <summary>The ledger in a database of either dialect, over one connection.</summary>
internal sealed class LedgerDatabase(LedgerDialect dialect) : ILedgerDatabase
{
    private readonly AssetIds _assets = new(dialect);
    private DbConnection? _connection;

    public string Description => dialect.Description;

    private DbConnection Connection => _connection ?? throw new InvalidOperationException("not connected");

    /// <summary>Opens by address: <c>sqlite:PATH</c>, or a connection string of Npgsql.</summary>
    public static LedgerDatabase Open(string address, string? passwordFile) => new(OpenDialect(address, passwordFile));

    public static LedgerDialect OpenDialect(string address, string? passwordFile)
    {
        const string sqlite = "sqlite:";
        return address.StartsWith(sqlite, StringComparison.Ordinal)
            ? new SqliteDialect(address[sqlite.Length..])
            : new PostgresDialect(address, passwordFile);
    }

    public ShipmentOutcome Ship(Shipment shipment)
    {
        ReadOnlySpan<JournalRecord> records = shipment.Records.Span;
        _assets.Learn(Connection, records);
        using DbTransaction transaction = Connection.BeginTransaction();
        MoveCursor(transaction, shipment);
        RowBatch rows = new(shipment.Records, shipment.Journal, _assets.Known);
        IReadOnlyList<(int Index, bool IsSame)> alreadyThere = dialect.Insert(Connection, transaction, rows);
        List<(long, string)> quarantined = [];
        foreach ((int index, bool isSame) in alreadyThere)
        {
            if (!isSame) Quarantine(transaction, shipment, records[index].Id, records[index], "the id is there already with other content", quarantined);
        }

        if (shipment.DamagedId != 0) Quarantine(transaction, shipment, shipment.DamagedId, shipment.Damaged, "the record is damaged", quarantined);
        FaultPoint.Hit(FaultPointName.ShipperMidBatch);
        dialect.Commit(transaction);
        return new ShipmentOutcome(records.Length - alreadyThere.Count, alreadyThere.Count, quarantined);
    }

    public void Connect()
    {
        Reconnect();
        LedgerSchema schema = new(dialect, Connection);
        if (dialect.MigratesByItself) schema.Migrate();
        schema.Check();
    }

    /// <summary>Connects and brings the tables up to this program's version.</summary>
    /// <returns>The names of the steps taken.</returns>
    public List<string> Migrate()
    {
        Reconnect();
        return new LedgerSchema(dialect, Connection).Migrate();
    }

    public bool TryTakeJournal(Guid journal) => dialect.TryTakeJournal(Connection, journal);

    public LedgerPosition Enter(JournalMeta journal)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand known = Command(transaction,
            "insert into journals (journal, node, opening_cash, created_at) values (@journal, @node, @cash, @created) on conflict (journal) do nothing",
            ("journal", dialect.Uuid(journal.Uuid)), ("node", journal.Node), ("cash", dialect.Dollars(journal.OpeningCash)),
            ("created", dialect.Time((journal.CreatedAt - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)));
        known.ExecuteNonQuery();
        using DbCommand quarantine = Command(transaction, "select count(*) from quarantine where journal = @journal", ("journal", dialect.Uuid(journal.Uuid)));
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

    public long LeaseBlock(string node, Guid journal)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand insert = Command(transaction, "insert into id_blocks (node, journal) values (@node, @journal) returning block",
            ("node", node), ("journal", dialect.Uuid(journal)));
        long block = Convert.ToInt64(insert.ExecuteScalar(), CultureInfo.InvariantCulture);
        // A block whose lease vanished with a primary would be leased again.
        dialect.Commit(transaction);
        return block;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        dialect.Dispose();
    }

    private void Reconnect()
    {
        _connection?.Dispose();
        _connection = null;
        _assets.Forget();
        _connection = dialect.Connect();
    }

    // First of all: it locks the cursor's row, so that a second shipper waits here and then finds it moved.
    private void MoveCursor(DbTransaction transaction, Shipment shipment)
    {
        using DbCommand update = Command(transaction,
            "update shipping_cursors set last_id = @new, updated_at = current_timestamp where journal = @journal and last_id = @old",
            ("new", shipment.CursorAfter), ("old", shipment.CursorBefore), ("journal", dialect.Uuid(shipment.Journal)));
        if (update.ExecuteNonQuery() != 1) throw new AnotherShipperException(shipment.Journal, shipment.CursorBefore);
    }

    private void Quarantine(DbTransaction transaction, Shipment shipment, long id, JournalRecord record, string reason, List<(long, string)> quarantined)
    {
        using DbCommand insert = Command(transaction,
            "insert into quarantine (id, checksum, journal, node, reason, record) values (@id, @checksum, @journal, @node, @reason, @record) on conflict do nothing",
            ("id", id), ("checksum", TransactionRow.ChecksumText(record)), ("journal", dialect.Uuid(shipment.Journal)),
            ("node", shipment.Node), ("reason", reason), ("record", StructBytes.Of(ref record).ToArray()));
        insert.ExecuteNonQuery();
        quarantined.Add((id, reason));
    }

    private DbCommand Command(DbTransaction transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        LedgerCommand.Make(Connection, transaction, text, parameters);
}
