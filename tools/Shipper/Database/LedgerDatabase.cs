using System.Data.Common;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Faults;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Shipper.Database;

/// <summary>The ledger in a database of either dialect, over one connection.</summary>
internal sealed class LedgerDatabase(LedgerDialect dialect) : ILedgerDatabase
{
    private const int SchemaVersion = 1;

    private readonly Dictionary<Symbol, long> _assets = [];
    private DbConnection? _connection;

    public string Description => dialect.Description;

    private DbConnection Connection => _connection ?? throw new InvalidOperationException("not connected");

    /// <summary>Opens by address: <c>sqlite:PATH</c>, or a connection string of Npgsql.</summary>
    public static LedgerDatabase Open(string address, string? passwordFile)
    {
        const string sqlite = "sqlite:";
        return new LedgerDatabase(address.StartsWith(sqlite, StringComparison.Ordinal)
            ? new SqliteDialect(address[sqlite.Length..])
            : new PostgresDialect(address, passwordFile));
    }

    public ShipmentOutcome Ship(Shipment shipment)
    {
        try
        {
            using DbTransaction transaction = Connection.BeginTransaction();
            MoveCursor(transaction, shipment);
            ReadOnlySpan<JournalRecord> records = shipment.Records.Span;
            List<int> alreadyThere = dialect.Insert(Connection, transaction, records, shipment.Journal, symbol => AssetOf(transaction, symbol));
            List<(long, string)> quarantined = [];
            foreach (int i in alreadyThere) CompareContent(transaction, shipment, records[i], quarantined);
            if (shipment.DamagedId != 0) Quarantine(transaction, shipment, shipment.DamagedId, shipment.Damaged, "the record is damaged", quarantined);
            FaultPoint.Hit(FaultPointName.ShipperMidBatch);
            transaction.Commit();
            return new ShipmentOutcome(records.Length - alreadyThere.Count, alreadyThere.Count, quarantined);
        }
        catch
        {
            // What was put into a transaction that failed is not there: nothing of it may be remembered.
            _assets.Clear();
            throw;
        }
    }

    public void Connect()
    {
        _connection?.Dispose();
        _connection = null;
        _assets.Clear();
        _connection = dialect.Connect();
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand tables = Command(transaction, dialect.CountSchemaTables);
        if (Convert.ToInt32(tables.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            using DbCommand schema = Command(transaction, ReadResource(dialect.SchemaResource));
            schema.ExecuteNonQuery();
        }

        using DbCommand version = Command(transaction, "select max(version) from ledger_schema");
        int found = Convert.ToInt32(version.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found > SchemaVersion)
            throw new NotSupportedException($"the ledger is of version {found}, and this mm-shipper knows only {SchemaVersion}: use the newer program.");
        transaction.Commit();
    }

    public long LeaseBlock(string node, Guid journal)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand insert = Command(transaction, "insert into id_blocks (node, journal) values (@node, @journal) returning block",
            ("node", node), ("journal", dialect.Uuid(journal)));
        long block = Convert.ToInt64(insert.ExecuteScalar(), CultureInfo.InvariantCulture);
        transaction.Commit();
        return block;
    }

    public long ReadCursor(string node, Guid journal)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        using DbCommand insert = Command(transaction,
            "insert into shipping_cursors (journal, node, last_id) values (@journal, @node, 0) on conflict (journal) do nothing",
            ("node", node), ("journal", dialect.Uuid(journal)));
        insert.ExecuteNonQuery();
        using DbCommand select = Command(transaction, "select last_id from shipping_cursors where journal = @journal", ("journal", dialect.Uuid(journal)));
        long cursor = Convert.ToInt64(select.ExecuteScalar(), CultureInfo.InvariantCulture);
        transaction.Commit();
        return cursor;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        dialect.Dispose();
    }

    // First of all: it locks the cursor's row, so that a second shipper waits here and then finds it moved.
    private void MoveCursor(DbTransaction transaction, Shipment shipment)
    {
        using DbCommand update = Command(transaction,
            "update shipping_cursors set last_id = @new, updated_at = current_timestamp where journal = @journal and last_id = @old",
            ("new", shipment.CursorAfter), ("old", shipment.CursorBefore), ("journal", dialect.Uuid(shipment.Journal)));
        if (update.ExecuteNonQuery() != 1) throw new AnotherShipperException(shipment.Journal, shipment.CursorBefore);
    }

    private void CompareContent(DbTransaction transaction, Shipment shipment, in JournalRecord record, List<(long, string)> quarantined)
    {
        using DbCommand select = Command(transaction, "select checksum from transactions where id = @id", ("id", record.Id));
        string? checksum = select.ExecuteScalar() as string;
        if (checksum != TransactionRow.ChecksumText(record))
            Quarantine(transaction, shipment, record.Id, record, "the id is there already with other content", quarantined);
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

    private long AssetOf(DbTransaction transaction, Symbol symbol)
    {
        if (_assets.TryGetValue(symbol, out long id)) return id;
        string ticker = symbol.ToString();
        using DbCommand insert = Command(transaction, "insert into assets (ticker) values (@ticker) on conflict (ticker) do nothing", ("ticker", ticker));
        insert.ExecuteNonQuery();
        using DbCommand select = Command(transaction, "select id from assets where ticker = @ticker", ("ticker", ticker));
        return _assets[symbol] = Convert.ToInt64(select.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private DbCommand Command(DbTransaction transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        DbCommand command = Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static string ReadResource(string name)
    {
        using StreamReader reader = new(typeof(LedgerDatabase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
