using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A journal, a ledger, and a shipper between them.</summary>
internal sealed class ShippingBench : IDisposable
{
    public ShippingBench(Func<LedgerDialect>? dialect = null, bool migrate = true, LeaseFile? lease = null)
    {
        Journal = new JournalBench(lease: lease);
        Dialect = dialect ?? (() => new SqliteDialect(Path.Combine(Journal.Options.Path, "ledger.db")));
        if (migrate) Migrate();
        Options = new ShipperOptions { JournalPath = Journal.Options.Path, Database = "", BackoffMs = 1, BackoffMaxMs = 10, PollMs = 1, BatchRows = 7, LeaseAheadIds = 0 };
    }

    public JournalBench Journal { get; }

    public ShipperOptions Options { get; set; }

    public Func<LedgerDialect> Dialect { get; }

    public SharedLog Log { get; } = new();

    public string ShippedFile => Path.Combine(Journal.Options.Path, $"shipped.{Journal.Meta.Uuid:D}");

    public static ResponseEvent Execution(long sequence) =>
        JournalBench.Executed(sequence, (ulong)sequence, sequence % 2 == 0 ? Side.Sell : Side.Buy, (int)sequence, 10_0000 + (int)sequence, (ushort)(sequence % 2));

    public List<string> Migrate()
    {
        using LedgerDatabase tables = new(Dialect());
        return tables.Migrate();
    }

    public void Book(int from, int to)
    {
        for (long sequence = from; sequence <= to; sequence++) Journal.Publish(Execution(sequence));
        Journal.Writer.DoWork();
    }

    public ShippingEnd ShipOnce(ILedgerDatabase? ledger = null)
    {
        using JournalReader reader = Journal.Store.OpenReader();
        using ILedgerDatabase database = ledger ?? new LedgerDatabase(Dialect());
        return new ShippingLoop(Options with { Once = true }, reader, database, Log).Run(CancellationToken.None);
    }

    /// <summary>Waits until the status file says so.</summary>
    public JsonElement WaitForStatus(Func<JsonElement, bool> isSo)
    {
        JsonElement status = default;
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Options.StatusFile) && isSo(status = ReadStatus()), TimeSpan.FromSeconds(60)), $"{status}\n{Log}");
        return status;
    }

    /// <summary>The alarm of this name, with its colon; null when it is not raised.</summary>
    public static string? AlarmOf(JsonElement status, string name) =>
        status.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetString()!).SingleOrDefault(alarm => alarm.StartsWith(name, StringComparison.Ordinal));

    public JsonElement ReadStatus()
    {
        using JsonDocument status = JsonDocument.Parse(File.ReadAllText(Options.StatusFile!));
        return status.RootElement.Clone();
    }

    public long Scalar(string sql) => Convert.ToInt64(Query(sql)[0][0], CultureInfo.InvariantCulture);

    public List<object[]> Query(string sql)
    {
        using LedgerDialect dialect = Dialect();
        using DbConnection connection = dialect.Connect();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    public void Dispose() => Journal.Dispose();
}

/// <summary>A ledger whose connection breaks, before or after a commit took effect.</summary>
internal sealed class BreakingLedger(ILedgerDatabase inner, Random random) : PassingLedger(inner)
{
    public int Breaks { get; private set; }

    public override ShipmentOutcome Ship(Shipment shipment)
    {
        if (random.Next(3) == 0) Break();
        ShipmentOutcome outcome = base.Ship(shipment);
        if (random.Next(3) == 0) Break();
        return outcome;
    }

    public override void Dispose() => Inner.Dispose();

    private void Break()
    {
        Breaks++;
        throw new IOException("the connection broke");
    }
}
