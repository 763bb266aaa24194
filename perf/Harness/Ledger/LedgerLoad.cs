using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Measuring;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;
using MarketMaker.Records;
using Npgsql;
using NpgsqlTypes;

namespace MarketMaker.Harness.Ledger;

/// <summary>A journal of many executions, and the same executions as the venue and the database have them.</summary>
internal sealed class LedgerLoad
{
    internal const string Participant = "MEASURE";
    private const int CommitRecords = 20_000;

    private LedgerLoad(string folder) => (JournalFolder, VenueFile) = (Path.Combine(folder, "journal"), Path.Combine(folder, "venue.csv"));

    internal string JournalFolder { get; }

    internal string VenueFile { get; }

    internal static LedgerLoad Make(string folder, long records)
    {
        LedgerLoad load = new(folder);
        JournalOptions options = new() { Path = load.JournalFolder, Node = Participant, OpeningCash = 1_000_000_0000_0000, MapBytes = Math.Max(64, records * 400 >> 20) * JournalOptions.MebiByte };
        JournalStore.Init(options);
        using LmdbEnvironment environment = LmdbEnvironment.OpenWrite(load.JournalFolder, options.MapBytes);
        using StreamWriter venue = new(load.VenueFile);
        venue.Write($"{VenueRecord.Header}\n");
        ulong previous = 0;
        for (long first = 1; first <= records; first += CommitRecords)
        {
            Check(LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction));
            Check(transaction.OpenDatabase("executions", LmdbDatabaseOptions.IntegerKey, out LmdbDatabase table));
            for (long i = first; i < first + CommitRecords && i <= records; i++)
            {
                JournalRecord record = Execution(i, previous);
                RecordChecksum.Seal(ref record);
                previous = record.Checksum;
                Check(transaction.Put(table, record.Id, StructBytes.Of(ref record)));
                venue.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{record.Session},{record.VenueSequence},{record.MatchNumber},{record.Symbol},{(record.Side == Side.Buy ? "BUY" : "SELL")},{record.Price},{record.QuantityShares},{Participant},EXECUTION\n"));
            }

            Check(transaction.Commit());
        }

        return load;
    }

    /// <summary>Only the comparison: both witnesses are arrays in memory.</summary>
    internal Action ComparisonInMemory(JournalReader reader)
    {
        Transaction[] all = new Transaction[reader.Extent().Records];
        JournalSource source = new(reader);
        for (int filled = 0; filled < all.Length;) filled += source.Read(all.AsSpan(filled));
        return () =>
        {
            (long differences, long pairs) = Reconciliation.Compare(new MemorySource(all), new MemorySource(all));
            if (differences != 0 || pairs != all.Length) throw new MeasureException($"{differences} differences in {pairs} pairs");
        };
    }

    /// <summary>Puts the journal's records into the tables of the ledger.</summary>
    internal LedgerDatabase FillPostgres(string address, JournalReader reader)
    {
        using (NpgsqlConnection connection = new(address))
        {
            connection.Open();
            Execute(connection, "truncate transactions, assets, shipping_cursors cascade");
            Execute(connection, "insert into assets (id, ticker) overriding system value select n, 'T' || n from generate_series(0, 999) n");
            Copy(connection, reader);
            Execute(connection, $"insert into shipping_cursors (journal, node, last_id) values ('{reader.Meta.Uuid:D}', '{Participant}', {reader.Extent().LastId})");
            Execute(connection, "vacuum analyze transactions");
        }

        return LedgerDatabase.Open(address, passwordFile: null);
    }

    private static void Copy(NpgsqlConnection connection, JournalReader reader)
    {
        using NpgsqlBinaryImporter import = connection.BeginBinaryImport(
            "copy transactions (id, asset_id, price, action, quantity, kind, executed_at, booked_at, node, journal, order_reference, user_ref_num, venue_session, venue_sequence, "
            + "match_number, venue_time_ns, limit_price, fair_price, checksum) from stdin (format binary)");
        JournalRecord[] batch = new JournalRecord[4096];
        for (long id = 0; reader.ReadAfter(id, batch).Count is > 0 and var count; id = batch[count - 1].Id)
        {
            foreach (JournalRecord record in batch.AsSpan(0, count))
            {
                import.StartRow();
                import.Write(record.Id);
                import.Write(long.Parse(record.Symbol.ToString()[1..], CultureInfo.InvariantCulture));
                import.Write((decimal)record.Price / Money.UnitsPerDollar, NpgsqlDbType.Numeric);
                import.Write(record.Side == Side.Buy ? "BUY" : "SELL", "trade_action");
                import.Write(record.QuantityShares);
                import.Write("EXECUTION", "transaction_kind");
                import.Write(DateTime.UnixEpoch.AddTicks(record.ExecutedAtNs / 100), NpgsqlDbType.TimestampTz);
                import.Write(DateTime.UnixEpoch, NpgsqlDbType.TimestampTz);
                import.Write(Participant);
                import.Write(reader.Meta.Uuid);
                import.Write(0L);
                import.Write((long)record.UserRefNum);
                import.Write(record.Session.ToString());
                import.Write(record.VenueSequence);
                import.Write((long)record.MatchNumber);
                import.Write(0L);
                import.Write(0m, NpgsqlDbType.Numeric);
                import.Write(0m, NpgsqlDbType.Numeric);
                import.Write(record.Checksum.ToString("x16", CultureInfo.InvariantCulture));
            }
        }

        import.Complete();
    }

    private static JournalRecord Execution(long i, ulong previousChecksum)
    {
        SessionId.TryCreate("MEASURE"u8, out SessionId session);
        NodeTag.TryParse(Participant, out NodeTag node);
        return new JournalRecord
        {
            Version = JournalRecord.CurrentVersion,
            Kind = JournalRecordKind.Execution,
            Id = TransactionId.Of(1, i),
            PreviousChecksum = previousChecksum,
            Side = i % 2 == 0 ? Side.Buy : Side.Sell,
            Symbol = Symbol.Parse($"T{i * 7919 % 1000}"),
            Session = session,
            VenueSequence = i * 2,
            MatchNumber = (ulong)i * 3,
            UserRefNum = (uint)i,
            QuantityShares = (int)(i % 100) + 1,
            Price = 50_0000 + (int)(i % 1000),
            ExecutedAtNs = 1_750_000_000_000_000_000 + i * 1_000_000,
            Node = node,
        };
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static void Check(LmdbStatus status)
    {
        if (status != LmdbStatus.Success) throw new MeasureException($"LMDB: {status}");
    }
}

/// <summary>Transactions that lie in memory.</summary>
internal sealed class MemorySource(Transaction[] all) : ITransactionSource
{
    private int _next;

    public int Read(Span<Transaction> into)
    {
        ReadOnlySpan<Transaction> batch = all.AsSpan(_next, Math.Min(into.Length, all.Length - _next));
        batch.CopyTo(into);
        _next += batch.Length;
        return batch.Length;
    }

    public void Dispose() { }
}
