using System.Data.Common;
using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using Npgsql;

namespace MarketMaker.Harness.Shipping;

/// <summary>A journal of some rows and an empty ledger; each way of shipping them is timed from the first read to the last commit.</summary>
internal sealed class ShippingLoad : IDisposable
{
    private readonly string _folder;
    private readonly int _rows;
    private readonly NpgsqlMultiHostDataSource _arrays;
    private readonly Func<LedgerDialect> _dialect;
    private readonly ShippingJournal _journal;
    private readonly JournalReader _reader;

    internal ShippingLoad(string work, string address, string? passwordFile, int rows)
    {
        (_folder, _rows, _dialect) = (Path.Combine(work, "journal"), rows, () => new PostgresDialect(address, passwordFile));
        // The shipper's connections know no arrays: they would cost its program size.
        NpgsqlConnectionStringBuilder full = new(address) { CommandTimeout = 0 };
        if (passwordFile is not null) full.Password = File.ReadAllText(passwordFile).Trim();
        _arrays = new NpgsqlDataSourceBuilder(full.ConnectionString).BuildMultiHost();
        _journal = new ShippingJournal(_folder);
        _journal.Book(rows);
        _reader = _journal.Store.OpenReader();
    }

    /// <summary>The shipper's own loop.</summary>
    internal double Loop(int batch)
    {
        EmptyLedger.Make(_dialect);
        ShipperOptions options = new() { JournalPath = _folder, Database = "", BatchRows = batch, Once = true, LeaseAheadIds = 0 };
        using LedgerDatabase database = new(_dialect());
        long begun = Stopwatch.GetTimestamp();
        ShippingEnd end = new ShippingLoop(options, _reader, database, TextWriter.Null).Run(CancellationToken.None);
        return Finish(begun, end == ShippingEnd.Complete);
    }

    /// <summary>One insert with parameters for each row, a batch of them in one round trip.</summary>
    internal double ByInserts(int batch) => By(batch, OtherWays.PutByInserts);

    /// <summary>One insert from arrays, one for each column.</summary>
    internal double ByArrays(int batch) => By(batch, OtherWays.PutByArrays, withArrays: true);

    /// <summary>COPY into a temporary table, then one insert that leaves out what is there.</summary>
    internal double ByStaging(int batch) => By(batch, (transaction, rows, _) => PostgresCopy.PutByStaging(transaction, rows));

    public void Dispose()
    {
        _arrays.Dispose();
        _reader.Dispose();
        _journal.Dispose();
    }

    private double By(int batch, Action<NpgsqlTransaction, RowBatch, LedgerDialect> put, bool withArrays = false)
    {
        EmptyLedger.Make(_dialect);
        using LedgerDialect dialect = _dialect();
        JournalRecord[] buffer = new JournalRecord[batch];
        AssetIds assets = new(dialect);
        long begun = Stopwatch.GetTimestamp();
        using DbConnection connection = withArrays ? _arrays.OpenConnection(TargetSessionAttributes.ReadWrite) : dialect.Connect();
        long cursor = 0;
        while (_reader.ReadAfter(cursor, buffer) is { Count: > 0 } read)
        {
            ReadOnlyMemory<JournalRecord> records = buffer.AsMemory(0, read.Count);
            assets.Learn(connection, records.Span);
            using DbTransaction transaction = connection.BeginTransaction();
            put((NpgsqlTransaction)transaction, new RowBatch(records, _journal.Store.Meta.Uuid, assets.Known), dialect);
            cursor = buffer[read.Count - 1].Id;
            transaction.Commit();
        }

        return Finish(begun, true);
    }

    private double Finish(long begun, bool isComplete)
    {
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        long there = EmptyLedger.Rows(_dialect);
        if (!isComplete || there != _rows) throw new MeasureException($"{there} of {_rows} rows were shipped");
        return _rows / seconds;
    }
}
